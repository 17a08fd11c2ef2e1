package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DataMetricsTest {
  private static final int SMALLEST = 10;

  @Test
  void distances_of_known_distributions() {
    Map<String, Long> even = Map.of("x", 5L, "y", 5L);
    Map<String, Long> sure = Map.of("x", 8L);
    assertThat(Distances.totalVariation(even, sure)).isEqualTo(0.5);
    // scipy.spatial.distance.jensenshannon([.5, .5], [1, 0], base=2); by hand the divergence is
    // (log2(2/3)/2 + log2(2)/2 + log2(4/3)) / 2 = 0.311278.
    assertThat(Distances.jensenShannon(even, sure)).isCloseTo(0.5579230452841438, within(1e-12));
    assertThat(Distances.totalVariation(Map.of("y", 3L), sure)).isEqualTo(1);
    assertThat(Distances.jensenShannon(Map.of("y", 3L), sure)).isCloseTo(1, within(1e-12));
    assertThat(Distances.jensenShannon(even, even)).isZero();
  }

  @Test
  void a_label_that_is_more_frequent_in_one_group_is_found_with_its_size() {
    AttributeFrames sex = section(cross()).attributes().get(0);
    MetricFrame labels = sex.frame("label_rate").orElseThrow();
    assertThat(labels.group("female").value()).isEqualTo(0.6);
    assertThat(labels.group("male").value()).isEqualTo(0.2);
    assertThat(labels.clear()).isTrue();
    assertThat(sex.summary().get("demographic_parity_difference").value())
        .isCloseTo(0.4, within(1e-12));
    assertThat(sex.summary().get("label_total_variation").value()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void missing_values_are_counted_and_left_out_of_rates() {
    CrossCounts cross = cross().add("sex", "male", "label", "unknown", 100);
    AttributeFrames sex = section(cross).attributes().get(0);
    MetricFrame missing = sex.frame("label_missing_rate").orElseThrow();
    assertThat(missing.group("male").value()).isEqualTo(0.5);
    assertThat(missing.group("female").value()).isEqualTo(0.0);
    assertThat(sex.frame("label_rate").orElseThrow().group("male").value()).isEqualTo(0.2);
  }

  @Test
  void a_small_category_is_withheld_together_with_one_that_would_give_it_away() {
    AttributeFrames sex = section(cross()).attributes().get(0);
    assertThat(share(sex, "dr_grade=4", "female").isTooFew()).isTrue();
    assertThat(share(sex, "dr_grade=1", "female").isTooFew()).isTrue();
    assertThat(share(sex, "dr_grade=0", "female").value()).isEqualTo(0.67);
    assertThat(share(sex, "dr_grade=4", "male").value()).isEqualTo(0.3);
  }

  @Test
  void two_eyes_of_a_patient_do_not_count_as_two_people() {
    CrossCounts eyes = new CrossCounts();
    CrossCounts people = new CrossCounts();
    for (String sex : new String[] {"female", "male"}) {
      int positive = sex.equals("female") ? 34 : 24;
      eyes.add("sex", sex, "label", "1", 2L * positive)
          .add("sex", sex, "label", "0", 120 - 2 * positive);
      eyes.ofPeople("sex", sex, 60);
      people.add("sex", sex, "label", "1", positive).add("sex", sex, "label", "0", 60 - positive);
    }
    MetricFrame ofEyes = section(eyes).attributes().get(0).frame("label_rate").orElseThrow();
    MetricFrame ofPeople = section(people).attributes().get(0).frame("label_rate").orElseThrow();
    assertThat(ofEyes.group("female").interval()).isEqualTo(ofPeople.group("female").interval());
    assertThat(ofEyes.difference().interval()).isEqualTo(ofPeople.difference().interval());
    assertThat(ofEyes.overall().interval()).isEqualTo(ofPeople.overall().interval());
    assertThat(ofEyes.overall().count()).isEqualTo(240);
  }

  private static Estimate share(AttributeFrames attribute, String metric, String group) {
    return attribute.frame(metric).orElseThrow().group(group);
  }

  private static Section section(CrossCounts cross) {
    return DataMetrics.section(cross, SMALLEST);
  }

  private static CrossCounts cross() {
    return new CrossCounts()
        .add("sex", "female", "label", "1", 60)
        .add("sex", "female", "label", "0", 40)
        .add("sex", "male", "label", "1", 20)
        .add("sex", "male", "label", "0", 80)
        .add("sex", "female", "dr_grade", "0", 67)
        .add("sex", "female", "dr_grade", "1", 30)
        .add("sex", "female", "dr_grade", "4", 3)
        .add("sex", "male", "dr_grade", "0", 50)
        .add("sex", "male", "dr_grade", "1", 20)
        .add("sex", "male", "dr_grade", "4", 30);
  }
}
