package fovea.train.models;

import static fovea.contract.html.Html.escaped;

import fovea.contract.model.GateCheck;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import fovea.train.report.TrainingPage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A card for people: one page that needs nothing else. */
public final class CardPage {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
          + "color:#222}table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.3rem"
          + " .7rem;text-align:left;overflow-wrap:anywhere}.failed{color:#a93226;font-weight:600}";

  private CardPage() {}

  /** The page. */
  public static String of(ModelCard card) {
    String title = "Model card " + card.model().run();
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>%2$s</style></head>
        <body><h1>%1$s</h1>
        %3$s
        <h2>Intended use</h2>
        %4$s
        <h2>Limits</h2>
        %5$s
        <h2>Gate</h2>
        %6$s
        <h2>Held-out figures</h2>
        %7$s
        <h2>On images that had no part in its training</h2>
        %13$s
        <h2>Differences between groups of patients</h2>
        %8$s
        <h2>Data</h2>
        %9$s
        %10$s
        <h2>Network</h2>
        %11$s
        <h2>History</h2>
        %12$s
        </body></html>
        """
        .formatted(
            escaped(title),
            STYLE,
            facts(card.facts()),
            items(card.intendedUse()),
            items(card.limits()),
            card.gate().map(CardPage::gate).orElse("<p>It has not been through a gate.</p>"),
            facts(Flat.of(card.figures())),
            items(card.findings()),
            parts(card),
            facts(Flat.of(card.data())),
            facts(Flat.of(card.header())),
            steps(card.steps()),
            others(card));
  }

  private static String gate(ModelGate gate) {
    String verdict =
        gate.passed()
            ? "<p>Passed"
            : "<p class='failed'>Not passed: %d of %d checks failed"
                .formatted(gate.failures(), gate.checks().size());
    return verdict
        + " (gate %d, %s, by %s).</p>".formatted(gate.number(), gate.at(), escaped(gate.by()))
        + table(
            List.of("Check", "Value", "Limit", "Passed", "Remark"),
            gate.checks().stream().map(CardPage::check).toList());
  }

  private static List<String> check(GateCheck check) {
    Double value = check.value();
    return List.of(
        check.name(),
        value == null ? "none" : Words.number(value),
        check.bound().words() + " " + Words.number(check.limit()),
        check.passed() ? "yes" : "no",
        check.reason());
  }

  private static String parts(ModelCard card) {
    return table(
        List.of("Part", "Images", "Patients"),
        card.parts().stream()
            .map(
                p ->
                    p.tooFew(card.smallest())
                        ? List.of(p.part(), "withheld", "fewer than " + card.smallest())
                        : List.of(p.part(), "" + p.images(), "" + p.patients()))
            .toList());
  }

  private static String others(ModelCard card) {
    return card.others().isEmpty()
        ? "<p>Not evaluated.</p>"
        : card.others().stream()
            .map(o -> "<h3>" + escaped(o.source()) + "</h3>" + facts(o.shown(card.smallest())))
            .collect(Collectors.joining());
  }

  private static String steps(List<ModelStep> steps) {
    return table(
        List.of("When", "State", "Who", "Why"),
        steps.stream()
            .map(s -> List.of(s.at().toString(), s.to().word(), s.by(), s.reason()))
            .toList());
  }

  private static String facts(Map<String, String> facts) {
    return "<table>" + TrainingPage.rows(facts) + "</table>";
  }

  private static String items(List<String> sentences) {
    return sentences.stream()
        .map(s -> "<li>" + escaped(s) + "</li>")
        .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private static String table(List<String> head, List<List<String>> rows) {
    return rows.stream()
        .map(cells -> row("td", cells))
        .collect(Collectors.joining("\n", "<table>" + row("th", head), "</table>"));
  }

  private static String row(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }
}
