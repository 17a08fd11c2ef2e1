package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.PresignedUpload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Uploads in parts that somebody else sends by signed URLs. Parts stay in the store until they are
 * joined or given up, so that an upload may be resumed after days.
 */
public interface MultipartUploads {

  /** Bytes of every part but the last: S3 wants 5 MiB at least, R2 wants all of one size. */
  long PART_BYTES = 8L << 20;

  /** Begins an upload and gives its name in the store. */
  String begin(ObjectKey key, String mediaType);

  /**
   * The parts that have arrived, by number.
   *
   * @return empty where the store knows no such upload: joined, given up or never begun; some
   *     stores say that it has no parts
   */
  Optional<List<Part>> parts(ObjectKey key, String upload);

  /**
   * A URL that accepts PUTs of one part of exactly this size.
   *
   * @param number from 1
   * @param lifetime at most 7 days
   */
  PresignedUpload presign(ObjectKey key, String upload, int number, long bytes, Duration lifetime);

  /** Makes one object of the parts; their URLs are worth nothing from then on. */
  void join(ObjectKey key, String upload, List<Part> parts);

  /** Removes the parts; no error where there are none. */
  void giveUp(ObjectKey key, String upload);

  /**
   * A part that has arrived.
   *
   * @param number from 1
   * @param tag by which the store knows its content
   */
  record Part(int number, long bytes, String tag) {}
}
