package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.api.identity.Tokens;
import fovea.api.sessions.Cdn;
import fovea.api.sessions.ModelUrls;
import fovea.contract.capture.ObjectKey;
import fovea.contract.settings.SettingValues;
import fovea.registry.ApiRegistry;
import fovea.registry.NameCipher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models through the real nginx, configured as infra/nginx says. */
class EdgeIT {
  private static final String SECRET = "0123456789abcdef".repeat(2);
  private static final Optional<Path> NGINX =
      Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  private final TestPlatform platform = TestPlatform.shared();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  @Test
  void the_edge_serves_signed_models_in_ranges_and_keeps_them() throws Exception {
    assumeTrue(NGINX.isPresent(), "nginx is not installed: apt-get install nginx");
    byte[] model = new byte[(2 << 20) + 77];
    new Random(1).nextBytes(model);
    ObjectKey key = ObjectKey.model(UUID.randomUUID(), 3, "model.glb");
    platform.objects.write(key, model, "model/gltf-binary");
    int port = freePort();
    URI base = URI.create("http://127.0.0.1:" + port);
    ApiSettings settings =
        ApiSettings.of(
            SettingValues.of(Map.of("port", "0", "cdn", base.toString(), "cdn-secret", SECRET)));
    try (ApiRegistry registry = ApiRegistry.open(platform.postgres.api(), NameCipher.of(SECRET));
        FoveaApi api =
            FoveaApi.start(
                settings, registry, platform.objects, Tokens.of(SECRET, Duration.ofMinutes(1)))) {
      Process nginx = start(configuration(api.url(), port));
      try {
        serves(urls(base).of(key), model);
        refuses(base, key);
        platform.objects.delete(key);
        HttpResponse<byte[]> kept = get(urls(base).of(key), "bytes=0-99");
        assertThat(kept.body()).isEqualTo(Arrays.copyOf(model, 100));
        assertThat(kept.headers().firstValue("X-Cache")).hasValue("HIT");
      } finally {
        nginx.destroy();
        assertThat(nginx.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      HttpResponse<byte[]> unknowing = get(URI.create(api.url() + "/v1/edge/" + key), "bytes=0-9");
      assertThat(unknowing.statusCode()).isEqualTo(404);
    }
  }

  private void serves(URI url, byte[] model) throws Exception {
    awaitUp(url);
    HttpResponse<byte[]> whole = get(url, "bytes=0-");
    assertThat(whole.body()).isEqualTo(model);
    HttpResponse<byte[]> range = get(url, "bytes=1048000-1049000");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(Arrays.copyOfRange(model, 1_048_000, 1_049_001));
    Map<String, String> headers =
        Map.of(
            "content-type", "model/gltf-binary",
            "content-disposition", "attachment; filename=\"model.glb\"",
            "content-range", "bytes 1048000-1049000/" + model.length,
            "cache-control", "private, max-age=31536000, immutable",
            "x-content-type-options", "nosniff",
            "x-cache", "HIT");
    headers.forEach(
        (name, value) -> assertThat(range.headers().allValues(name)).as(name).containsOnly(value));
    String tag = range.headers().firstValue("etag").orElseThrow();
    HttpRequest again = HttpRequest.newBuilder(url).header("If-None-Match", tag).build();
    assertThat(http.send(again, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(304);
  }

  private void refuses(URI base, ObjectKey key) throws Exception {
    URI right = urls(base).of(key);
    URI bare = URI.create(base + "/" + key.path());
    assertThat(get(bare, "bytes=0-9").statusCode()).isEqualTo(403);
    URI other = URI.create(right.toString().replace("/3/", "/4/"));
    assertThat(get(other, "bytes=0-9").statusCode()).isEqualTo(403);
    URI later = URI.create(right.toString().replaceAll("expires=\\d", "expires=9"));
    assertThat(get(later, "bytes=0-9").statusCode()).isEqualTo(403);
    Cdn cdn = new Cdn(base, Optional.of(SECRET), Duration.ofHours(1));
    URI expired = cdn.url(key, Instant.now().minus(Duration.ofDays(1)));
    assertThat(get(expired, "bytes=0-9").statusCode()).isEqualTo(410);
    ObjectKey absent = ObjectKey.model(UUID.randomUUID(), 1, "model.glb");
    assertThat(get(urls(base).of(absent), "bytes=0-9").statusCode()).isEqualTo(404);
    assertThat(get(URI.create(base + "/v1/sessions"), "bytes=0-9").statusCode()).isEqualTo(404);
  }

  private ModelUrls urls(URI base) {
    Duration hour = Duration.ofHours(1);
    return new ModelUrls(
        platform.objects, Optional.of(new Cdn(base, Optional.of(SECRET), hour)), hour);
  }

  private Path configuration(String api, int port) throws IOException {
    String store = platform.objectStore.settings().endpoint();
    String text = Files.readString(Path.of("../infra/nginx/edge.conf.template"));
    Map<String, String> values =
        Map.of(
            "EDGE_FOLDER",
            folder.toString(),
            "EDGE_CACHE_SIZE",
            "64m",
            "EDGE_LISTEN",
            "127.0.0.1:" + port,
            "EDGE_ORIGIN",
            "*",
            "CDN_SECRET",
            SECRET,
            "FOVEA_API_URL",
            api,
            "EDGE_STORE_URL",
            store,
            "EDGE_STORE_HOST",
            URI.create(store).getAuthority());
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return Files.writeString(folder.resolve("edge.conf"), text);
  }

  // Its master drops to another user where it is root, which cannot enter a test's folder.
  private Process start(Path configuration) throws IOException {
    String user = System.getProperty("user.name");
    return new ProcessBuilder(
            NGINX.orElseThrow().toString(),
            "-p",
            folder.toString(),
            "-c",
            configuration.toString(),
            "-g",
            "daemon off;" + (user.equals("root") ? " user root;" : ""))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.log").toFile())
        .start();
  }

  private void awaitUp(URI url) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        get(url, "bytes=0-0");
        return;
      } catch (IOException notYet) {
        assertThat(System.nanoTime()).as("nginx comes up").isLessThan(end);
        Thread.sleep(50);
      }
    }
  }

  private HttpResponse<byte[]> get(URI url, String range) throws Exception {
    return http.send(
        HttpRequest.newBuilder(url).header("Range", range).build(), BodyHandlers.ofByteArray());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
