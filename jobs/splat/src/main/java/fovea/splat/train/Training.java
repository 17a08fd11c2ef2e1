package fovea.splat.train;

import fovea.splat.model.Splats;
import fovea.splat.train.TrainListener.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A training under way, on whatever device: {@link TrainingRun} takes it to its end. */
public interface Training {

  /** Whether all iterations are done. */
  boolean finished();

  /** Steps done. */
  int iteration();

  /** Goes on by one step, or by a few where a device would have to be waited for after each. */
  List<Progress> advance();

  /** The Gaussians as they are now. */
  Splats splats();

  /** Writes all that {@link #resume} needs; does not close the stream. */
  void save(OutputStream out, byte[] fingerprint) throws IOException;

  /**
   * Goes on where {@link #save} was called.
   *
   * @throws IOException where the stream holds something else; this object is then of no use
   */
  void resume(InputStream in, byte[] fingerprint) throws IOException;
}
