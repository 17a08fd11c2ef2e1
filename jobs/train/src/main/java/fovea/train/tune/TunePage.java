package fovea.train.tune;

import static fovea.contract.html.Html.escaped;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The trials as one page of HTML. */
public final class TunePage {
  private TunePage() {}

  /**
   * The page.
   *
   * @param best in words
   */
  public static String of(List<Tried> tried, String best) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Tuning</title>
        <style>body{font:15px sans-serif;margin:2em}td,th{padding:.2em .8em;text-align:left}</style>
        </head><body><h1>Tuning</h1>
        <p>Best by mean AUC on the validation part: %s. The best of many is better than it will be
        on other patients; the held-out test was not looked at.</p>
        <table><tr><th>Configuration</th><th>Fold</th><th>Validation AUC</th><th>Epochs</th>\
        <th>Best epoch</th><th>Seconds</th></tr>
        %s
        </table></body></html>
        """
        .formatted(
            escaped(best), tried.stream().map(TunePage::row).collect(Collectors.joining("\n")));
  }

  private static String row(Tried t) {
    String auc =
        t.failure().isEmpty()
            ? String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", t.auc(), t.lower(), t.upper())
            : escaped(t.failure());
    return String.format(
        Locale.ROOT,
        "<tr><td>%s</td><td>%d</td><td>%s</td><td>%d</td><td>%d</td><td>%.1f</td></tr>",
        escaped(t.flags()),
        t.fold(),
        auc,
        t.epochs(),
        t.bestEpoch(),
        t.seconds());
  }
}
