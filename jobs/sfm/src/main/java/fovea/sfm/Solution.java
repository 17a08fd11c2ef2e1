package fovea.sfm;

import fovea.scene.PointTracks;
import fovea.scene.SparseScene;

/**
 * Poses and what is known of them.
 *
 * @param tracks where each of the scene's points was seen
 */
public record Solution(SparseScene scene, PointTracks tracks, PoseReport report) {}
