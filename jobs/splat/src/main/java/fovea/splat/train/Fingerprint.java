package fovea.splat.train;

import fovea.splat.render.Camera;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over all that a training's result depends on: settings but for the number of threads,
 * cameras, photographs, points.
 */
public final class Fingerprint {
  /** Its length. */
  public static final int BYTES = 32;

  private static final int CHUNK = 4096;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * CHUNK);

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * Of a training.
   *
   * @param trainer which one, as models of two trainers differ in their last bits
   */
  public static byte[] of(String trainer, TrainingScene scene, TrainSettings settings) {
    Fingerprint print = new Fingerprint();
    print.add(trainer);
    print.add(settings.withThreads(1).toString());
    for (TrainingView view : scene.views()) {
      print.add(view.name());
      print.add(view.camera());
      print.add(view.picture().planes());
    }
    print.add(scene.points().positions());
    print.add(scene.points().colours());
    return print.digest.digest();
  }

  private void add(Camera camera) {
    add(
        new float[] {
          camera.width, camera.height, camera.fx, camera.fy, camera.cx, camera.cy, camera.near
        });
    add(camera.rotation);
    add(camera.translation);
  }

  private void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  // Lengths first, so that two neighbours cannot be told apart differently.
  private void add(byte[] bytes) {
    digest.update(buffer.clear().putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private void add(float[] values) {
    digest.update(buffer.clear().putInt(values.length).flip());
    for (int from = 0; from < values.length; from += CHUNK) {
      int n = Math.min(CHUNK, values.length - from);
      buffer.clear().asFloatBuffer().put(values, from, n);
      digest.update(buffer.limit(Float.BYTES * n));
    }
  }
}
