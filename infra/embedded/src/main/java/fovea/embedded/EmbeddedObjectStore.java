package fovea.embedded;

import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 service over a folder, on the loopback interface: signatures of version 4, signed URLs,
 * listings, multipart uploads and conditional writes. What was written stays across restarts.
 */
public final class EmbeddedObjectStore implements AutoCloseable {
  /** The name of the one bucket. */
  public static final String BUCKET = "fovea";

  private static final String ACCESS_KEY = "ACCESS_KEY";
  private static final String SECRET_KEY = "SECRET_KEY";
  private static final long STOP_MILLIS = 5_000;

  private final StoreFolder folder;
  private final S3Proxy server;
  private final ObjectStoreSettings settings;

  private EmbeddedObjectStore(StoreFolder folder, S3Proxy server, ObjectStoreSettings settings) {
    this.folder = folder;
    this.server = server;
    this.settings = settings;
  }

  /**
   * Starts the service and makes its bucket.
   *
   * @param folder where objects and keys are kept; made where absent
   * @param port 0 for any free one
   * @throws CallerMistake where the folder or the port is in use
   */
  public static EmbeddedObjectStore start(Path folder, int port) {
    StoreFolder taken = StoreFolder.take(folder);
    try {
      return start(taken, port);
    } catch (RuntimeException failed) {
      taken.close();
      throw failed;
    }
  }

  private static EmbeddedObjectStore start(StoreFolder folder, int port) {
    Map<String, String> secrets =
        Secrets.in(folder.resolve("keys.env"), List.of(ACCESS_KEY, SECRET_KEY));
    String access = secrets.getOrDefault(ACCESS_KEY, "");
    String secret = secrets.getOrDefault(SECRET_KEY, "");
    S3Proxy server = serve(buckets(folder), port, access, secret);
    ObjectStoreSettings settings =
        ObjectStoreSettings.s3(
            "http://" + StoreFolder.LOOPBACK + ":" + server.getPort(), BUCKET, access, secret);
    return new EmbeddedObjectStore(folder, server, settings);
  }

  // To this server a folder is a bucket; asking it to make one would cost an S3 client.
  private static Path buckets(StoreFolder folder) {
    try {
      Path buckets = folder.resolve("buckets");
      Files.createDirectories(buckets.resolve(BUCKET));
      return buckets;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot make the bucket", failed);
    }
  }

  private static S3Proxy serve(Path buckets, int port, String access, String secret) {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
            .endpoint(URI.create("http://" + StoreFolder.LOOPBACK + ":" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, access, secret)
            .corsRules(browsers())
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(32)
            .stopTimeout(STOP_MILLIS)
            .build();
    try {
      server.start();
      return server;
    } catch (Exception failed) {
      throw startFailure(port, failed);
    }
  }

  // A signed URL is its own proof, so a page of any origin may use one; no cookies are involved.
  private static CrossOriginResourceSharing browsers() {
    return new CrossOriginResourceSharing(
        List.of("*"), List.of("GET", "HEAD", "PUT"), List.of("*"), List.of("ETag"), "");
  }

  private static RuntimeException startFailure(int port, Exception failed) {
    if (failed instanceof BindException || failed.getCause() instanceof BindException) {
      return new CallerMistake(
          "port-in-use", "port " + port + " is in use", "Give another port, or 0 for a free one");
    }
    return new IllegalStateException("the object store does not start", failed);
  }

  /** How to reach the service. Holds its keys. */
  public ObjectStoreSettings settings() {
    return settings;
  }

  /** Stops the service; the objects stay. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the object store does not stop", failed);
    } finally {
      folder.close();
    }
  }
}
