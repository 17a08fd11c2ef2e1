package fovea.train.data;

import java.io.Serializable;

/**
 * One graded picture, small enough to hold thousands.
 *
 * @param id the image
 * @param grade ICDR, 0 to 4
 * @param rgb edge x edge x 3 bytes, row by row, red first
 */
public record Sample(String id, Subject subject, Part part, int grade, byte[] rgb)
    implements Serializable {

  /** 1 referable, 0 not. */
  public int label() {
    return Objective.isReferable(grade) ? 1 : 0;
  }
}
