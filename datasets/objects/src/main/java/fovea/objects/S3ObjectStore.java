package fovea.objects;

import fovea.contract.capture.ObjectKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects in one bucket of an S3 service: AWS, R2, MinIO, s3proxy. */
final class S3ObjectStore implements ObjectStore {
  private final S3Client s3;
  private final S3Urls urls;
  private final String bucket;

  private S3ObjectStore(S3Client s3, S3Presigner presigner, String bucket) {
    this.s3 = s3;
    this.urls = new S3Urls(presigner, bucket);
    this.bucket = bucket;
  }

  static S3ObjectStore open(ObjectStoreSettings settings) {
    S3Client client = S3Clients.client(settings);
    return new S3ObjectStore(client, S3Clients.presigner(settings, client), settings.bucket());
  }

  @Override
  public void ensureBucket() {
    try {
      s3.headBucket(r -> r.bucket(bucket));
    } catch (SdkException absent) {
      if (!S3Failures.isAbsence(absent)) {
        throw S3Failures.of("reach bucket", bucket, absent);
      }
      createBucket();
    }
  }

  // Losing the race against another process that creates it is fine.
  private void createBucket() {
    try {
      s3.createBucket(r -> r.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException raced) {
      s3.headBucket(r -> r.bucket(bucket));
    } catch (SdkException failed) {
      throw S3Failures.of("create bucket", bucket, failed);
    }
  }

  @Override
  public Stream<StoredObject> list(String prefix) {
    return S3Listing.of(s3, bucket, prefix);
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) {
    try {
      HeadObjectResponse found = s3.headObject(r -> r.bucket(bucket).key(key.path()));
      return Optional.of(new StoredObject(key, found.contentLength(), found.lastModified()));
    } catch (SdkException failed) {
      if (S3Failures.isAbsence(failed)) {
        return Optional.empty();
      }
      throw S3Failures.of("find", key.path(), failed);
    }
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long mostBytes) {
    return fetch(key, mostBytes).map(Fetched::bytes);
  }

  @Override
  public Optional<Fetched> fetch(ObjectKey key, long mostBytes) {
    ResponseTransformer<GetObjectResponse, Fetched> limited =
        (response, content) ->
            new Fetched(limited(key, response, content, mostBytes), S3Hash.of(response));
    try {
      return Optional.of(s3.getObject(r -> r.bucket(bucket).key(key.path()), limited));
    } catch (SdkException failed) {
      throwIfTooLarge(failed);
      if (S3Failures.isAbsence(failed)) {
        return Optional.empty();
      }
      throw S3Failures.of("read", key.path(), failed);
    }
  }

  // The SDK wraps what its transformer throws, once or twice.
  private static void throwIfTooLarge(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ObjectTooLarge tooLarge) {
        throw tooLarge;
      }
    }
  }

  // Inside the transformer, and as the one kind of failure that the SDK tries again there.
  private static byte[] limited(
      ObjectKey key, GetObjectResponse response, AbortableInputStream content, long mostBytes) {
    try {
      return LimitedRead.of(key, content, response.contentLength(), mostBytes);
    } catch (ObjectTooLarge tooLarge) {
      content.abort();
      throw tooLarge;
    } catch (IOException cut) {
      throw RetryableException.builder().message("the body ends early").cause(cut).build();
    }
  }

  @Override
  public InputStream stream(ObjectKey key) {
    try {
      ResponseInputStream<GetObjectResponse> content =
          s3.getObject(r -> r.bucket(bucket).key(key.path()));
      return new AbortingStream(content, content.response().contentLength());
    } catch (SdkException failed) {
      if (S3Failures.isAbsence(failed)) {
        throw new UncheckedIOException("cannot read " + key, new FileNotFoundException(key.path()));
      }
      throw S3Failures.of("read", key.path(), failed);
    }
  }

  @Override
  public void write(ObjectKey key, byte[] content, String mediaType) {
    put(key, RequestBody.fromBytes(content), mediaType);
  }

  @Override
  public void write(ObjectKey key, Path file, String mediaType) {
    if (S3Parts.isLarge(file)) {
      S3Parts.upload(s3, bucket, key, file, mediaType);
    } else {
      put(key, RequestBody.fromFile(file), mediaType);
    }
  }

  private void put(ObjectKey key, RequestBody content, String mediaType) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key.path())
            .contentType(mediaType)
            .cacheControl(S3Urls.caching(key, "public").orElse(null))
            .build();
    try {
      s3.putObject(request, content);
    } catch (SdkException failed) {
      throw S3Failures.of("write", key.path(), failed);
    }
  }

  @Override
  public void delete(ObjectKey key) {
    try {
      s3.deleteObject(r -> r.bucket(bucket).key(key.path()));
    } catch (SdkException failed) {
      if (!S3Failures.isAbsence(failed)) {
        throw S3Failures.of("delete", key.path(), failed);
      }
    }
  }

  @Override
  public Optional<Examined> examine(ObjectKey key, int first) {
    return S3Examination.of(s3, bucket, key, first);
  }

  @Override
  public void copy(ObjectKey from, ObjectKey to) {
    try {
      s3.copyObject(
          r ->
              r.sourceBucket(bucket)
                  .sourceKey(from.path())
                  .destinationBucket(bucket)
                  .destinationKey(to.path()));
    } catch (SdkException failed) {
      throw S3Failures.of("copy", from.path(), failed);
    }
  }

  @Override
  public PresignedUpload presignUpload(ObjectKey key, Declared declared, Duration lifetime) {
    return urls.upload(key, declared, lifetime);
  }

  @Override
  public MultipartUploads multipart() {
    return new S3Multipart(s3, urls, bucket);
  }

  @Override
  public URI presignDownload(ObjectKey key, String mediaType, Duration lifetime) {
    return urls.download(key, mediaType, lifetime);
  }

  @Override
  public void close() {
    urls.close();
    s3.close();
  }
}
