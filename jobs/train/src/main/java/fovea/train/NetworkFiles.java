package fovea.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import fovea.train.network.NetworkHeader;
import fovea.train.network.WeightsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A trained network's files in the object store: {@code model.params} and {@code model.json}, which
 * Fovea reads, and {@code model.pt}, the same for PyTorch.
 */
final class NetworkFiles {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_WEIGHTS = 1L << 30;
  private static final long MOST_HEADER = 1L << 20;

  private NetworkFiles() {}

  static ObjectKey weights(UUID run) {
    return ObjectKey.network(run, "model.params");
  }

  static ObjectKey header(UUID run) {
    return ObjectKey.network(run, "model.json");
  }

  static ObjectKey torchScript(UUID run) {
    return ObjectKey.network(run, "model.pt");
  }

  /** Of a run that has not ended yet; deleted once the network is published. */
  static ObjectKey checkpoint(UUID run) {
    return ObjectKey.networkCheckpoint(run);
  }

  static ObjectKey members(UUID run) {
    return ObjectKey.network(run, "split.csv");
  }

  static void write(ObjectStore store, UUID run, NetworkHeader header, byte[] weights) {
    store.write(weights(run), weights, "application/octet-stream");
    store.write(header(run), json(header), "application/json");
  }

  /**
   * The header, or empty where the run left none.
   *
   * @throws CallerMistake {@code old-network} where another version of Fovea wrote it
   */
  static Optional<NetworkHeader> readHeader(ObjectStore store, UUID run) {
    return store.read(header(run), MOST_HEADER).map(NetworkFiles::header);
  }

  /**
   * The weights.
   *
   * @throws IllegalStateException where they are missing or not those the header names
   */
  static float[] readWeights(ObjectStore store, UUID run, NetworkHeader header) {
    byte[] bytes =
        store
            .read(weights(run), MOST_WEIGHTS)
            .orElseThrow(() -> new IllegalStateException("missing: " + weights(run)));
    if (!Sha256.of(bytes).equals(header.sha256())) {
      throw new IllegalStateException(weights(run) + " does not have the hash its header names");
    }
    return WeightsFile.read(bytes);
  }

  /** For a column of a table. */
  static String line(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] json(Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A header's content.
   *
   * @throws CallerMistake {@code old-network} where another version of Fovea wrote it
   */
  static NetworkHeader header(byte[] json) {
    try {
      JsonNode header = JSON.readTree(json);
      String format = header.path("format").asText();
      if (!format.equals(NetworkHeader.FORMAT)) {
        throw new CallerMistake(
            "old-network",
            "the network's files are in format " + format + ", not " + NetworkHeader.FORMAT,
            "Train it again");
      }
      return JSON.treeToValue(header, NetworkHeader.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a network's header does not parse", e);
    }
  }
}
