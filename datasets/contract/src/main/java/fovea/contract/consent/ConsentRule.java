package fovea.contract.consent;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;

/** Whose data a job may use. A withdrawn consent is refused by either rule. */
public enum ConsentRule {
  /** All but those who withdrew. */
  UNLESS_WITHDRAWN(List.of(Decision.WITHDRAWN.word())),
  /** Only those whose consent is recorded. */
  WHERE_GIVEN(List.of(Decision.WITHDRAWN.word(), Decision.UNRECORDED));

  /** {@code --unrecorded-consent}, or {@code UNRECORDED_CONSENT} for a whole platform. */
  public static final Setting<String> UNRECORDED =
      Setting.choice(
              "unrecorded-consent",
              "given",
              List.of("given", "refused"),
              "what a patient counts as whose consent is not recorded; who withdrew is always left"
                  + " out")
          .orVariable("UNRECORDED_CONSENT");

  private final List<String> refused;

  ConsentRule(List<String> refused) {
    this.refused = refused;
  }

  /** The rule that is set. */
  public static ConsentRule of(SettingValues values) {
    return values.value(UNRECORDED).equals("given") ? UNLESS_WITHDRAWN : WHERE_GIVEN;
  }

  /** Words of the registry's view {@code consents} that keep a patient out. */
  public List<String> refused() {
    return refused;
  }
}
