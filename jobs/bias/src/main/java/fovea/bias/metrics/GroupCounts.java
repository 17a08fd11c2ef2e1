package fovea.bias.metrics;

import org.jspecify.annotations.Nullable;

/** The sufficient statistics of one group: outcomes, scores, and how many people they are of. */
public final class GroupCounts {
  private Confusion confusion = Confusion.NONE;
  private final ScoreCounts scores = new ScoreCounts();
  private long people = Long.MAX_VALUE;

  /**
   * Adds rows that agree in everything.
   *
   * @param label 1 or 0
   * @param prediction 1 or 0
   * @param score from 0 to 1, or null where there is none
   */
  public GroupCounts add(int label, int prediction, @Nullable Double score, long times) {
    confusion = confusion.plus(Confusion.of(label, prediction, times));
    if (score != null) {
      scores.add(label, score, times);
    }
    return this;
  }

  /** Adds everything another group has, except its people: a patient may be in both. */
  public GroupCounts add(GroupCounts other) {
    confusion = confusion.plus(other.confusion);
    scores.add(other.scores);
    return this;
  }

  /** Says how many patients the rows are of; without it every row counts as one. */
  public GroupCounts ofPeople(long patients) {
    people = patients;
    return this;
  }

  /** Outcomes. */
  public Confusion confusion() {
    return confusion;
  }

  /** Scores. */
  public ScoreCounts scores() {
    return scores;
  }

  /** Patients, where known, else rows: what the smallest cell is measured by. */
  public long people() {
    return Math.min(people, confusion.count());
  }
}
