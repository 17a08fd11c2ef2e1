package fovea.contract.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingValuesTest {
  private static final Setting<Integer> SIZE =
      Setting.integer("size", 512, 64, 4096, "Side").orVariable("FOVEA_SIZE");
  private static final Setting<Optional<Path>> OUT = Setting.path("out", "Where results go");
  private static final Setting<String> NAME = Setting.required("name", "Its name");
  private static final Setting<Boolean> KEEP = Setting.flag("keep", "Keep it");
  private static final Setting<List<String>> GROUPS = Setting.list("groups", "age, sex", "Columns");
  private static final List<Setting<?>> ALL = List.of(SIZE, OUT, NAME, KEEP, GROUPS);

  @Test
  void a_flag_goes_before_a_variable_and_a_variable_before_the_default() {
    Map<String, String> variable = Map.of("FOVEA_SIZE", "256");
    assertThat(parse(variable, "--size", "128").value(SIZE)).isEqualTo(128);
    assertThat(parse(variable).value(SIZE)).isEqualTo(256);
    assertThat(parse(Map.of()).value(SIZE)).isEqualTo(512);
  }

  @Test
  void values_follow_their_flag_or_an_equals_sign_and_flags_stand_alone() {
    SettingValues values = parse(Map.of(), "--keep", "--name=a=b", "--groups", " x,,y ");
    assertThat(values.value(KEEP)).isTrue();
    assertThat(values.value(NAME)).isEqualTo("a=b");
    assertThat(values.value(GROUPS)).containsExactly("x", "y");
  }

  @Test
  void every_mistake_has_its_stable_code() {
    assertThat(code("--sise", "3")).isEqualTo("unknown-flag");
    assertThat(code("size")).isEqualTo("stray-argument");
    assertThat(code("--size")).isEqualTo("missing-value");
    assertThat(code("--size", "63")).isEqualTo("bad-setting");
    assertThat(code("--size", "big")).isEqualTo("bad-setting");
    assertThat(code("--keep=perhaps")).isEqualTo("bad-setting");
  }

  @Test
  void what_must_be_given_is_asked_for_by_name() {
    SettingValues none = parse(Map.of());
    assertThat(mistake(() -> none.value(NAME))).hasMessageContaining("--name is required");
    assertThat(mistake(() -> none.required(OUT))).hasMessageContaining("--out is required");
    assertThat(parse(Map.of(), "--out", "there").required(OUT)).isEqualTo(Path.of("there"));
  }

  @Test
  void other_defaults_yield_to_what_the_caller_gave() {
    SettingValues given = parse(Map.of(), "--size", "128");
    assertThat(given.withDefaults(Map.of("size", "64", "name", "n")).value(SIZE)).isEqualTo(128);
    assertThat(given.withDefaults(Map.of("size", "64", "name", "n")).value(NAME)).isEqualTo("n");
  }

  private static SettingValues parse(Map<String, String> environment, String... words) {
    return SettingValues.parse(List.of(words), ALL, environment);
  }

  private static String code(String... words) {
    return mistake(() -> parse(Map.of(), words)).code();
  }

  private static CallerMistake mistake(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(CallerMistake.class, call);
  }
}
