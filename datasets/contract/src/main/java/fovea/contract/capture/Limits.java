package fovea.contract.capture;

/** Limits every upload is held to, by header, before a pixel is allocated. */
public final class Limits {
  /** Largest upload in bytes: 100 MB. */
  public static final long MAX_BYTES = 104_857_600L;

  /** Largest picture in pixels. */
  public static final long MAX_PIXELS = 100_000_000L;

  /** Longest edge in pixels. */
  public static final int MAX_EDGE = 20_000;

  /** Shortest edge in pixels of anything worth keeping. */
  public static final int MIN_EDGE = 32;

  /** Most scans a progressive JPEG may have. */
  public static final int MAX_SCANS = 100;

  /** Most photographs in a session, unless configured otherwise. */
  public static final int MAX_SESSION_PHOTOS = 300;

  private Limits() {}
}
