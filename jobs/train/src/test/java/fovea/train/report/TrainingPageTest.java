package fovea.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.train.data.Objective;
import fovea.train.data.Subject;
import fovea.train.loop.Epoch;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Scored;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TrainingPageTest {
  private static final Evaluation TEST =
      Evaluation.of(List.of(scored(0.9, 1), scored(0.6, 0), scored(0.4, 1), scored(0.1, 0)), 0.5);

  @Test
  void the_page_shows_the_figures_and_five_charts_and_links_to_nothing() throws Exception {
    String page = TrainingPage.of("Run <1>", Map.of("Network", "cnn & co"), history(), TEST);
    assertThat(page).contains("0.750", "Run &lt;1&gt;", "cnn &amp; co");
    assertThat(page.split("<svg ", -1)).hasSize(6);
    assertThat(page).doesNotContain("href", "src=");
    var body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }

  @Test
  void the_page_shows_grades_and_groups_and_says_where_they_are_too_few() {
    List<Scored> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String sex = i < 30 ? "female" : "male";
      answers.add(new Scored(i % 5 / 5.0, i % 5, i % 5, new Subject("p" + i, sex, "40-49")));
    }
    String page = TrainingPage.of("Run", Map.of(), history(), Evaluation.of(answers, 0.5));
    assertThat(page).contains("kappa 1.000", "<td>Is 4</td>", "<td>female</td>", "too few");
  }

  @Test
  void a_single_epoch_has_curves_too() {
    String page = TrainingPage.of("Run", Map.of(), history().subList(0, 1), TEST);
    assertThat(page).contains("<svg ").doesNotContain("NaN").doesNotContain("Infinity");
  }

  private static Scored scored(double score, int label) {
    return new Scored(score, 2 * label, Objective.NO_GRADE, Subject.of("somebody"));
  }

  private static List<Epoch> history() {
    return List.of(
        new Epoch(1, 0.7, 0.69, 0.6, 1e-3, 0, 0, 1), new Epoch(2, 0.5, 0.55, 0.8, 5e-4, 0, 0, 1));
  }
}
