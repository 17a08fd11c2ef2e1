package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.lake.Captures;
import fovea.testkit.SharedData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Broken, odd and hostile files, each as an upload; skipped where they are not there. */
class HostileUploadsIT {
  private static final List<String> INVENTED_NAMES =
      List.of("TEST^PERSON", "Dr Example", "MRN 000", "DOB 1970");

  private final Platform platform = LocalPlatform.get();

  @Test
  void every_hostile_file_becomes_one_row_with_the_outcome_of_the_manifest() throws IOException {
    Path set = SharedData.orSkip("data/hostile-dev");
    Map<String, String> expected = manifest(set.resolve("derived-from-odir/MANIFEST.csv"));
    UUID organization = platform.organization();
    Map<UUID, Path> uploads = upload(set, organization);
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);

    platform.ingest(Map.of());

    long peak = heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf("%d hostile files, heap at most %d MiB%n", uploads.size(), peak >> 20);
    Map<String, Row> rows = rows(organization);
    assertThat(rows).hasSize(uploads.size());
    List<String> surprises = new ArrayList<>();
    uploads.forEach(
        (image, file) -> {
          Row row = rows.get(image.toString());
          String said = row.getString(1) + (row.isNullAt(2) ? "" : " " + row.getString(2));
          String name = file.getFileName().toString();
          String wanted = expected.getOrDefault(name, "");
          System.out.printf("%-46s %-34s %s%n", name, said, wanted);
          if (!allowed(wanted).contains(row.getString(1))) {
            surprises.add(name + " is " + said + ", expected: " + wanted);
          }
          assertExplained(row);
        });
    assertThat(surprises).isEmpty();
    assertThat(Invariants.broken(platform, organization)).isEmpty();
  }

  // Every rejected file keeps key, hash, reason code and sentence; nothing invented is in any text.
  private static void assertExplained(Row row) {
    if (!row.getString(1).equals("accepted")) {
      assertThat(row.getString(2)).isNotBlank();
      assertThat(row.getString(3)).isNotBlank();
    }
    assertThat(row.getString(4)).startsWith("research/fundus/");
    assertThat(row.getString(5)).hasSize(64);
    assertThat(row.mkString(" ")).doesNotContain(INVENTED_NAMES);
    for (int binary : new int[] {7, 8}) {
      if (!row.isNullAt(binary)) {
        assertThat(new String(row.<byte[]>getAs(binary), StandardCharsets.ISO_8859_1))
            .doesNotContain(INVENTED_NAMES);
      }
    }
  }

  private Map<String, Row> rows(UUID organization) {
    return Captures.in(platform.lake)
        .rows()
        .where("organization_id = '" + organization + "'")
        .select(
            "image_id",
            "status",
            "reason_code",
            "reason",
            "object_key",
            "sha256",
            "camera",
            "thumbnail",
            "content")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row));
  }

  // The control first, so that its copy is the duplicate.
  private Map<UUID, Path> upload(Path set, UUID organization) throws IOException {
    UUID eye = platform.eye(organization);
    Map<UUID, Path> uploads = new LinkedHashMap<>();
    List<Path> files = files(set);
    for (int i = 0; i < files.size(); i++) {
      byte[] content = Files.readAllBytes(files.get(i));
      uploads.put(platform.anything(organization, eye, content, i), files.get(i));
    }
    return uploads;
  }

  private static List<Path> files(Path set) throws IOException {
    try (Stream<Path> walk = Files.walk(set)) {
      List<Path> files = new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
      files.sort((a, b) -> Boolean.compare(b.endsWith("ok.jpg"), a.endsWith("ok.jpg")));
      return files;
    }
  }

  // The statuses that a sentence of the manifest allows; files it does not name may be anything.
  private static Set<String> allowed(String expected) {
    Set<String> all = Set.of("accepted", "quarantined", "duplicate");
    if (expected.isEmpty()) {
      return all;
    }
    Set<String> allowed = new TreeSet<>();
    if (expected.startsWith("accept") || expected.startsWith("decode")) {
      allowed.add("accepted");
    }
    if (expected.startsWith("quarantine")
        || expected.matches(".*or (quarantine|reject|report unsupported).*")) {
      allowed.add("quarantined");
    }
    if (expected.contains("or report as duplicate")) {
      allowed.add("duplicate");
    }
    return allowed;
  }

  private static Map<String, String> manifest(Path file) throws IOException {
    Map<String, String> expected = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.split(",", 4);
      expected.put(cells[0], cells[3].replace("\"", ""));
    }
    return expected;
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
