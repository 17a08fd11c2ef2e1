package fovea.api.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import fovea.registry.Webhooks.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void addresses_of_the_house_are_refused_however_they_are_written() {
    Targets targets = new Targets(false);
    for (String host :
        List.of(
            "127.0.0.1",
            "localhost",
            "2130706433",
            "127.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fd00::1")) {
      assertThatThrownBy(() -> targets.resolve(host))
          .as(host)
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void addresses_of_the_internet_are_not() throws UnknownHostException {
    for (String host : List.of("8.8.8.8", "172.32.0.1", "2606:4700::1111")) {
      assertThat(Targets.isPublic(InetAddress.getByName(host))).as(host).isTrue();
    }
    assertThat(new Targets(true).resolve("127.0.0.1")).hasSize(1);
  }

  @Test
  void a_name_that_leads_inward_is_not_connected_to() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer house = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    house.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    house.start();
    try (HttpSender inward = new HttpSender(new Targets(true));
        HttpSender outward = new HttpSender(new Targets(false))) {
      for (String host : List.of("localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]")) {
        String url = "http://" + host + ":" + house.getAddress().getPort() + "/";
        assertThatThrownBy(() -> outward.send(delivery(url), "{}", Instant.EPOCH))
            .as(host)
            .isInstanceOf(UnknownHostException.class);
      }
      assertThat(calls).hasValue(0);
      String url = "http://localhost:" + house.getAddress().getPort() + "/";
      assertThat(inward.send(delivery(url), "{}", Instant.EPOCH)).isEqualTo(200);
      assertThat(calls).hasValue(1);
    } finally {
      house.stop(0);
    }
  }

  private static Delivery delivery(String url) {
    UUID id = new UUID(0, 1);
    return new Delivery(
        id, url, "secret", "session.failed", id, null, Instant.EPOCH, "waiting", 1, null);
  }

  @Test
  void only_the_web_is_a_target() {
    assertThat(Targets.isTarget(URI.create("https://example.org/hook?x=1"))).isTrue();
    for (String url :
        List.of(
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "https:///path",
            "https://user:secret@example.org/",
            "//example.org/")) {
      assertThat(Targets.isTarget(URI.create(url))).as(url).isFalse();
    }
  }
}
