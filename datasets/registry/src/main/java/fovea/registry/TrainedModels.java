package fovea.registry;

import fovea.contract.errors.CallerMistake;
import fovea.contract.model.GateCheck;
import fovea.contract.model.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Where trained networks stand. Every step is one transaction that holds the network's row, so that
 * of two who move it at once the second sees what the first did.
 */
public final class TrainedModels {
  private final Jdbi jdbi;

  TrainedModels(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The newest networks first. */
  public List<TrainedModel> newest(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT %s FROM model_training_logs ORDER BY created_at DESC, id LIMIT :most"
                        .formatted(TrainedModel.COLUMNS))
                .bind("most", most)
                .map((row, context) -> TrainedModel.of(row))
                .list());
  }

  /** One network, or empty. */
  public Optional<TrainedModel> find(UUID run) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT %s FROM model_training_logs WHERE id = :run"
                        .formatted(TrainedModel.COLUMNS))
                .bind("run", run)
                .map((row, context) -> TrainedModel.of(row))
                .findOne());
  }

  /**
   * One network.
   *
   * @throws CallerMistake {@code no-such-model}
   */
  public TrainedModel known(UUID run) {
    return find(run).orElseThrow(() -> Mistakes.noSuchModel(run));
  }

  /** What became of a network, oldest first. */
  public List<ModelStep> steps(UUID run) {
    return jdbi.withHandle(handle -> ModelSteps.of(handle, run));
  }

  /** The newest gate of a network, or empty. */
  public Optional<ModelGate> newestGate(UUID run) {
    return jdbi.withHandle(handle -> ModelGates.newest(handle, run));
  }

  /**
   * Keeps what a gate said. A candidate that passes is gated, a gated network that does not is a
   * candidate again; a published one stays published, whatever its gate says now.
   *
   * @param audit the run of {@code bias_findings} that was looked at
   * @throws CallerMistake {@code no-such-model}, or {@code illegal-step} where it is retired
   */
  public ModelGate judge(
      UUID run, String artifactSha256, Optional<UUID> audit, List<GateCheck> checks, String by) {
    return jdbi.inTransaction(
        handle -> {
          ModelState state = ModelSteps.lock(handle, run);
          if (state == ModelState.RETIRED) {
            throw Mistakes.illegalStep(run, state, "be judged");
          }
          ModelGate gate = ModelGates.insert(handle, run, artifactSha256, audit, checks, by);
          ModelState after = gate.passed() ? ModelState.GATED : ModelState.CANDIDATE;
          if (state != after && state.mayBecome(after)) {
            ModelSteps.make(handle, run, state, after, by, verdict(gate));
          }
          return gate;
        });
  }

  /**
   * Puts a gated network to use.
   *
   * @param artifactSha256 of the weights as they lie there now
   * @param newestAudit the newest run of {@code bias_findings} of this network
   * @throws CallerMistake {@code no-such-model}, {@code no-passing-gate}, {@code gate-outdated}
   *     where there is a newer audit or other weights, or {@code illegal-step}
   */
  public void publish(
      UUID run, String artifactSha256, Optional<UUID> newestAudit, String by, String reason) {
    jdbi.useTransaction(
        handle -> {
          ModelState state = ModelSteps.lock(handle, run);
          if (state != ModelState.CANDIDATE && !state.mayBecome(ModelState.PUBLISHED)) {
            throw Mistakes.illegalStep(run, state, "become published");
          }
          ModelGate gate = passing(handle, run);
          if (!gate.audit().equals(newestAudit)) {
            throw Mistakes.gateOutdated(run, "there is a newer bias audit than its gate looked at");
          }
          if (!gate.artifactSha256().equals(artifactSha256)) {
            throw Mistakes.gateOutdated(run, "its weights are not those its gate judged");
          }
          ModelSteps.make(handle, run, state, ModelState.PUBLISHED, by, reason);
        });
  }

  /**
   * Takes a network out of use, for good.
   *
   * @throws CallerMistake {@code no-such-model}, or {@code illegal-step} where it is retired
   */
  public void retire(UUID run, String by, String reason) {
    jdbi.useTransaction(
        handle -> {
          ModelState state = ModelSteps.lock(handle, run);
          if (!state.mayBecome(ModelState.RETIRED)) {
            throw Mistakes.illegalStep(run, state, "become retired");
          }
          ModelSteps.make(handle, run, state, ModelState.RETIRED, by, reason);
        });
  }

  private static ModelGate passing(Handle handle, UUID run) {
    return ModelGates.newest(handle, run)
        .filter(ModelGate::passed)
        .orElseThrow(() -> Mistakes.noPassingGate(run));
  }

  private static String verdict(ModelGate gate) {
    return gate.passed()
        ? "gate %d passed".formatted(gate.number())
        : "gate %d: %d of %d checks failed"
            .formatted(gate.number(), gate.failures(), gate.checks().size());
  }
}
