package fovea.bias.metrics;

import fovea.contract.statistics.Levels;
import org.jspecify.annotations.Nullable;

/** The sufficient statistics of one group: outcomes, scores, and how many people they are of. */
public final class GroupCounts implements Tally {
  private final Matrix matrix;
  private final ScoreCounts scores = new ScoreCounts();
  private long people = Long.MAX_VALUE;
  private boolean withheld;

  /** Of labels 0 and 1. */
  public GroupCounts() {
    this(2);
  }

  /** Of several classes, numbered from 0 in their order. */
  public GroupCounts(int classes) {
    matrix = new Matrix(classes);
  }

  /**
   * Adds rows that agree in everything.
   *
   * @param label 1 or 0, or the number of a class
   * @param prediction likewise
   * @param score from 0 to 1, or null where there is none
   */
  public GroupCounts add(int label, int prediction, @Nullable Double score, long times) {
    matrix.add(label, prediction, times);
    if (score != null) {
      scores.add(label, prediction, score, times);
    }
    return this;
  }

  /** Adds everything another group has, except its people: a patient may be in both. */
  public GroupCounts add(GroupCounts other) {
    matrix.add(other.matrix);
    scores.add(other.scores);
    return this;
  }

  /** Says how many patients the rows are of; without it every row counts as one. */
  public GroupCounts ofPeople(long patients) {
    people = patients;
    return this;
  }

  /** Keeps its figures back although it has enough people: another's would follow from them. */
  public GroupCounts withhold() {
    withheld = true;
    return this;
  }

  /** Whether its figures are kept back although it has enough people. */
  public boolean isWithheld() {
    return withheld;
  }

  @Override
  public Matrix matrix() {
    return matrix;
  }

  @Override
  public Levels levels() {
    return scores.levels();
  }

  /** Outcomes of two classes. */
  public Confusion confusion() {
    return matrix.confusion();
  }

  /** Scores. */
  public ScoreCounts scores() {
    return scores;
  }

  /** Patients, where known, else rows: what the smallest cell is measured by. */
  public long people() {
    return Math.min(people, matrix.count());
  }
}
