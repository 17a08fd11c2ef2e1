package fovea.sfm;

import fovea.scene.KnownIntrinsics;
import fovea.scene.PhotoFolder;
import fovea.scene.PhotoSet;
import fovea.scene.Pose;
import fovea.scene.PosesReader;
import fovea.scene.SparseScene;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A folder of real photographs, by hand: {@code PhotosBench FOLDER fovea|colmap known|unknown}. CPU
 * seconds are this process's: COLMAP's are told by {@code time}.
 */
final class PhotosBench {
  private PhotosBench() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    PhotoSet photos = PhotoFolder.read(folder);
    Map<String, Pose> truth = new HashMap<>();
    KnownIntrinsics known = KnownIntrinsics.none();
    if (PosesReader.find(folder).isPresent()) {
      SparseScene scene = PosesReader.read(folder, photos);
      scene.views().forEach(v -> truth.put(v.name(), v.pose()));
      known = KnownIntrinsics.of(List.of(scene.views().get(0).intrinsics()));
    } else if (arguments[2].equals("known")) {
      known = KnownIntrinsics.beside(folder);
    }
    Solution s =
        Poses.valueOf(arguments[1].toUpperCase(Locale.ROOT))
            .with(SfmSettings.standard(7, 2))
            .solve(
                photos,
                arguments[2].equals("known") ? known : KnownIntrinsics.none(),
                (stage, done, total) -> {});
    PoseReport r = s.report();
    System.out.printf(
        Locale.ROOT,
        "%d of %d registered, %d points, %.3f px, tracks of %.2f, focal %.1f (%s), %.1f CPU s%n",
        r.registered().size(),
        r.photos(),
        r.points(),
        r.reprojectionErrorPixels(),
        r.trackLength(),
        r.focalPixels(),
        r.focal(),
        cpuSeconds());
    r.failed().forEach((name, why) -> System.out.println(name + ": " + why));
    if (!truth.isEmpty()) {
      System.out.println(PoseError.of(s.scene().views(), truth));
    }
  }

  private static double cpuSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
