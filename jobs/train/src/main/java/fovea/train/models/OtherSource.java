package fovea.train.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a network was worth on images that had no part in its training.
 *
 * @param source an organisation, or {@code all}
 * @param metrics by the names of the training run's
 */
public record OtherSource(String source, long images, long patients, JsonNode metrics) {

  /** Its figures for a reader; none where too few patients were seen. */
  Map<String, String> shown(int smallest) {
    return patients < smallest
        ? Map.of("withheld", "fewer than " + smallest + " patients")
        : Flat.of(Flat.without(metrics, ModelCard.COUNTS));
  }
}
