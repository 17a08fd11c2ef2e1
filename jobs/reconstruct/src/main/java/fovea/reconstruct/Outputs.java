package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.contract.model.ModelFormat;
import fovea.objects.ObjectStore;
import fovea.reconstruct.SessionResult.ModelFile;
import fovea.registry.SessionLeases.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a try, put under keys that only this try writes. */
record Outputs(ObjectStore objects, Lease lease) {
  private static final Map<String, String> REPORTS = reports();

  private static Map<String, String> reports() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("photos.csv", "text/csv");
    files.put("cameras.json", "application/json");
    files.put("points.ply", "application/octet-stream");
    files.put("report.json", "application/json");
    files.put("report.html", "text/html");
    files.put("preview.jpg", "image/jpeg");
    files.put("turntable.gif", "image/gif");
    return files;
  }

  /** Whatever there is beside the model: after a failure, how far it came. */
  void keepReports(Path out) {
    REPORTS.forEach(
        (name, type) -> {
          Path file = out.resolve(name);
          if (Files.exists(file)) {
            objects.write(key(name), file, type);
          }
        });
  }

  List<ModelFile> keepModel(Path out) throws IOException {
    List<ModelFile> files = new ArrayList<>();
    for (ModelFormat format : ModelFormat.values()) {
      String name = "model." + format.word();
      Path file = out.resolve(name);
      objects.write(key(name), file, format.mediaType());
      files.add(new ModelFile(format, key(name).path(), Files.size(file), Sha256.of(file)));
    }
    return files;
  }

  private ObjectKey key(String name) {
    return ObjectKey.model(lease.session(), lease.version(), name);
  }
}
