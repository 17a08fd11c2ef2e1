package fovea.reconstruct;

import fovea.scene.Intrinsics;
import fovea.scene.Pose;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Photographs of a cloud of Gaussians from a ring of cameras, with transforms.json and points. */
final class PhotoSession {
  static final int SIZE = 64;
  private static final int GAUSSIANS = 60;

  private PhotoSession() {}

  static Path write(Path folder, int photos) throws IOException {
    Files.createDirectories(folder);
    Splats cloud = cloud();
    StringBuilder frames = new StringBuilder();
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      for (int k = 0; k < photos; k++) {
        double angle = 2 * Math.PI * k / photos;
        String name = String.format(Locale.ROOT, "photo%02d.png", k);
        // Looks along (cos, 0, sin) from four units away; y is down.
        double[] r = {
          -Math.sin(angle), 0, Math.cos(angle), 0, -1, 0, Math.cos(angle), 0, Math.sin(angle)
        };
        Pose pose = Pose.of(r, new double[] {0, 0, 4});
        Intrinsics camera = Intrinsics.pinhole(SIZE, SIZE, 60, 60, SIZE / 2.0, SIZE / 2.0);
        float[] planes = new float[3 * SIZE * SIZE];
        rasterizer.forward(cloud, 0, new Camera(camera, pose, 0.01), new float[3], planes);
        png(planes, folder.resolve(name));
        frames.append(k == 0 ? "" : ",").append(frame(name, r, pose.centre()));
      }
    }
    Files.writeString(
        folder.resolve("transforms.json"),
        "{\"w\":64,\"h\":64,\"fl_x\":60,\"fl_y\":60,\"frames\":[" + frames + "]}");
    points(cloud, folder.resolve("points.ply"));
    return folder;
  }

  private static Splats cloud() {
    SplittableRandom random = new SplittableRandom(11);
    Splats splats = new Splats(GAUSSIANS, 0);
    splats.resize(GAUSSIANS);
    for (int i = 0; i < GAUSSIANS; i++) {
      splats.rotations[4 * i] = 1;
      splats.logitOpacities[i] = 2;
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        splats.means[k] = (float) random.nextDouble(-0.9, 0.9);
        splats.logScales[k] = (float) Math.log(0.15);
        splats.sh0[k] = (float) random.nextDouble(-1.5, 1.5);
      }
    }
    return splats;
  }

  // OpenGL camera to world: columns are right, up, backward and the centre.
  private static String frame(String name, double[] r, double[] centre) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      rows.append(
          String.format(
              Locale.ROOT, "[%.9f,%.9f,%.9f,%.9f],", r[i], -r[3 + i], -r[6 + i], centre[i]));
    }
    return "{\"file_path\":\"" + name + "\",\"transform_matrix\":[" + rows + "[0,0,0,1]]}";
  }

  private static void png(float[] planes, Path file) throws IOException {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | Math.round(255 * Math.min(1, planes[c * SIZE * SIZE + i]));
      }
      image.setRGB(i % SIZE, i / SIZE, rgb);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static void points(Splats cloud, Path file) throws IOException {
    StringBuilder ply =
        new StringBuilder(
            "ply\nformat ascii 1.0\nelement vertex "
                + GAUSSIANS
                + "\nproperty float x\n"
                + "property float y\nproperty float z\nend_header\n");
    for (int i = 0; i < GAUSSIANS; i++) {
      for (int k = 0; k < 3; k++) {
        ply.append(cloud.means[3 * i + k]).append(k < 2 ? ' ' : '\n');
      }
    }
    Files.writeString(file, ply);
  }
}
