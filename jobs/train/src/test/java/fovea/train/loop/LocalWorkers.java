package fovea.train.loop;

import fovea.train.data.Part;
import fovea.train.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** Many trainers one after the other in one process. */
final class LocalWorkers implements Workers {
  private final Basis basis;
  private final List<Shard> shards;
  private final Jury jury;
  private int poisoned = -1;
  private int rounds;

  private LocalWorkers(Basis basis, List<Shard> shards, Jury jury) {
    this.basis = basis;
    this.shards = shards;
    this.jury = jury;
  }

  static LocalWorkers of(TrainSettings settings, List<Sample> samples) {
    List<Shard> shards = Shard.deal(Part.TRAIN.among(samples), settings.scale().trainers());
    Basis basis = Basis.of(settings, shards.stream().map(s -> Census.of(s.samples())).toList());
    return new LocalWorkers(basis, shards, Jury.of(basis, samples));
  }

  /** One trainer's values come back as NaN from now on; -2: everyone's. */
  LocalWorkers poison(int shard) {
    poisoned = shard;
    return this;
  }

  Basis basis() {
    return basis;
  }

  int rounds() {
    return rounds;
  }

  @Override
  public Round round(Order order) {
    rounds++;
    List<Stint> stints = new ArrayList<>();
    for (Shard shard : shards) {
      Stint stint = order.on(basis, shard);
      boolean bad = poisoned == -2 || poisoned == shard.number();
      stints.add(bad ? Stint.of(shard.number(), spoilt(stint.state()), stint.tally()) : stint);
    }
    return Round.of(order, stints);
  }

  private static State spoilt(State state) {
    float[] all = state.all().clone();
    all[3] = Float.NaN;
    return state.with(state.moves(), all);
  }

  @Override
  public Reading read(float[] values) {
    return jury.read(values);
  }

  @Override
  public Verdicts judge(float[] values) {
    return jury.judge(values);
  }
}
