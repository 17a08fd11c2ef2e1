package fovea.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.identity.Tokens;
import fovea.contract.settings.SettingValues;
import fovea.registry.ApiRegistry;
import fovea.registry.NameCipher;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperationsIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final TestPlatform PLATFORM = TestPlatform.shared();

  private static ApiRegistry registry;
  private final Client client = PLATFORM.admin;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    registry = ApiRegistry.open(PLATFORM.postgres.api(), NameCipher.of(SECRET));
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  private static FoveaApi start(Map<String, String> values) {
    return FoveaApi.start(
        ApiSettings.of(SettingValues.of(values)),
        registry,
        PLATFORM.objects,
        Tokens.of(SECRET, Duration.ofMinutes(1)));
  }

  @Test
  void it_says_that_it_lives_that_it_is_ready_and_how_it_fares() {
    assertThat(client.with(null).get("/v1/health/live").text("status")).isEqualTo("ok");
    assertThat(client.with(null).get("/v1/health/ready").text("status")).isEqualTo("ready");
    client.get("/v1/sessions");
    String metrics = client.with(null).get("/metrics").text("raw");
    assertThat(metrics)
        .contains("fovea_http_requests_seconds_count{method=\"GET\",route=\"/v1/sessions\"")
        .contains("fovea_pool_active")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void a_request_keeps_a_sane_name_and_gets_one_instead_of_an_odd_one() throws Exception {
    assertThat(answered("X-Request-Id", "trace-12345678").headers().firstValue("X-Request-Id"))
        .contains("trace-12345678");
    assertThat(answered("X-Request-Id", "a b{}").headers().firstValue("X-Request-Id").orElse(""))
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void pages_of_named_origins_may_call_and_others_may_not() throws Exception {
    HttpResponse<String> named = answered("Origin", "https://app.example.org");
    assertThat(named.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example.org");
    assertThat(answered("Origin", "https://evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
    HttpRequest preflight =
        HttpRequest.newBuilder(URI.create(client.url() + "/v1/sessions"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", "https://app.example.org")
            .header("Access-Control-Request-Method", "POST")
            .build();
    HttpResponse<String> allowed =
        HttpClient.newHttpClient().send(preflight, BodyHandlers.ofString());
    assertThat(allowed.statusCode()).isEqualTo(204);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
  }

  @Test
  void who_is_silent_or_brings_too_much_is_sent_away() throws Exception {
    try (FoveaApi api = start(Map.of("port", "0", "idle-seconds", "1"))) {
      URI url = URI.create(api.url());
      assertThat(said(url, "GET /v1/health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ")).isEmpty();
      assertThat(
              said(
                  url,
                  "POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 4294967296\r\n\r\n{"))
          .startsWith("HTTP/1.1 413");
      assertThat(said(url, "POST /v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"))
          .doesNotContain(" 200 ");
    }
  }

  @Test
  void with_a_certificate_of_its_own_it_speaks_tls_and_only_to_whom_it_should() throws Exception {
    Path keystore = folder.resolve("tls.p12");
    certificate(keystore);
    Map<String, String> values =
        Map.of(
            "port", "0", "tls-keystore", keystore.toString(), "tls-keystore-password", "changeit");
    try (FoveaApi api = start(values)) {
      assertThat(api.url()).startsWith("https://");
      HttpClient https = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
      HttpResponse<String> live =
          https.send(
              HttpRequest.newBuilder(URI.create(api.url() + "/v1/health/live")).build(),
              BodyHandlers.ofString());
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.headers().firstValue("Strict-Transport-Security").orElse(""))
          .contains("max-age=31536000");
    }
    try (FoveaApi api = start(Map.of("port", "0", "allowed-addresses", "10.0.0.0/8"))) {
      HttpResponse<String> refused = answered(api.url(), "Accept", "*/*");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("not-permitted");
    }
  }

  private HttpResponse<String> answered(String header, String value) throws Exception {
    return answered(client.url(), header, value);
  }

  private static HttpResponse<String> answered(String url, String header, String value)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url + "/v1/health/live"))
                .header(header, value)
                .build(),
            BodyHandlers.ofString());
  }

  /** Everything that the server says until it hangs up. */
  private static String said(URI url, String request) throws Exception {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static void certificate(Path keystore) throws Exception {
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "api",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                keystore.toString())
            .inheritIO()
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
  }

  private static SSLContext trusting(Path keystore) throws Exception {
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    try (var file = Files.newInputStream(keystore)) {
      certificates.load(file, "changeit".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("api", certificates.getCertificate("api"));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
