package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fovea.lake.ConditionalLogStore;
import fovea.testkit.JvmProcess;
import fovea.testkit.StoresProcess;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.delta.storage.S3SingleDriverLogStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers, each a process of its own, on one table of one bucket. */
class TwoDriversIT {
  /** Commits of each driver; 200 with -Dfovea.commits=200. */
  private static final int COMMITS = Integer.getInteger("fovea.commits", 20);

  private static final int APPENDS = 4;

  @TempDir private static java.nio.file.Path folder;
  private static StoresProcess stores;
  private static Configuration hadoop;
  private static String root;

  @BeforeAll
  static void start() {
    stores = StoresProcess.start(folder.resolve("stores"));
    hadoop = Driver.hadoop(stores.objects());
    root = "s3a://" + stores.objects().bucket() + "/lake/";
  }

  @AfterAll
  static void stop() throws IOException {
    org.apache.hadoop.fs.FileSystem.closeAll();
    stores.close();
  }

  @Test
  void no_commit_of_two_drivers_is_lost_and_no_version_is_skipped() throws Exception {
    try (JvmProcess a = driver("a");
        JvmProcess b = driver("b")) {
      a.answer();
      b.answer();
      Set<String> safe = race(a, b, ConditionalLogStore.class, root + "safe/_delta_log");
      Set<String> unsafe = race(a, b, S3SingleDriverLogStore.class, root + "unsafe/_delta_log");
      System.out.printf(
          "two drivers, %d commits each: ConditionalLogStore lost %d, S3SingleDriverLogStore %d%n",
          COMMITS, 2 * COMMITS - safe.size(), 2 * COMMITS - unsafe.size());
      assertThat(safe)
          .isEqualTo(new TreeSet<>(Stream.of("a", "b").flatMap(TwoDriversIT::commits).toList()));
      appendsOfBothAreThere(a, b);
    }
  }

  private static JvmProcess driver(String name) throws IOException {
    java.nio.file.Path errors = folder.resolve(name + ".err");
    Map<String, String> store = stores.objects().variables();
    return JvmProcess.start(Driver.class, List.of(name), List.of(), store, errors);
  }

  private static void appendsOfBothAreThere(JvmProcess a, JvmProcess b) throws Exception {
    String table = root + "appended";
    a.tell("append " + table + " 1"); // two creators of a table fail each other
    a.answer();
    for (JvmProcess driver : List.of(a, b)) {
      driver.tell("append " + table + " " + APPENDS);
    }
    a.answer();
    b.answer();
    b.tell("count " + table);
    assertThat(b.answer()).isEqualTo(Integer.toString(10 * (1 + 2 * APPENDS)));
    assertThat(versions(new Path(table, "_delta_log"))).hasSize(1 + 2 * APPENDS);
  }

  @Test
  void a_lost_answer_is_no_lost_race() throws Exception {
    try (LossyProxy proxy = LossyProxy.before(stores.objects().endpoint())) {
      Configuration lossy = new Configuration(hadoop);
      lossy.set("fs.s3a.endpoint", proxy.endpoint());
      lossy.setBoolean("fs.s3a.impl.disable.cache", true);
      LogStore store = new ConditionalLogStore(lossy);
      Path entry = new Path(root + "lost/_delta_log/00000000000000000007.json");
      proxy.loseTheAnswerTo("00000000000000000007.json");
      store.write(entry, List.of("ours", "in two lines").iterator(), false, lossy);
      assertThat(proxy.answersLost()).isEqualTo(1);
      assertThat(lines(entry)).containsExactly("ours", "in two lines");
      assertThatThrownBy(() -> store.write(entry, List.of("theirs").iterator(), false, lossy))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining(entry.getName());
      assertThat(lines(entry)).containsExactly("ours", "in two lines");
    }
  }

  @Test
  void what_may_be_replaced_is_replaced_and_listed_once() throws Exception {
    LogStore store = new ConditionalLogStore(hadoop);
    Path entry = new Path(root + "again/_delta_log/_last_checkpoint");
    store.write(entry, List.of("old").iterator(), true, hadoop);
    store.write(entry, List.of("new").iterator(), true, hadoop);
    assertThat(lines(entry)).containsExactly("new");
    assertThat(store.listFrom(entry, hadoop)).toIterable().hasSize(1);
    assertThat(store.isPartialWriteVisible(entry, hadoop)).isFalse();
  }

  @Test
  void a_store_that_ignores_the_condition_is_found_out_by_its_first_commit() throws Exception {
    HttpServer careless = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    careless.createContext("/", TwoDriversIT::takeEverything);
    careless.start();
    try {
      Configuration there = new Configuration(hadoop);
      there.set("fs.s3a.endpoint", "http://127.0.0.1:" + careless.getAddress().getPort());
      there.setBoolean("fs.s3a.impl.disable.cache", true);
      Path entry = new Path("s3a://careless/lake/_delta_log/00000000000000000000.json");
      assertThatThrownBy(
              () ->
                  new ConditionalLogStore(there)
                      .write(entry, List.of("x").iterator(), false, there))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ignores If-None-Match");
    } finally {
      careless.stop(0);
    }
  }

  private static void takeEverything(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("ETag", "\"0\"");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void a_file_system_without_conditional_writes_is_refused() {
    Path entry = new Path(folder.resolve("plain/00000000000000000000.json").toUri());
    assertThatThrownBy(
            () ->
                new ConditionalLogStore(hadoop)
                    .write(entry, List.of("x").iterator(), false, hadoop))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two drivers could write one version");
    assertThat(folder.resolve("plain/00000000000000000000.json")).doesNotExist();
  }

  // What lies in the log after both drivers say that they are done.
  private static Set<String> race(
      JvmProcess a, JvmProcess b, Class<? extends LogStore> store, String log) throws Exception {
    String task = "race " + store.getName() + " " + log + " " + COMMITS;
    a.tell(task);
    b.tell(task);
    for (JvmProcess driver : List.of(a, b)) {
      assertThat(driver.answer())
          .as("commits, times the newest version went backwards")
          .isEqualTo(COMMITS + " 0");
    }
    Set<String> present = new TreeSet<>();
    for (Path entry : versions(new Path(log))) {
      present.addAll(lines(entry));
    }
    return present;
  }

  private static Stream<String> commits(String driver) {
    return IntStream.range(0, COMMITS).mapToObj(i -> driver + "-" + i);
  }

  // The log's entries, which must be numbered from 0 without a gap.
  private static List<Path> versions(Path log) throws IOException {
    List<Path> entries =
        Arrays.stream(log.getFileSystem(hadoop).listStatus(log))
            .map(FileStatus::getPath)
            .filter(path -> path.getName().matches("\\d+\\.json"))
            .sorted()
            .toList();
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).getName()).isEqualTo(String.format("%020d.json", i));
    }
    return entries;
  }

  private static List<String> lines(Path entry) throws IOException {
    try (CloseableIterator<String> lines = new ConditionalLogStore(hadoop).read(entry, hadoop)) {
      return List.copyOf(ofAll(lines));
    }
  }

  private static List<String> ofAll(java.util.Iterator<String> lines) {
    List<String> all = new java.util.ArrayList<>();
    lines.forEachRemaining(all::add);
    return all;
  }
}
