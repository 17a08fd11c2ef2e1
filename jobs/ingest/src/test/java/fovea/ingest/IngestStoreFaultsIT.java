package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.runtime.JobReport;
import fovea.testkit.Fault;
import fovea.testkit.FaultProxy;
import fovea.testkit.FaultProxy.Call;
import fovea.testkit.StoresProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and lake on S3, with a proxy between that counts calls and spoils answers. */
class IngestStoreFaultsIT {
  private static final int IMAGES = 12;

  @TempDir private static Path folder;
  private static StoresProcess stores;
  private static FaultProxy proxy;
  private static Platform platform;
  private static int seed;
  private UUID organization;
  private UUID eye;

  @BeforeAll
  static void open() throws Exception {
    stores = StoresProcess.start(folder.resolve("stores"));
    proxy = FaultProxy.before(stores.objects());
    platform = Platform.onS3(stores, proxy.settings());
  }

  @AfterAll
  static void close() throws Exception {
    platform.close();
    proxy.close();
    stores.close();
  }

  @BeforeEach
  void organize() {
    organization = platform.organization();
    eye = platform.eye(organization);
  }

  @Test
  void an_image_costs_one_get_and_a_store_that_is_asked_too_often_is_asked_less_than_thrice() {
    List<Call> calm = callsFor(call -> Fault.NONE);
    assertThat(gets(calm)).isEqualTo(IMAGES);

    Random random = new Random(30);
    List<Call> refused = callsFor(call -> random.nextInt(100) < 30 ? Fault.SLOW_DOWN : Fault.NONE);
    System.out.printf(
        "%d images: %d calls; with 503 on 30%%: %d calls, %.2f times as many%n",
        IMAGES, calm.size(), refused.size(), (double) refused.size() / calm.size());
    assertThat(refused.size()).isGreaterThan(calm.size()).isLessThan(3 * calm.size());
  }

  @Test
  void bodies_cut_reset_or_with_a_flipped_bit_are_read_again_and_never_half_decoded() {
    List<Fault> faults = List.of(Fault.TRUNCATED, Fault.RESET, Fault.FLIPPED);
    for (int i = 0; i < IMAGES; i++) {
      upload();
    }
    // Nothing is declared of these but their size: the store's own hash tells.
    UUID session = platform.session(organization);
    for (int i = 0; i < 3; i++) {
      byte[] photo = Pictures.jpeg(++seed);
      platform.file(organization, session, "photo", i + ".jpg", photo);
    }
    Set<String> spoiled = ConcurrentHashMap.newKeySet();
    AtomicInteger next = new AtomicInteger();
    proxy.forget();
    proxy.spoil(
        call ->
            isUpload(call) && spoiled.add(call.target())
                ? faults.get(next.getAndIncrement() % faults.size())
                : Fault.NONE);

    JobReport report = platform.ingest(Map.of());

    assertThat(spoiled).hasSize(IMAGES + 3);
    assertThat(report.rowsOut()).isEqualTo(IMAGES + 3);
    assertThat(report.rejected()).isEmpty();
    assertThat(gets(proxy.calls())).isBetween((long) 2 * (IMAGES + 3), (long) 3 * (IMAGES + 3));
    proxy.forget();
    assertThat(Invariants.broken(platform, organization)).isEmpty();
  }

  // The calls of one ingest of new images, all of which must become rows.
  private List<Call> callsFor(Function<Call, Fault> plan) {
    for (int i = 0; i < IMAGES; i++) {
      upload();
    }
    proxy.forget();
    proxy.spoil(plan);
    JobReport report = platform.ingest(Map.of());
    List<Call> calls = proxy.calls();
    proxy.forget();
    assertThat(report.rowsOut()).isEqualTo(IMAGES);
    assertThat(Invariants.broken(platform, organization)).isEmpty();
    return calls;
  }

  private static long gets(List<Call> calls) {
    return calls.stream().filter(IngestStoreFaultsIT::isUpload).count();
  }

  private static boolean isUpload(Call call) {
    return call.reads(ObjectKey.FUNDUS) || call.reads(ObjectKey.SESSIONS);
  }

  private void upload() {
    byte[] picture = Pictures.jpeg(++seed);
    platform.fundus(organization, eye, picture, picture, seed % 1000);
  }
}
