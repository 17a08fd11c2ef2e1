package fovea.splat.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fovea.splat.model.Splats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Public viewers draw what we write, in a headless Chromium: {@code npm ci} in src/test/node brings
 * them. A red, a green and a blue ball on black, seen from four units away.
 */
class ViewersTest {
  private static final Path NODE = Path.of("src/test/node");
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

  @TempDir private static Path folder;
  private static final BlockingQueue<String> RESULTS = new ArrayBlockingQueue<>(10);
  private static HttpServer server;

  @BeforeAll
  static void serve() throws IOException {
    assumeThat(NODE.resolve("node_modules/playcanvas/package.json"))
        .as("the viewers are not installed: npm ci in jobs/splat/src/test/node")
        .exists();
    assumeThat(BROWSERS).as("no Chromium is installed").anyMatch(Files::exists);
    ModelFiles.write(threeBalls(), folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", ViewersTest::answer);
    server.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spark, model.ply",
    "spark, model.spz",
    "spark, model.splat",
    "playcanvas, model.ply",
    "playcanvas, model.glb"
  })
  void the_balls_have_their_colours_and_places(String viewer, String file) throws Exception {
    String address =
        "http://127.0.0.1:%d/viewer.html?viewer=%s&file=%s"
            .formatted(server.getAddress().getPort(), viewer, file);
    Process browser = browse(address);
    try {
      int[] seen = numbers(String.valueOf(RESULTS.poll(60, TimeUnit.SECONDS)));
      assertThat(seen).hasSize(12);
      for (int ball = 0; ball < 3; ball++) {
        for (int channel = 0; channel < 3; channel++) {
          int value = seen[3 * ball + channel];
          assertThat(value)
              .as("ball %d, channel %d", ball, channel)
              .isBetween(ball == channel ? 205 : 5, ball == channel ? 245 : 45);
        }
      }
      assertThat(Arrays.copyOfRange(seen, 9, 12)).as("black above").containsExactly(0, 0, 0);
    } finally {
      browser.destroyForcibly().waitFor();
    }
  }

  private static Splats threeBalls() {
    float bright = (float) (0.4 / 0.28209479177387814); // sh0 of 0.9, of 0.1 with the other sign
    Splats splats = new Splats(3, 0);
    splats.resize(3);
    for (int ball = 0; ball < 3; ball++) {
      splats.rotations[4 * ball] = 1;
      splats.logitOpacities[ball] = 4;
      splats.means[3 * ball] = ball - 1;
      for (int k = 0; k < 3; k++) {
        splats.logScales[3 * ball + k] = (float) Math.log(0.2);
        splats.sh0[3 * ball + k] = k == ball ? bright : -bright;
      }
    }
    return splats;
  }

  private static Process browse(String address) throws IOException {
    String browser = BROWSERS.stream().filter(Files::exists).findFirst().orElseThrow().toString();
    return new ProcessBuilder(
            browser,
            "--headless",
            "--no-sandbox",
            "--no-first-run",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--ignore-gpu-blocklist",
            "--user-data-dir=" + folder.resolve("browser"),
            address)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("browser.log").toFile())
        .start();
  }

  private static int[] numbers(String result) {
    assertThat(result).as("within a minute").startsWith("{\"pixels\"");
    return Arrays.stream(result.split("[^0-9]+"))
        .filter(n -> !n.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/result")) {
        RESULTS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      Path file = (path.startsWith("/model.") ? folder : NODE).resolve(path.substring(1));
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", type(path));
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  private static String type(String path) {
    if (path.endsWith(".html")) {
      return "text/html";
    }
    return path.endsWith("js") ? "text/javascript" : "application/octet-stream";
  }
}
