package fovea.train;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.train.loop.Checkpoints;
import java.util.Optional;
import java.util.function.Supplier;

/** An unfinished training in the object store, beside where its network will be. */
record CheckpointFile(ObjectStore store, ObjectKey key) implements Checkpoints {
  private static final long MOST = Integer.MAX_VALUE;

  @Override
  public Optional<byte[]> read() {
    return store.read(key, MOST);
  }

  @Override
  public void write(Supplier<byte[]> checkpoint) {
    store.write(key, checkpoint.get(), "application/octet-stream");
  }
}
