package fovea.train;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore.ObjectTooLarge;
import fovea.runtime.JobContext;
import fovea.train.loop.TrainSettings;
import fovea.train.network.Architecture;
import fovea.train.network.FirstWeights;
import fovea.train.network.NetworkHeader;
import fovea.train.network.Networks;
import fovea.train.network.WeightsFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The weights of another network that a training begins with: a file ({@code file:}, {@code s3a:}
 * or a path) or a key of our object store. Whatever the file holds, nothing in it is run.
 *
 * @param from as the caller wrote it
 * @param sha256 of the file
 */
record Start(String from, String sha256, FirstWeights weights) {
  private static final int MOST = 1 << 30;
  private static final String OURS = ".params";

  /**
   * Reads what the settings name; empty where they name nothing.
   *
   * @throws CallerMistake {@code missing-weights}, {@code not-weights}, {@code other-network}
   */
  static Optional<Start> of(JobContext context, TrainSettings settings) {
    String from = settings.startFrom();
    if (from.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = required(context, from);
    Architecture network = Networks.byName(settings.architecture());
    int outputs = settings.loss().objective().outputs();
    FirstWeights weights =
        from.endsWith(OURS)
            ? ours(context, from, bytes, network, outputs, settings.seed())
            : ofTorch(bytes, network, outputs, settings.seed());
    return Optional.of(new Start(from, Sha256.of(bytes), weights));
  }

  /** For a run's record. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("from", from);
    facts.put("sha256", sha256);
    facts.put("tensorsTaken", weights.taken().tensors());
    facts.put("tensorsOfItsOwn", weights.taken().own());
    return facts;
  }

  /** For a person. */
  String words() {
    return "%d tensors of %s, %d of its own, SHA-256 %s"
        .formatted(weights.taken().tensors(), from, weights.taken().own(), sha256);
  }

  private static FirstWeights ours(
      JobContext context, String from, byte[] bytes, Architecture network, int outputs, long seed) {
    String beside = from.substring(0, from.lastIndexOf('/') + 1) + "model.json";
    NetworkHeader header = NetworkFiles.header(required(context, beside));
    if (!Sha256.of(bytes).equals(header.sha256())) {
      throw mistake("not-weights", from + " does not have the hash that " + beside + " names");
    }
    return FirstWeights.ofNetwork(network, outputs, seed, header, WeightsFile.read(bytes));
  }

  private static FirstWeights ofTorch(byte[] bytes, Architecture network, int outputs, long seed) {
    try {
      java.nio.file.Path file = Files.createTempFile("fovea-start-", ".pt");
      try {
        return FirstWeights.ofTorch(network, outputs, seed, Files.write(file, bytes));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] required(JobContext context, String from) {
    Optional<byte[]> bytes =
        from.matches("(?i)[a-z0-9]+:.*|[/.].*") ? file(context, from) : object(context, from);
    return bytes.orElseThrow(() -> mistake("missing-weights", "there is no " + from));
  }

  private static Optional<byte[]> object(JobContext context, String key) {
    try {
      return context.objects().read(new ObjectKey(key), MOST);
    } catch (ObjectTooLarge tooLarge) {
      throw mistake("not-weights", key + " is larger than 1 GiB");
    }
  }

  // Through Hadoop, which reads s3a as the lake does.
  private static Optional<byte[]> file(JobContext context, String from) {
    if (!from.matches("(?i)(file|s3a):[^@]*|[/.].*")) {
      throw mistake("bad-setting", "--start-from must be file:, s3a:, a path or an object's key");
    }
    Path path = new Path(from);
    var configuration = context.spark().sparkContext().hadoopConfiguration();
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      byte[] bytes = in.readNBytes(MOST);
      if (bytes.length == MOST) {
        throw mistake("not-weights", from + " is larger than 1 GiB");
      }
      return Optional.of(bytes);
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + from, e);
    }
  }

  private static CallerMistake mistake(String code, String why) {
    return new CallerMistake(
        code,
        why,
        "Give the .params of a network of Fovea, with model.json beside it, or an archive of"
            + " PyTorch (torch.jit.save, or torch.save of a state_dict)");
  }
}
