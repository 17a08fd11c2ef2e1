package fovea.preprocess.standalone;

/** Hears how far the work is; called from several threads. */
@FunctionalInterface
public interface Listener {

  /** Files done, of all. */
  void done(int files, int all);
}
