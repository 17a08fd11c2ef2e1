package fovea.preprocess.fundus;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.imaging.Mats;
import fovea.preprocess.Retina;
import fovea.preprocess.field.Field;
import fovea.preprocess.field.FieldFinder;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.Mat;

class EvenIlluminationTest {
  @Test
  void an_average_at_an_eighth_of_the_scale_changes_less_than_one_grey_level() {
    try (Mats mats = new Mats()) {
      Mat photograph = Retina.photograph(1000, mats);
      Field field = FieldFinder.find(photograph);
      Picture square = new Picture(field.crop(photograph, 512, mats), field);
      Mat whole = new EvenIllumination(2.5, 0.05, 1).apply(square, mats).bgr();
      Mat eighth = new EvenIllumination(2.5, 0.05, 8).apply(square, mats).bgr();
      double mean = Core.norm(whole, eighth, Core.NORM_L1) / (3 * whole.total());
      assertThat(mean).as("mean difference in grey levels").isLessThan(1);
      // The most stands at the rim, where the mask of the eighth is coarser.
      assertThat(Core.norm(whole, eighth, Core.NORM_INF)).isLessThan(28);
    }
  }
}
