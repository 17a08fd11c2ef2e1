package fovea.train.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The epochs so far, and the weights of the best: greatest validation AUC, of equals least loss.
 */
final class Course {
  private final List<Epoch> history = new ArrayList<>();
  private @Nullable Epoch best;
  private float[] values;

  /** Before the first epoch. */
  Course(float[] values) {
    this.values = values;
  }

  static Course resumed(Checkpoint checkpoint) {
    Course course = new Course(checkpoint.best());
    course.history.addAll(checkpoint.history());
    course.best = checkpoint.history().get(checkpoint.bestEpoch() - 1);
    return course;
  }

  /** Adds an epoch with the weights after it. */
  void add(Epoch epoch, float[] weights) {
    history.add(epoch);
    Epoch before = best;
    if (before == null || better(epoch, before)) {
      best = epoch;
      values = weights;
    }
  }

  boolean isOver(int epochs, int patience) {
    return history.size() >= epochs
        || (patience > 0 && best != null && history.size() - best.epoch() >= patience);
  }

  int next() {
    return history.size() + 1;
  }

  List<Epoch> history() {
    return List.copyOf(history);
  }

  int bestEpoch() {
    Epoch chosen = best;
    return chosen == null ? 0 : chosen.epoch();
  }

  float[] values() {
    return values;
  }

  private static boolean better(Epoch epoch, Epoch best) {
    return epoch.validationAuc() > best.validationAuc()
        || (epoch.validationAuc() == best.validationAuc()
            && epoch.validationLoss() < best.validationLoss());
  }
}
