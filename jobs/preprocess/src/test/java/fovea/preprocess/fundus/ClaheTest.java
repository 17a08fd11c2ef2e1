package fovea.preprocess.fundus;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.imaging.Mats;
import fovea.preprocess.Retina;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.CLAHE;
import org.opencv.imgproc.Imgproc;

class ClaheTest {
  @ParameterizedTest
  @CsvSource({"512,8,1.5", "512,1,40", "500,8,3", "101,3,1.5", "640,32,2", "64,32,1.5"})
  void every_size_gives_what_opencv_gives_within_a_grey_level(int edge, int tiles, double clip) {
    try (Mats mats = new Mats()) {
      Mat grey = mats.mat();
      Imgproc.cvtColor(Retina.photograph(edge, mats), grey, Imgproc.COLOR_BGR2GRAY);
      Mat exact = mats.mat();
      CLAHE clahe = Imgproc.createCLAHE(clip, new Size(tiles, tiles));
      clahe.apply(grey, exact);
      clahe.collectGarbage();
      Mat ours = Clahe.of(grey, clip, tiles, mats);
      assertThat(Core.norm(ours, exact, Core.NORM_INF)).isLessThanOrEqualTo(1);
      assertThat(Core.norm(ours, exact, Core.NORM_L1) / exact.total()).isLessThan(0.1);
    }
  }
}
