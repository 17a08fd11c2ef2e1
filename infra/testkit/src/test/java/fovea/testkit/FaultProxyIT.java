package fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.embedded.EmbeddedObjectStore;
import fovea.objects.ObjectStore;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultProxyIT {
  private static final ObjectKey KEY = new ObjectKey("research/one");
  private static final byte[] CONTENT = new byte[300_000];

  @TempDir static Path folder;
  private static EmbeddedObjectStore server;
  private static FaultProxy proxy;
  private static ObjectStore store;

  @BeforeAll
  static void start() {
    new Random(1).nextBytes(CONTENT);
    server = EmbeddedObjectStore.start(folder, 0);
    proxy = FaultProxy.before(server.settings());
    store = ObjectStore.open(proxy.settings());
    store.write(KEY, CONTENT, "image/png");
  }

  @AfterAll
  static void stop() {
    store.close();
    proxy.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    proxy.forget();
  }

  @Test
  void calls_pass_and_are_counted() {
    assertThat(store.read(KEY, 1 << 20)).hasValue(CONTENT);
    try (var objects = store.list("research/")) {
      assertThat(objects).hasSize(1);
    }
    assertThat(store.find(new ObjectKey("research/none"))).isEmpty();
    assertThat(proxy.calls())
        .extracting(FaultProxy.Call::method)
        .containsExactly("GET", "GET", "HEAD");
    assertThat(proxy.calls()).filteredOn(call -> call.reads("research/")).hasSize(1);
  }

  @Test
  void a_store_that_is_asked_too_often_is_asked_again() {
    spoil(Fault.SLOW_DOWN, Fault.SLOW_DOWN);
    assertThat(store.read(KEY, 1 << 20)).hasValue(CONTENT);
    assertThat(proxy.calls()).hasSize(3);
  }

  @Test
  void a_body_that_ends_early_is_never_taken_for_the_whole() {
    for (Fault fault : List.of(Fault.TRUNCATED, Fault.RESET)) {
      proxy.spoil(call -> fault);
      assertThatThrownBy(() -> store.read(KEY, 1 << 20)).isInstanceOf(UncheckedIOException.class);
      spoil(fault);
      assertThat(store.fetch(KEY, 1 << 20).orElseThrow().bytes()).isEqualTo(CONTENT);
    }
  }

  @Test
  void a_flipped_bit_shows_by_the_hash_that_the_store_sends_along() {
    assertThat(store.fetch(KEY, 1 << 20).orElseThrow().isAsStored()).isTrue();
    spoil(Fault.FLIPPED);
    assertThat(store.fetch(KEY, 1 << 20).orElseThrow().isAsStored()).isFalse();
    assertThat(store.fetch(KEY, 1 << 20).orElseThrow().isAsStored()).isTrue();
  }

  private static void spoil(Fault... faults) {
    Deque<Fault> left = new ArrayDeque<>(List.of(faults));
    proxy.spoil(call -> left.isEmpty() ? Fault.NONE : left.pop());
  }
}
