package fovea.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes to an S3 service and back, and loses the answer to a PUT it was told of. */
final class LossyProxy implements AutoCloseable {
  private final ServerSocket server;
  private final URI target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile String marker = "";

  private LossyProxy(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
  }

  static LossyProxy before(String endpoint) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    LossyProxy proxy = new LossyProxy(server, URI.create(endpoint));
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** The next PUT whose request line holds this text is done, and its answer is not delivered. */
  void loseTheAnswerTo(String text) {
    marker = text;
  }

  int answersLost() {
    return lost.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket store = new Socket(target.getHost(), target.getPort());
        AtomicBoolean doomed = new AtomicBoolean();
        threads.execute(() -> pump(client, store, text -> doom(doomed, text)));
        threads.execute(() -> pump(store, client, text -> swallow(doomed, text)));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private boolean doom(AtomicBoolean doomed, String request) {
    String wanted = marker;
    if (!wanted.isEmpty() && request.startsWith("PUT ") && request.contains(wanted)) {
      marker = "";
      doomed.set(true);
    }
    return false;
  }

  // 100 Continue goes through: only the final answer says that the object is there.
  private boolean swallow(AtomicBoolean doomed, String answer) {
    if (doomed.get() && answer.contains("HTTP/1.1 200")) {
      lost.incrementAndGet();
      return true;
    }
    return false;
  }

  private static void pump(Socket from, Socket to, Watcher watcher) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (watcher.hangUpAfter(new String(buffer, 0, n, StandardCharsets.ISO_8859_1))) {
          return;
        }
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException gone) {
      // One side hung up; so does the other.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.shutdownNow();
  }

  private interface Watcher {
    boolean hangUpAfter(String chunk);
  }
}
