package fovea.train.loop;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a network: samples and settings in, a result out, nothing kept. The same samples in the
 * same order, settings and number of threads give the same weights on the same kind of processor,
 * whether or not the training was interrupted in between.
 */
public final class Training {
  private final Basis basis;
  private final Crew crew;
  private final Checkpoints checkpoints;
  private final Course course;
  private final int resumedAfter;

  private Training(Basis basis, Crew crew, Checkpoints checkpoints) {
    this.basis = basis;
    this.crew = crew;
    this.checkpoints = checkpoints;
    this.course =
        checkpoints
            .read()
            .flatMap(Checkpoint::of)
            .filter(checkpoint -> checkpoint.fits(crew.state()))
            .map(this::resume)
            .orElseGet(() -> new Course(crew.state().values()));
    this.resumedAfter = course.history().size();
  }

  /** Trains from the beginning to the end, see the other. */
  public static Trained run(
      List<Sample> samples, TrainSettings settings, Consumer<Epoch> listener) {
    return run(samples, settings, Optional.empty(), listener, Checkpoints.none());
  }

  /**
   * Tries settings: trains on the training part and judges on the validation part, twice over; no
   * test part is needed, and none is looked at.
   */
  public static Trained tried(List<Sample> samples, TrainSettings settings) {
    List<Sample> validation = Part.VALIDATION.among(samples);
    return alone(samples, settings, validation, Optional.empty(), epoch -> {}, Checkpoints.none());
  }

  /**
   * Trains on this machine, keeps the best epoch by validation AUC, fixes the threshold on the
   * validation part and judges on the test part.
   *
   * @param samples all parts; each part has referable images and others
   * @param start the network's first values; empty: random ones
   * @param listener hears of every epoch, after its checkpoint is written; first of the one that a
   *     resumed training goes on from
   * @param checkpoints of this training alone: the same samples and settings; where one is found
   *     the training goes on from there, and ends as if it had never stopped
   */
  public static Trained run(
      List<Sample> samples,
      TrainSettings settings,
      Optional<float[]> start,
      Consumer<Epoch> listener,
      Checkpoints checkpoints) {
    return alone(samples, settings, Part.TEST.among(samples), start, listener, checkpoints);
  }

  private static Trained alone(
      List<Sample> samples,
      TrainSettings settings,
      List<Sample> test,
      Optional<float[]> start,
      Consumer<Epoch> listener,
      Checkpoints checkpoints) {
    Shard shard = Shard.whole(Part.TRAIN.among(samples));
    Basis basis = Basis.of(settings, List.of(Census.of(shard.samples())));
    Jury jury = new Jury(basis, Part.VALIDATION.among(samples), test);
    return Engine.alone(
        () -> {
          try (Soloist soloist = new Soloist(basis, shard, jury, start)) {
            return new Training(basis, soloist, checkpoints).run(listener, 0);
          }
        });
  }

  /**
   * Trains with many trainers, each on its shard, that average what they have learnt every few
   * steps; everything else as above.
   */
  public static Trained run(
      Basis basis,
      Workers workers,
      Optional<float[]> start,
      Consumer<Epoch> listener,
      Checkpoints checkpoints) {
    Rounds rounds = new Rounds(basis, workers, start);
    return new Training(basis, rounds, checkpoints).run(listener, rounds.exchanged());
  }

  private Trained run(Consumer<Epoch> listener, long exchanged) {
    TrainSettings settings = basis.settings();
    if (resumedAfter > 0) {
      listener.accept(course.history().get(resumedAfter - 1));
    }
    while (!course.isOver(settings.epochs(), settings.patience())) {
      Epoch epoch = epoch(course.next());
      State state = crew.state();
      course.add(epoch, state.kept());
      checkpoints.write(() -> Checkpoint.of(course, state).bytes());
      listener.accept(epoch);
    }
    return judged(exchanged);
  }

  private Trained judged(long exchanged) {
    Verdicts verdicts = crew.judge(course.values());
    return new Trained(
        course.values(),
        crew.state().trainable(),
        basis.normalisation(),
        course.history(),
        course.bestEpoch(),
        resumedAfter,
        verdicts.validation(),
        verdicts.test(),
        pace(course.history()),
        exchanged);
  }

  private Epoch epoch(int number) {
    long begun = System.nanoTime();
    Tally tally = crew.learn(number);
    if (tally.skipped() == tally.steps()) {
      throw new IllegalStateException(
          "no step of epoch " + number + " had a finite loss and gradient");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Reading reading = crew.read();
    return new Epoch(
        number,
        tally.meanLoss(),
        reading.loss(),
        reading.auc(),
        basis.schedule().rate(number * basis.steps() - 1),
        tally.skipped(),
        tally.leftOut(),
        seconds);
  }

  private Course resume(Checkpoint checkpoint) {
    crew.resume(checkpoint.state(crew.state()));
    return Course.resumed(checkpoint);
  }

  private double pace(List<Epoch> history) {
    double seconds = history.stream().mapToDouble(Epoch::seconds).sum();
    return history.size() * (double) basis.samples() / seconds;
  }
}
