package fovea.registry;

import fovea.contract.model.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Trained networks; they belong to no organisation. */
public final class TrainingRuns {
  private static final String SELECT =
      """
      SELECT m.id, m.architecture, m.state, m.metrics, m.dataset, m.artifact_key, m.created_at
      FROM model_training_logs m
      """;

  private final Handle handle;

  TrainingRuns(Handle handle) {
    this.handle = handle;
  }

  /** Networks, the newest first. */
  public Page<TrainedModel> page(Filter filter, PageRequest request) {
    return Listing.of(handle, SELECT, "m")
        .where("m.state = :state", "state", filter.state().map(ModelState::word))
        .where("m.architecture = :architecture", "architecture", filter.architecture())
        .where(filter.made())
        .newestFirst(
            request,
            (row, context) -> TrainedModel.of(row),
            m -> new Position(m.createdAt(), m.run()));
  }

  /** A network with what became of it. */
  public Optional<History> find(UUID run) {
    return handle
        .createQuery(SELECT + " WHERE m.id = :run")
        .bind("run", run)
        .map((row, context) -> TrainedModel.of(row))
        .findOne()
        .map(
            model ->
                new History(model, ModelSteps.of(handle, run), ModelGates.newest(handle, run)));
  }

  /** Which networks. */
  public record Filter(Optional<ModelState> state, Optional<String> architecture, Period made) {}

  /**
   * What became of a network.
   *
   * @param steps the oldest first
   * @param gate the newest; empty where none judged it
   */
  public record History(TrainedModel model, List<ModelStep> steps, Optional<ModelGate> gate) {

    /** Copies. */
    public History {
      steps = List.copyOf(steps);
    }
  }
}
