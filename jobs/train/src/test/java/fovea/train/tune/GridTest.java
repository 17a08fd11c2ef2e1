package fovea.train.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  @Test
  void every_combination_is_tried_on_every_fold() {
    TuneSettings settings = settings("learning-rate=1e-3, 3e-3; image-size=64,96", "3");
    assertThat(settings.trials()).hasSize(4 * 3);
    Trial last = settings.trials().get(11);
    assertThat(last.number()).isEqualTo(11);
    assertThat(last.fold()).isEqualTo(2);
    assertThat(last.flags()).isEqualTo("--learning-rate 3e-3 --image-size 96");
    assertThat(last.settings().imageSize()).isEqualTo(96);
    assertThat(last.settings().optimiser().learningRate()).isEqualTo(3e-3);
    assertThat(last.settings().batch()).isEqualTo(8);
  }

  @Test
  void no_grid_is_one_configuration() {
    assertThat(settings("", "1").trials()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning-rate",
        "=1",
        "batch=",
        "batch=4;batch=8",
        "sped=1",
        "batch=many",
        "batch=1",
        "held-out=0.1,0.2",
        "trainers=2"
      })
  void a_grid_that_cannot_be_is_the_callers_mistake(String grid) {
    assertThatExceptionOfType(CallerMistake.class).isThrownBy(() -> settings(grid, "1"));
  }

  @Test
  void a_grid_of_too_many_is_refused_before_it_is_made() {
    String many = "seed=" + "1,".repeat(100) + ";epochs=" + "1,".repeat(100);
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> settings(many, "1"))
        .withMessageContaining("10000");
  }

  @Test
  void the_best_has_the_greatest_mean_over_its_folds_and_no_fold_that_failed() {
    List<Tried> tried =
        List.of(of("a", 0.9), of("b", 0.95), of("a", 0.7), of("b", 0.6), of("c", Double.NaN));
    assertThat(Tried.best(tried)).map(Tried.Mean::flags).contains("a");
    assertThat(Tried.best(List.of(of("c", Double.NaN)))).isEmpty();
    assertThat(TunePage.of(tried, "a")).contains("<td>b</td>", "0.950", "lacks a class");
  }

  private static Tried of(String flags, double auc) {
    String failure = Double.isNaN(auc) ? "lacks a class" : "";
    return new Tried(0, flags, 0, auc, auc, auc, 1, 1, 1, failure);
  }

  private static TuneSettings settings(String grid, String folds) {
    return TuneSettings.of(SettingValues.of(Map.of("grid", grid, "folds", folds, "batch", "8")));
  }
}
