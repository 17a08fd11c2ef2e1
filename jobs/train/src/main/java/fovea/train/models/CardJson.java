package fovea.train.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.model.GateCheck;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A card for programs: {@code card.json}. */
public final class CardJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CardJson() {}

  /** The card as a JSON object; counts that are withheld are null. */
  public static byte[] of(ModelCard card) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("run", card.model().run().toString());
    object.put("state", card.model().state().word());
    object.put("architecture", card.model().architecture());
    object.put("trainedAt", card.model().createdAt().toString());
    object.put("writtenAt", card.writtenAt().toString());
    object.put("weights", card.model().artifactKey());
    object.put("sha256", card.header().path("sha256").asText());
    object.put("network", card.header());
    object.put("intendedUse", card.intendedUse());
    object.put("limits", card.limits());
    object.put("data", card.data());
    object.put("parts", card.parts().stream().map(p -> part(p, card.smallest())).toList());
    object.put("withheldBelowPatients", card.smallest());
    object.put("metrics", card.figures());
    object.put("others", card.others().stream().map(o -> other(o, card.smallest())).toList());
    object.put("audit", card.audit().map(a -> a.run().toString()).orElse(null));
    object.put("findings", card.findings());
    object.put("gate", card.gate().map(CardJson::gate).orElse(null));
    object.put("steps", card.steps().stream().map(CardJson::step).toList());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, @Nullable Object> other(OtherSource other, int smallest) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    boolean shown = other.patients() >= smallest;
    object.put("source", other.source());
    object.put("images", shown ? other.images() : null);
    object.put("patients", shown ? other.patients() : null);
    object.put("metrics", shown ? Flat.without(other.metrics(), ModelCard.COUNTS) : null);
    return object;
  }

  private static Map<String, @Nullable Object> part(PartCount part, int smallest) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("part", part.part());
    object.put("images", part.tooFew(smallest) ? null : part.images());
    object.put("patients", part.tooFew(smallest) ? null : part.patients());
    return object;
  }

  private static Map<String, @Nullable Object> gate(ModelGate gate) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("number", gate.number());
    object.put("passed", gate.passed());
    object.put("by", gate.by());
    object.put("at", gate.at().toString());
    object.put("checks", gate.checks().stream().map(CardJson::check).toList());
    return object;
  }

  private static Map<String, @Nullable Object> check(GateCheck check) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("name", check.name());
    object.put("value", check.value());
    object.put("bound", check.bound().words());
    object.put("limit", check.limit());
    object.put("passed", check.passed());
    object.put("reason", check.reason());
    return object;
  }

  private static Map<String, @Nullable Object> step(ModelStep step) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("from", step.from().map(s -> s.word()).orElse(null));
    object.put("to", step.to().word());
    object.put("by", step.by());
    object.put("reason", step.reason());
    object.put("at", step.at().toString());
    return object;
  }
}
