package fovea.registry;

import java.io.InputStream;
import java.nio.file.Path;

/** Where audit rows go that are too old for the registry. */
public interface AuditArchives {

  /** Keeps a file under a key, for good. */
  void write(String key, Path file);

  /** The file of a key; the caller closes it. */
  InputStream open(String key);
}
