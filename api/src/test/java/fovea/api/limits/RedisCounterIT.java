package fovea.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisCounterIT {
  private static final Limit LIMIT = new Limit("minute", 3, Duration.ofMillis(600));

  @TempDir Path folder;

  @Test
  void processes_count_together_in_a_sliding_window_and_alone_without_redis() throws Exception {
    assumeTrue(installed(), "redis-server is not installed");
    int port = freePort();
    Process redis = start(port);
    try (RedisCounter one = counter(port);
        RedisCounter other = counter(port)) {
      assertThat(one.take("a", LIMIT).remaining()).isEqualTo(2);
      assertThat(other.take("a", LIMIT).remaining()).isEqualTo(1);
      assertThat(one.take("a", LIMIT).remaining()).isZero();
      Counter.Count refused = other.take("a", LIMIT);
      assertThat(refused.taken()).isFalse();
      assertThat(refused.millis()).isBetween(1L, 600L);
      assertThat(other.take("b", LIMIT).taken()).isTrue();
      Thread.sleep(refused.millis() + 50);
      assertThat(other.take("a", LIMIT).taken()).isTrue();

      redis.destroy();
      assertThat(redis.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(one.take("a", LIMIT)).extracting(Counter.Count::remaining).isEqualTo(2);
    } finally {
      redis.destroy();
    }
  }

  private static RedisCounter counter(int port) {
    return new RedisCounter(
        RedisClient.create(URI.create("redis://127.0.0.1:" + port)),
        new LocalCounter(Ticker.systemTicker()));
  }

  private Process start(int port) throws IOException, InterruptedException {
    Process redis =
        new ProcessBuilder(
                List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--dir",
                    folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    for (int tries = 0; tries < 200 && !listens(port); tries++) {
      Thread.sleep(50);
    }
    return redis;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, "redis-server")));
  }
}
