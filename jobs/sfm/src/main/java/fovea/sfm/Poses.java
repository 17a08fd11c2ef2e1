package fovea.sfm;

import fovea.contract.errors.CallerMistake;

/** The makers of poses, by name. */
public enum Poses {
  /** Fovea's own. */
  AUTO,
  /** Fovea's own. */
  FOVEA,
  /** COLMAP, which must be installed. */
  COLMAP;

  /**
   * The maker.
   *
   * @throws CallerMistake where COLMAP is asked for and is not there
   */
  public StructureFromMotion with(SfmSettings settings) {
    return this == COLMAP ? Colmap.installed(settings) : new OwnSfm(settings);
  }
}
