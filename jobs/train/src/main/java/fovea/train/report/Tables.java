package fovea.train.report;

import static fovea.contract.html.Html.escaped;

import fovea.contract.statistics.Interval;
import fovea.train.metrics.Confusion;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Figures;
import fovea.train.metrics.GradeMatrix;
import fovea.train.metrics.Subgroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of an evaluation as tables of HTML. */
final class Tables {
  private static final List<String> FIGURES =
      List.of(
          "Images",
          "Patients",
          "AUC",
          "Average precision",
          "Sensitivity",
          "Specificity",
          "Balanced accuracy",
          "Accuracy",
          "Brier",
          "Calibration error");

  private Tables() {}

  static String figures(Evaluation test) {
    return table(List.of(heads(FIGURES), cells(row(test.figures()))));
  }

  static String subgroups(Evaluation test) {
    List<String> rows = new ArrayList<>();
    rows.add(heads(concat(List.of("Of", "Group"), FIGURES)));
    test.subgroups().forEach(group -> rows.add(cells(row(group))));
    return table(rows);
  }

  static String confusion(Confusion c) {
    return """
        <p></p><table><tr><th></th><th>Said referable</th><th>Said not</th></tr>
        <tr><th>Is referable</th><td>%d</td><td>%d</td></tr>
        <tr><th>Is not</th><td>%d</td><td>%d</td></tr></table>"""
        .formatted(c.truePositives(), c.falseNegatives(), c.falsePositives(), c.trueNegatives());
  }

  static String grades(GradeMatrix grades) {
    List<String> rows = new ArrayList<>();
    rows.add(heads(List.of("Grade", "Said 0", "Said 1", "Said 2", "Said 3", "Said 4")));
    for (int grade = 0; grade < grades.counts().size(); grade++) {
      Stream<Long> counts = grades.counts().get(grade).stream();
      rows.add(cells(concat(List.of("Is " + grade), counts.map(String::valueOf).toList())));
    }
    return "<h2>Grades</h2><p>Quadratic weighted kappa %s, accuracy %s, balanced accuracy %s</p>%s"
        .formatted(
            number(grades.quadraticKappa()),
            number(grades.accuracy()),
            number(grades.balancedAccuracy()),
            table(rows));
  }

  private static List<String> row(Subgroup subgroup) {
    Figures figures = subgroup.figures();
    List<String> names =
        List.of(subgroup.attribute().equals("sex") ? "sex" : "age", escaped(subgroup.group()));
    return figures == null ? concat(names, List.of("too few")) : concat(names, row(figures));
  }

  private static List<String> row(Figures figures) {
    Confusion confusion = figures.confusion();
    return List.of(
        Long.toString(figures.images()),
        Long.toString(figures.patients()),
        number(figures.auc()) + within(figures.aucInterval()),
        number(figures.averagePrecision()),
        number(confusion.sensitivity()) + within(figures.sensitivityInterval()),
        number(confusion.specificity()) + within(figures.specificityInterval()),
        number(confusion.balancedAccuracy()),
        number(confusion.accuracy()),
        number(figures.calibration().brier()),
        number(figures.calibration().expectedError()));
  }

  private static String within(Interval interval) {
    return "<br/><small>"
        + number(interval.lower())
        + " to "
        + number(interval.upper())
        + "</small>";
  }

  private static String table(List<String> rows) {
    return "<table class='figures'>" + String.join("\n", rows) + "</table>";
  }

  private static String heads(List<String> names) {
    return row(names, "th");
  }

  private static String cells(List<String> values) {
    return row(values, "td");
  }

  private static String row(List<String> values, String tag) {
    return values.stream()
        .map(v -> "<" + tag + ">" + v + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
