package fovea.objects;

import fovea.contract.capture.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads a large file in parts, each retried on its own; what fails leaves nothing behind. */
final class S3Parts {
  /** Bytes a part at least; R2 wants all parts but the last of one size, S3 at least 5 MiB. */
  static final int PART = 16 << 20;

  private static final int MOST_PARTS = 10_000;
  private static final long LARGE = 4L * PART;

  private final S3Client s3;
  private final String bucket;
  private final ObjectKey key;
  private final String upload;

  private S3Parts(S3Client s3, String bucket, ObjectKey key, String upload) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.upload = upload;
  }

  static boolean isLarge(Path file) {
    try {
      return Files.size(file) > LARGE;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
  }

  static void upload(S3Client s3, String bucket, ObjectKey key, Path file, String mediaType) {
    try {
      String upload =
          s3.createMultipartUpload(
                  r ->
                      r.bucket(bucket)
                          .key(key.path())
                          .contentType(mediaType)
                          .cacheControl(S3Urls.caching(key, "public").orElse(null)))
              .uploadId();
      new S3Parts(s3, bucket, key, upload).run(file);
    } catch (SdkException failed) {
      throw S3Failures.of("write", key.path(), failed);
    }
  }

  private void run(Path file) {
    boolean done = false;
    try {
      List<CompletedPart> parts = parts(file);
      s3.completeMultipartUpload(
          r ->
              r.bucket(bucket)
                  .key(key.path())
                  .uploadId(upload)
                  .multipartUpload(m -> m.parts(parts)));
      done = true;
    } finally {
      if (!done) {
        abort();
      }
    }
  }

  private List<CompletedPart> parts(Path file) {
    List<CompletedPart> parts = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      int size = partSize(channel.size());
      for (long at = 0; at < channel.size(); at += size) {
        byte[] content = new byte[(int) Math.min(size, channel.size() - at)];
        fill(channel, ByteBuffer.wrap(content), at);
        parts.add(part(parts.size() + 1, content));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
    return parts;
  }

  static int partSize(long bytes) {
    return (int) Math.max(PART, Math.min(1 << 30, (bytes + MOST_PARTS - 1) / MOST_PARTS));
  }

  private static void fill(FileChannel channel, ByteBuffer part, long at) throws IOException {
    while (part.hasRemaining()) {
      if (channel.read(part, at + part.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }

  private CompletedPart part(int number, byte[] content) {
    String tag =
        s3.uploadPart(
                r -> r.bucket(bucket).key(key.path()).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(content))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  // Best effort: the failure that led here is the one to report.
  private void abort() {
    try {
      s3.abortMultipartUpload(r -> r.bucket(bucket).key(key.path()).uploadId(upload));
    } catch (SdkException ignored) {
      return;
    }
  }
}
