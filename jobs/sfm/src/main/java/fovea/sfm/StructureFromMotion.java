package fovea.sfm;

import fovea.scene.KnownIntrinsics;
import fovea.scene.PhotoSet;

/** Finds out from photographs alone where each was taken. */
public interface StructureFromMotion {

  /**
   * Cameras, poses and points of a session. The world's origin is the middle of the points, half of
   * which lie within 1 of it, and z is up where most cameras think so.
   *
   * @param photos at least two
   * @param known intrinsics that are not to be found out
   * @param listener told how far it is
   * @throws fovea.contract.errors.CallerMistake {@code no-overlap}, {@code too-few-poses}: where
   *     the photographs do not hang together; {@code colmap-failed}
   */
  Solution solve(PhotoSet photos, KnownIntrinsics known, SfmListener listener);
}
