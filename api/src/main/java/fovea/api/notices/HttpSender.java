package fovea.api.notices;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.registry.Webhooks.Delivery;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * POSTs deliveries, signed: {@code Fovea-Signature: t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA256
 * of {@code SECONDS.BODY} under the webhook's secret. Redirects are not followed, answers not read.
 */
final class HttpSender implements AutoCloseable {
  private static final Timeout WAIT = Timeout.ofSeconds(10);

  private final CloseableHttpClient client;

  HttpSender(Targets targets) {
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(targets)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(WAIT)
                            .setSocketTimeout(WAIT)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(WAIT).build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("Fovea-Webhooks")
            .build();
  }

  /** The answer's status. */
  int send(Delivery delivery, String body, Instant now) throws IOException {
    HttpPost post = new HttpPost(delivery.url());
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    post.setHeader("Fovea-Delivery", delivery.id().toString());
    post.setHeader("Fovea-Event", delivery.event());
    post.setHeader("Fovea-Signature", signature(delivery.secret(), body, now.getEpochSecond()));
    return client.execute(post, response -> response.getCode());
  }

  static String signature(String secret, String body, long seconds) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      byte[] signed = mac.doFinal((seconds + "." + body).getBytes(UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
