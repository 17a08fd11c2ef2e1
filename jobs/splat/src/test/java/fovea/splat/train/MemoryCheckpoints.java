package fovea.splat.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Keeps the last checkpoint as bytes. */
final class MemoryCheckpoints implements Checkpoints {
  byte[] last = new byte[0];
  int writes;

  @Override
  public Optional<InputStream> open() {
    return last.length == 0 ? Optional.empty() : Optional.of(new ByteArrayInputStream(last));
  }

  @Override
  public void write(Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.to(out);
    last = out.toByteArray();
    writes++;
  }
}
