package fovea.api.operations;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.registry.AuditArchives;
import java.io.InputStream;
import java.nio.file.Path;

/** Archived audit rows, in the object store. */
public record StoredArchives(ObjectStore objects) implements AuditArchives {
  @Override
  public void write(String key, Path file) {
    objects.write(new ObjectKey(key), file, "application/gzip");
  }

  @Override
  public InputStream open(String key) {
    return objects.stream(new ObjectKey(key));
  }
}
