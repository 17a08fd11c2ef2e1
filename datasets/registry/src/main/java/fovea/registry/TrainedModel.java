package fovea.registry;

import fovea.contract.model.ModelState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A trained network, as the registry has it.
 *
 * @param metricsJson a JSON object of held-out metrics
 * @param datasetJson a JSON object: query, Delta versions, split, seed
 * @param artifactKey the object key of its weights
 */
public record TrainedModel(
    UUID run,
    String architecture,
    ModelState state,
    String metricsJson,
    String datasetJson,
    String artifactKey,
    Instant createdAt) {

  static final String COLUMNS =
      "id, architecture, state, metrics, dataset, artifact_key, created_at";

  static TrainedModel of(ResultSet row) throws SQLException {
    return new TrainedModel(
        row.getObject("id", UUID.class),
        row.getString("architecture"),
        ModelState.of(row.getString("state")),
        row.getString("metrics"),
        row.getString("dataset"),
        row.getString("artifact_key"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
