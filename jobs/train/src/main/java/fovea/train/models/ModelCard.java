package fovea.train.models;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import fovea.registry.TrainedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a reader of a network should know, after Mitchell et al., Model Cards for Model
 * Reporting (2019).
 *
 * @param header {@code model.json} of the network
 * @param metrics of the training run
 * @param dataset of the training run
 * @param parts of the training run; nothing is withheld yet
 * @param others what it was worth elsewhere, the newest evaluation of each source
 * @param smallest fewer patients than that are not counted
 */
public record ModelCard(
    TrainedModel model,
    JsonNode header,
    JsonNode metrics,
    JsonNode dataset,
    List<PartCount> parts,
    Optional<Audit> audit,
    Optional<ModelGate> gate,
    List<ModelStep> steps,
    List<OtherSource> others,
    int smallest,
    Instant writtenAt) {
  // Counts of people and their eyes: the rates made from them stand beside them, the parts and
  // groups are told where small ones are withheld.
  static final Set<String> COUNTS =
      Set.of(
          "images",
          "patients",
          "truePositives",
          "falsePositives",
          "trueNegatives",
          "falseNegatives",
          "subgroups");
  private static final Set<String> TOLD_ELSEWHERE =
      Set.of("parts", "members", "patientsWithoutConsent", "patientsOfUnrecordedConsent");

  /** Copies. */
  public ModelCard {
    parts = List.copyOf(parts);
    steps = List.copyOf(steps);
    others = List.copyOf(others);
  }

  /** What it was made from: query, versions, seed. */
  JsonNode data() {
    return Flat.without(dataset, TOLD_ELSEWHERE);
  }

  /** Held-out figures, with intervals where the run has them. */
  public JsonNode figures() {
    return Flat.without(metrics, COUNTS);
  }

  /** The audit in sentences; one that there was none. */
  public List<String> findings() {
    if (audit.isEmpty()) {
      return List.of("Nobody has looked for differences between groups of patients yet.");
    }
    List<String> sentences = new ArrayList<>();
    for (String attribute : audit.get().compared()) {
      for (String metric : List.of(Words.TPR, Words.FPR, Words.AUC)) {
        sentences.add(Words.finding(audit.get(), attribute, metric));
      }
    }
    return sentences;
  }

  /** What it is for, and what it is not for. */
  List<String> intendedUse() {
    String meaning = header.path("meaning").asText("what it was trained for") + ".";
    String noDevice = "Not a medical device: no decision on a patient may rest on its score.";
    return ofMeasurements()
        ? List.of("Research on refraction and biometry of eyes: an answer for " + meaning, noDevice)
        : List.of(
            "Research on colour photographs of the retina: a score for " + meaning,
            "Photographs must be preprocessed with the parameters' version named below; others are"
                + " scored as if they were, and wrongly.",
            noDevice);
  }

  // Linear models of an eye's figures, where no photograph was looked at.
  private boolean ofMeasurements() {
    return header.path("architecture").asText().matches("[a-z]+-(refraction|biometry)");
  }

  /** What must be held against it. */
  List<String> limits() {
    List<String> limits = new ArrayList<>();
    limits.add(
        others.isEmpty()
            ? "It has been judged on no images but those of its own sources: run evaluate."
            : "What it was worth on other images stands beside its own test, and counts for more.");
    limits.add(
        "The test part comes from the same sources as the training part; other clinics, cameras and"
            + " populations may fare worse.");
    if (!ofMeasurements()) {
      limits.add(
          "Photographs that preprocessing rejected for their quality were never learnt from.");
      limits.add("Each photograph has one reader's grade; readers disagree.");
    }
    few("patientsWithoutConsent").ifPresent(n -> limits.add(n + " left out: no consent."));
    few("patientsOfUnrecordedConsent")
        .ifPresent(n -> limits.add(n + " learnt from although no consent is recorded."));
    if (parts.stream().anyMatch(p -> p.tooFew(smallest))) {
      limits.add("A part has fewer than " + smallest + " patients: its figures say little.");
    }
    gate.ifPresent(
        g ->
            g.checks().stream()
                .filter(c -> c.value() == null)
                .forEach(c -> limits.add("Unknown: " + c.name() + " (" + c.reason() + ").")));
    return limits;
  }

  private Optional<String> few(String count) {
    long patients = dataset.path(count).asLong();
    if (patients == 0) {
      return Optional.empty();
    }
    return Optional.of(
        patients < smallest
            ? "Fewer than " + smallest + " patients were"
            : patients + " patients were");
  }

  /** Whose card it is, at a glance. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Training run", model.run().toString());
    facts.put("State", model.state().word());
    facts.put("Trained", model.createdAt().toString());
    facts.put("Weights", model.artifactKey());
    facts.put("Weights' SHA-256", header.path("sha256").asText());
    facts.put("Card written", writtenAt.toString());
    return facts;
  }
}
