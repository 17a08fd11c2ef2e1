package fovea.train.linear;

import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.UUID;

/**
 * What to regress.
 *
 * @param positive diagnoses that count as yes
 * @param negative diagnoses that count as no; others are left out
 * @param network training run whose embeddings are used; empty unless referable is asked
 * @param regularisation of the coefficients' squares
 * @param heldOut share of patients for the test, and again for the validation
 */
public record RegressSettings(
    Question question,
    List<String> positive,
    List<String> negative,
    String network,
    double regularisation,
    double heldOut,
    long seed) {

  private static final Setting<String> ASK =
      Setting.choice(
          "ask",
          "diagnosis",
          Question.words(),
          "Diagnosis of a measurement, equivalent from biometry, referable from embeddings");
  private static final Setting<List<String>> POSITIVE =
      Setting.list("positive", "glaucoma", "Diagnoses that count as yes");
  private static final Setting<List<String>> NEGATIVE =
      Setting.list("negative", "healthy", "Diagnoses that count as no; others are left out");
  private static final Setting<java.util.Optional<String>> NETWORK =
      Setting.optional("embeddings-of", "Training run whose network embeds the pictures");
  private static final Setting<Double> REGULARISATION =
      Setting.decimal("regularisation", 0.01, 0, 1000, "Weight of the coefficients' squares");
  private static final Setting<Double> HELD_OUT =
      Setting.decimal(
          "held-out", 0.15, 0.05, 0.4, "Share of patients for validation, and again for the test");
  private static final Setting<Integer> SEED =
      Setting.integer("seed", 1, 0, Integer.MAX_VALUE, "Seed of the split");

  /** All of them, for help and parsing. */
  public static final List<Setting<?>> ALL =
      List.of(
          ASK, POSITIVE, NEGATIVE, NETWORK, REGULARISATION, HELD_OUT, SEED, ConsentRule.UNRECORDED);

  /** Reads them. */
  public static RegressSettings of(SettingValues values) {
    Question question = Question.of(values.value(ASK));
    String network = question == Question.REFERABLE ? run(values.required(NETWORK)) : "";
    return new RegressSettings(
        question,
        values.value(POSITIVE),
        values.value(NEGATIVE),
        network,
        values.value(REGULARISATION),
        values.value(HELD_OUT),
        values.value(SEED));
  }

  private static String run(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException notOne) {
      throw new CallerMistake(
          "bad-run", "not the id of a training run: " + text, "./fovea models list shows them");
    }
  }
}
