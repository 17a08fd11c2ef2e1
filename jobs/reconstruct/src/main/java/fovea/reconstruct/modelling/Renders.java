package fovea.reconstruct.modelling;

import fovea.scene.Picture;
import fovea.scene.View;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Rasterizer;
import fovea.splat.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The model drawn from around it: {@value #PREVIEW} and {@value #TURNTABLE}. */
final class Renders {
  static final String PREVIEW = "preview.jpg";
  static final String TURNTABLE = "turntable.gif";

  private static final int FRAMES = 24;
  private static final int LONGEST = 320;
  private static final int PREVIEW_LONGEST = 960;
  private static final int HUNDREDTHS = 12;

  private Renders() {}

  /** Writes both into {@code out}; the frames again, for the report. */
  static List<Picture> write(
      Splats splats, List<View> views, TrainSettings settings, Rasterizer rasterizer, Path out)
      throws IOException {
    int longest = Math.min(PREVIEW_LONGEST, settings.longest());
    Camera before = Turntable.cameras(views, 1, longest).get(0);
    Picture preview = drawn(splats, before, settings, rasterizer);
    Files.write(out.resolve(PREVIEW), Pictures.encoded(preview, "jpeg"));
    List<Picture> frames = new ArrayList<>();
    for (Camera camera : Turntable.cameras(views, FRAMES, Math.min(LONGEST, longest))) {
      frames.add(drawn(splats, camera, settings, rasterizer));
    }
    AnimatedGif.write(frames, HUNDREDTHS, out.resolve(TURNTABLE));
    return frames;
  }

  private static Picture drawn(
      Splats splats, Camera camera, TrainSettings settings, Rasterizer rasterizer) {
    TrainSettings.Background behind = settings.background();
    float[] background = {behind.red(), behind.green(), behind.blue()};
    float[] planes = new float[3 * camera.width * camera.height];
    rasterizer.forward(splats, splats.degree(), camera, background, planes);
    byte[] bytes = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, planes[i])));
    }
    return new Picture(camera.width, camera.height, bytes);
  }
}
