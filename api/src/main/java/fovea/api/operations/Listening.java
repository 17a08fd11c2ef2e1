package fovea.api.operations;

import io.javalin.config.JettyConfig;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How the server listens: plain or with TLS, with an end to silence, to slowness and to the number
 * of connections, and with time for running requests when it stops.
 */
public final class Listening {
  private static final int MOST_CONNECTIONS = 4_096;
  private static final long STOP_MILLIS = 10_000;
  private static final long LEAST_BYTES_A_SECOND = 500;

  private final String host;
  private final int port;
  private final OperationSettings settings;

  public Listening(String host, int port, OperationSettings settings) {
    this.host = host;
    this.port = port;
    this.settings = settings;
  }

  public void configure(JettyConfig jetty) {
    jetty.threadPool = new QueuedThreadPool(32, 4, 60_000);
    jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(16_384);
          http.setMinRequestDataRate(LEAST_BYTES_A_SECOND);
        });
    jetty.modifyServer(
        server -> {
          server.setHandler(new GracefulHandler());
          server.setStopTimeout(STOP_MILLIS);
          server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
        });
    jetty.addConnector(this::connector);
  }

  /** {@code http} or {@code https}. */
  public String scheme() {
    return settings.keystore().isPresent() ? "https" : "http";
  }

  private Connector connector(Server server, HttpConfiguration http) {
    ServerConnector connector =
        settings
            .keystore()
            .map(keystore -> secure(server, http, keystore))
            .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(settings.idle().toMillis());
    return connector;
  }

  private static ServerConnector secure(
      Server server, HttpConfiguration http, OperationSettings.Keystore keystore) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keystore.file());
    tls.setKeyStorePassword(keystore.password());
    tls.setKeyStoreType("PKCS12");
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    // A certificate of one's own may name another host than the caller does.
    SecureRequestCustomizer customizer = new SecureRequestCustomizer(false);
    HttpConfiguration https = new HttpConfiguration(http);
    https.addCustomizer(customizer);
    return new ServerConnector(server, tls, new HttpConnectionFactory(https));
  }
}
