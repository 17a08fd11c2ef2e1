package fovea.testkit;

import fovea.objects.ObjectStoreSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Stands before an S3 service on the loopback interface, counts its calls and spoils answers as a
 * plan says. Signatures hold: requests pass as they are, with the proxy's address as their host.
 * Every answer is held in memory whole, and every connection carries one call.
 */
public final class FaultProxy implements AutoCloseable {
  private final ObjectStoreSettings behind;
  private final URI service;
  private final ServerSocket server;
  private final ExecutorService connections = Executors.newCachedThreadPool(FaultProxy::daemon);
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private volatile Function<Call, Fault> plan = call -> Fault.NONE;

  /**
   * One call as the proxy sees it.
   *
   * @param target path and query: {@code /bucket/key?list-type=2}
   */
  public record Call(String method, String target) {

    /** Whether it reads an object whose key begins with {@code prefix}. */
    public boolean reads(String prefix) {
      String key = target.replaceFirst("^/[^/]*/", "");
      return method.equals("GET") && key.startsWith(prefix);
    }
  }

  private FaultProxy(ObjectStoreSettings behind, ServerSocket server) {
    this.behind = behind;
    this.service = URI.create(behind.endpoint());
    this.server = server;
  }

  /** Stands before the service of these settings, which must be plain HTTP. */
  public static FaultProxy before(ObjectStoreSettings store) {
    try {
      ServerSocket server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
      FaultProxy proxy = new FaultProxy(store, server);
      proxy.connections.execute(proxy::accept);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException("the proxy does not start", failed);
    }
  }

  /** The same store by way of this proxy. */
  public ObjectStoreSettings settings() {
    return new ObjectStoreSettings(
        behind.kind(),
        "http://127.0.0.1:" + server.getLocalPort(),
        behind.region(),
        behind.bucket(),
        behind.accessKey(),
        behind.secretKey(),
        behind.pathStyle());
  }

  /** From now on, what happens to each call; asked by several threads. */
  public void spoil(Function<Call, Fault> newPlan) {
    plan = newPlan;
  }

  /** The calls since the last {@link #forget()}, in the order of their arrival. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Begins to count anew, and spoils nothing more. */
  public void forget() {
    plan = call -> Fault.NONE;
    calls.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      Optional<HttpRequest> request =
          HttpRequest.read(
              new BufferedInputStream(client.getInputStream()), client.getOutputStream());
      if (request.isPresent()) {
        answer(request.get(), client);
      }
    } catch (IOException gone) {
      // Either side hung up: the other sees the same.
    }
  }

  private void answer(HttpRequest request, Socket client) throws IOException {
    Call call = new Call(request.method(), request.target());
    calls.add(call);
    Fault fault = plan.apply(call);
    fault.send(fault == Fault.SLOW_DOWN ? Fault.slowDown(call.method()) : forward(request), client);
  }

  private byte[] forward(HttpRequest request) throws IOException {
    try (Socket store = new Socket(service.getHost(), service.getPort())) {
      store.setTcpNoDelay(true);
      request.write(store.getOutputStream());
      return store.getInputStream().readAllBytes();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    return thread;
  }

  /** Refuses further connections; the store behind stays. */
  @Override
  public void close() {
    connections.shutdown();
    try {
      server.close();
    } catch (IOException closed) {
      // It is no longer open, which is what was asked for.
    }
  }
}
