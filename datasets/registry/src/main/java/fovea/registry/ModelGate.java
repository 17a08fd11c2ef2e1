package fovea.registry;

import fovea.contract.model.GateCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a gate said of a trained network.
 *
 * @param number grows with every gate of any network
 * @param artifactSha256 of the weights it judged
 * @param audit the run of {@code bias_findings} it looked at; empty where there was none
 * @param by who asked for it
 * @param checks in the order to show them; never empty
 */
public record ModelGate(
    long number,
    boolean passed,
    String artifactSha256,
    Optional<UUID> audit,
    String by,
    Instant at,
    List<GateCheck> checks) {

  /** Copies. */
  public ModelGate {
    checks = List.copyOf(checks);
  }

  /** How many checks did not pass. */
  public long failures() {
    return checks.stream().filter(c -> !c.passed()).count();
  }
}
