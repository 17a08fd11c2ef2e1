package fovea.sfm.bundle;

/** What an error costs. Squared errors would let one wrong match bend a model. */
public enum Loss {
  /** As the square, to the end. */
  SQUARE {
    @Override
    double weight(double square, double scale) {
      return 1;
    }

    @Override
    double cost(double square, double scale) {
      return square;
    }
  },

  /** Grows as the error beyond the scale (Huber 1964). */
  HUBER {
    @Override
    double weight(double square, double scale) {
      return square <= scale * scale ? 1 : scale / Math.sqrt(square);
    }

    @Override
    double cost(double square, double scale) {
      return square <= scale * scale ? square : 2 * scale * Math.sqrt(square) - scale * scale;
    }
  },

  /** Grows as the logarithm. */
  CAUCHY {
    @Override
    double weight(double square, double scale) {
      return 1 / (1 + square / (scale * scale));
    }

    @Override
    double cost(double square, double scale) {
      return scale * scale * Math.log1p(square / (scale * scale));
    }
  };

  /** Weight of a squared error in the next round of least squares; the scale is in pixels. */
  abstract double weight(double square, double scale);

  abstract double cost(double square, double scale);
}
