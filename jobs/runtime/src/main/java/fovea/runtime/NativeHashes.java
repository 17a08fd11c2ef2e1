package fovea.runtime;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 in native code (AWS-LC), for jobs that run with HotSpot's first compiler only: Java's own
 * is fast by an intrinsic of the second one and takes 10 ms for a photograph of 240 kB without it,
 * this 0.2 ms. The object store's client hashes what it writes by the same way.
 *
 * <p>Nothing but SHA-256 is taken over, so that TLS and random numbers stay Java's.
 */
public final class NativeHashes {
  private static final Logger LOG = LoggerFactory.getLogger(NativeHashes.class);

  private NativeHashes() {}

  /**
   * For the rest of this process; cheap afterwards. Does nothing where the library is not for this
   * machine.
   */
  public static void use() {
    Once.touch();
  }

  private static final class Once {
    static {
      AmazonCorrettoCryptoProvider library = AmazonCorrettoCryptoProvider.INSTANCE;
      if (library.getLoadingError() == null) {
        Security.insertProviderAt(new Sha256Alone(library), 1);
      } else {
        LOG.info("no native SHA-256 here: {}", library.getLoadingError().getMessage());
      }
    }

    static void touch() {}
  }

  private static final class Sha256Alone extends Provider {
    private static final long serialVersionUID = 1L;

    Sha256Alone(Provider library) {
      super("FoveaSha256", "1", "SHA-256 of " + library.getName());
      Service theirs = library.getService("MessageDigest", "SHA-256");
      putService(
          new Service(
              this, theirs.getType(), theirs.getAlgorithm(), theirs.getClassName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return theirs.newInstance(parameter);
            }
          });
    }
  }
}
