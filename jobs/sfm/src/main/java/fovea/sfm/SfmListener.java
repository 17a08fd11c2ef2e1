package fovea.sfm;

/** Told where a search for poses is. */
@FunctionalInterface
public interface SfmListener {
  /** Done and total count pieces of the stage; total is 0 where unknown. Any thread may call. */
  void report(String stage, long done, long total);
}
