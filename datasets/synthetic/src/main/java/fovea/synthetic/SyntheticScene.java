package fovea.synthetic;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A photo session with known cameras and a known surface. Photographs are ray-cast when they are
 * asked for: 24 of 320 x 240 take some seconds on one core.
 */
public final class SyntheticScene {
  private static final double DISTANCE = 3.9;
  private static final double[][] ELEVATIONS = {{18}, {6, 36}, {2, 24, 48}};

  private final SceneSettings settings;
  private final RayCaster caster;
  private final List<SceneCamera> cameras;

  private SyntheticScene(SceneSettings settings) {
    this.settings = settings;
    this.caster = new RayCaster(settings);
    this.cameras = cameras(settings);
  }

  /** The scene of some settings. */
  public static SyntheticScene render(SceneSettings settings) {
    return new SyntheticScene(settings);
  }

  /** The cameras, one a photograph, ring by ring. */
  public List<SceneCamera> cameras() {
    return cameras;
  }

  /** The photograph of one camera. */
  public BufferedImage photograph(SceneCamera camera) {
    return caster.photograph(camera);
  }

  /** The point of the surface that a place of a picture shows, or empty for the backdrop. */
  public Optional<double[]> surfaceAt(SceneCamera camera, double x, double y) {
    return caster.hit(camera.position(), camera.ray(x, y));
  }

  /** Points of the surface, as structure from motion would find them; seeded. */
  public List<ScenePoint> points() {
    Random random = Seeds.stream(settings.seed(), "points");
    List<ScenePoint> points = new ArrayList<>();
    while (points.size() < settings.points()) {
      int number = random.nextInt(cameras.size());
      double x = random.nextInt(settings.width()) + 0.5;
      double y = random.nextInt(settings.height()) + 0.5;
      surfaceAt(cameras.get(number), x, y)
          .ifPresent(p -> points.add(new ScenePoint(p, caster.look(p), number)));
    }
    return points;
  }

  /**
   * Writes {@code photo_000.jpg ...}, {@code transforms.json} (Nerfstudio's convention) and {@code
   * points.ply} into a folder.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    cameras.parallelStream().forEach(camera -> writePhotograph(camera, folder));
    SceneFiles.transforms(cameras, folder.resolve("transforms.json"));
    SceneFiles.points(points(), folder.resolve("points.ply"));
  }

  private void writePhotograph(SceneCamera camera, Path folder) {
    try {
      Files.write(folder.resolve(camera.name()), Pictures.jpeg(photograph(camera), 0.95));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static List<SceneCamera> cameras(SceneSettings settings) {
    Random random = Seeds.stream(settings.seed(), "cameras");
    double[] elevations = ELEVATIONS[settings.rings() - 1];
    List<SceneCamera> cameras = new ArrayList<>();
    for (int ring = 0; ring < settings.rings(); ring++) {
      int from = settings.views() * ring / settings.rings();
      int to = settings.views() * (ring + 1) / settings.rings();
      for (int i = from; i < to; i++) {
        double turn = 2 * Math.PI * (i - from + 0.5 * ring) / (to - from);
        double azimuth = turn + Seeds.between(random, -0.04, 0.04);
        double rise = Math.toRadians(elevations[ring] + Seeds.between(random, -1.5, 1.5));
        double distance = DISTANCE * Seeds.between(random, 0.97, 1.03);
        cameras.add(camera(settings, i, azimuth, rise, distance));
      }
    }
    return List.copyOf(cameras);
  }

  private static SceneCamera camera(
      SceneSettings settings, int number, double azimuth, double rise, double distance) {
    double[] position = {
      distance * Math.cos(rise) * Math.cos(azimuth),
      distance * Math.cos(rise) * Math.sin(azimuth),
      distance * Math.sin(rise)
    };
    return SceneCamera.towardsOrigin(
        "photo_%03d.jpg".formatted(number),
        settings.width(),
        settings.height(),
        1.66 * Math.min(settings.height(), 0.8 * settings.width()),
        position);
  }
}
