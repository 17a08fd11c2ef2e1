package fovea.runtime;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One object store a JVM and settings, for tasks: opening a client takes longer than reading an
 * image. They live as long as the executor.
 */
public final class ExecutorStores {
  private static final Map<ObjectStoreSettings, ObjectStore> OPEN = new ConcurrentHashMap<>();

  private ExecutorStores() {}

  /** The store of these settings, opened on first use. Not to be closed. */
  public static ObjectStore of(ObjectStoreSettings settings) {
    return OPEN.computeIfAbsent(settings, ObjectStore::open);
  }
}
