package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.StoredObject;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A listing that asks for its next page only when the reader gets there. */
final class S3Listing implements Iterator<StoredObject> {
  private final String prefix;
  private final Iterator<S3Object> objects;

  private S3Listing(String prefix, Iterator<S3Object> objects) {
    this.prefix = prefix;
    this.objects = objects;
  }

  static Stream<StoredObject> of(S3Client s3, String bucket, String prefix) {
    Iterator<S3Object> objects =
        s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().iterator();
    Spliterator<StoredObject> ordered =
        Spliterators.spliteratorUnknownSize(
            new S3Listing(prefix, objects), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(ordered, false)
        .filter(object -> !object.key().path().endsWith("/"));
  }

  @Override
  public boolean hasNext() {
    try {
      return objects.hasNext();
    } catch (SdkException failed) {
      throw S3Failures.of("list", prefix, failed);
    }
  }

  @Override
  public StoredObject next() {
    try {
      S3Object object = objects.next();
      return new StoredObject(new ObjectKey(object.key()), object.size(), object.lastModified());
    } catch (SdkException failed) {
      throw S3Failures.of("list", prefix, failed);
    }
  }
}
