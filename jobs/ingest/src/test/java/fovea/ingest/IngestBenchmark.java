package fovea.ingest;

import com.sun.management.OperatingSystemMXBean;
import fovea.contract.capture.ObjectKey;
import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import fovea.objects.ObjectStoreSettings;
import fovea.testkit.FaultProxy;
import fovea.testkit.StoresProcess;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Ingest of photographs of 2000 x 2000 pixels from S3 into a lake on S3, beside Spark's plain
 * {@code binaryFile} into Delta over the same objects in the same process. Not a test:
 *
 * <pre>java ... fovea.ingest.IngestBenchmark IMAGES [calls]</pre>
 *
 * <p>With {@code calls} a proxy counts the calls to S3, and its work spoils the times.
 */
public final class IngestBenchmark {
  private static final int EDGE = 2000;
  private static final int PICTURES = 6;
  private static final int WARM_UP = 24;

  private final Platform platform;
  private final List<byte[]> pictures = pictures();
  private int made;

  private IngestBenchmark(Platform platform) {
    this.platform = platform;
  }

  /** Prints a line for each way and batch. */
  public static void main(String[] arguments) throws Exception {
    int images = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("ingest-benchmark");
    try (StoresProcess stores = StoresProcess.start(folder);
        FaultProxy proxy = FaultProxy.before(stores.objects())) {
      boolean counts = arguments.length > 1;
      ObjectStoreSettings way = counts ? proxy.settings() : stores.objects();
      try (Platform platform = Platform.onS3(stores, way)) {
        IngestBenchmark benchmark = new IngestBenchmark(platform);
        benchmark.both("warm-up", WARM_UP, proxy);
        benchmark.both("measured", images, proxy);
      }
    }
    System.exit(0);
  }

  private void both(String round, int images, FaultProxy proxy) {
    UUID organization = platform.organization();
    upload(organization, images);
    double bytes = pictures.stream().mapToInt(p -> p.length).average().orElseThrow();
    System.out.printf("%s: %d images of %.0f kB on average%n", round, images, bytes / 1e3);
    measure("ingest", images, proxy, () -> platform.ingest(Map.of()));
    measure("binaryFile", images, proxy, () -> plain(organization));
    long rows = platform.captures(organization);
    if (rows != images) {
      throw new IllegalStateException(rows + " rows for " + images + " images");
    }
  }

  private static void measure(String way, int images, FaultProxy proxy, Runnable work) {
    System.gc();
    proxy.forget();
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (cpuNanos() - cpu) / 1e9;
    System.out.printf(
        "  %-11s %6.1f images/s  %6.1f images per CPU second  %5.1f CPU ms an image  %s%n",
        way,
        images / seconds,
        images / cpuSeconds,
        1e3 * cpuSeconds / images,
        calls(proxy, images));
  }

  private static String calls(FaultProxy proxy, int images) {
    List<FaultProxy.Call> calls = proxy.calls();
    long gets = calls.stream().filter(call -> call.reads(ObjectKey.FUNDUS)).count();
    return calls.isEmpty()
        ? ""
        : String.format(
            "%.2f calls an image, %.2f of them GETs of uploads",
            (double) calls.size() / images, (double) gets / images);
  }

  private void plain(UUID organization) {
    String bucket = "s3a://" + platform.objectSettings.bucket() + "/";
    platform
        .spark
        .read()
        .format("binaryFile")
        .load(bucket + ObjectKey.FUNDUS + Platform.DAY + "/" + organization)
        .write()
        .format("delta")
        .save(bucket + "plain/" + organization);
  }

  private void upload(UUID organization, int images) {
    UUID eye = platform.eye(organization);
    for (int i = 0; i < images; i++) {
      byte[] picture = numbered(pictures.get(i % PICTURES), ++made);
      platform.fundus(organization, eye, picture, picture, i);
    }
  }

  // A comment makes each file another one and costs the decoder nothing.
  private static byte[] numbered(byte[] jpeg, int number) {
    ByteBuffer copy = ByteBuffer.allocate(jpeg.length + 8);
    copy.put(jpeg, 0, 2).putShort((short) 0xfffe).putShort((short) 6).putInt(number);
    return copy.put(jpeg, 2, jpeg.length - 2).array();
  }

  // A disc on black with grain of a few pixels, as a fundus camera's file is: about 1 MB.
  private static List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      try (Mats mats = new Mats()) {
        Core.setRNGSeed(i);
        Mat grain = mats.own(new Mat(EDGE, EDGE, CvType.CV_8UC3));
        Core.randn(grain, 120, 60);
        Imgproc.GaussianBlur(grain, grain, new Size(0, 0), 1.5);
        Mat disc = mats.own(new Mat(EDGE, EDGE, CvType.CV_8UC3, new Scalar(0, 0, 0)));
        Mat mask = mats.own(new Mat(EDGE, EDGE, CvType.CV_8UC1, new Scalar(0)));
        Imgproc.circle(mask, new Point(EDGE / 2.0, EDGE / 2.0), 950, new Scalar(255), -1);
        grain.copyTo(disc, mask);
        pictures.add(Encoder.jpeg(disc, 90));
      }
    }
    return pictures;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
