package fovea.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules, over the compiled classes of every module. */
class HouseTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final JavaClasses HOUSE = house();

  private static final Set<String> STORES = Set.of("contract", "objects", "registry", "lake");
  private static final Set<String> STAGE =
      Set.of("contract", "objects", "registry", "lake", "runtime", "imaging");

  /** Which room may look into which; a room may always look into itself. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("contract", Set.of()),
          Map.entry("objects", Set.of("contract")),
          Map.entry("registry", Set.of("contract")),
          Map.entry("lake", Set.of("contract")),
          Map.entry("synthetic", Set.of("contract")),
          Map.entry("catalog", Set.of("contract")),
          Map.entry("embedded", Set.of("contract", "objects", "registry")),
          Map.entry("testkit", Set.of("contract", "objects", "registry", "embedded")),
          Map.entry("scene", Set.of("contract")),
          Map.entry("sfm", Set.of("contract", "scene", "imaging")),
          Map.entry("splat", Set.of("contract", "scene")),
          Map.entry("splatcuda", Set.of("contract", "scene", "splat")),
          Map.entry("imaging", Set.of("contract")),
          Map.entry("runtime", STORES),
          Map.entry("ingest", STAGE),
          Map.entry("preprocess", STAGE),
          Map.entry("bias", STAGE),
          Map.entry("train", STAGE),
          Map.entry("maintain", STAGE),
          Map.entry("reconstruct", union(STAGE, Set.of("scene", "sfm", "splat"))),
          Map.entry(
              "pipeline",
              union(
                  STAGE,
                  Set.of(
                      "ingest",
                      "preprocess",
                      "bias",
                      "train",
                      "reconstruct",
                      "maintain",
                      "catalog",
                      "synthetic"))),
          Map.entry("api", Set.of("contract", "objects", "registry", "embedded")));

  @Test
  void every_room_is_on_the_plan_and_none_is_empty() {
    assertThat(rooms()).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  @Test
  void arrows_point_only_where_the_plan_allows() {
    List<String> forbidden =
        HOUSE.stream()
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(HouseTest::forbidden)
            .map(Dependency::getDescription)
            .toList();
    assertThat(forbidden).isEmpty();
  }

  @Test
  void no_circle_stands_between_packages() {
    slices().matching("fovea.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void inside_a_stage_only_the_root_package_knows_spark() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "fovea.ingest.*..",
            "fovea.preprocess.*..",
            "fovea.bias.*..",
            "fovea.train.*..",
            "fovea.reconstruct.*..",
            "fovea.maintain.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "io.delta..", "scala..")
        .check(HOUSE);
  }

  @Test
  void names_read_as_english_without_get() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .check(HOUSE);
  }

  @Test
  void public_methods_take_no_boolean() {
    List<String> flags =
        HOUSE.stream()
            .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC) && !c.isRecord())
            .flatMap(c -> c.getMethods().stream())
            .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(m -> !m.getModifiers().contains(JavaModifier.SYNTHETIC))
            .filter(
                m ->
                    m.getRawParameterTypes().stream()
                        .anyMatch(t -> t.isEquivalentTo(boolean.class)))
            .map(m -> m.getFullName())
            .toList();
    assertThat(flags).isEmpty();
  }

  @Test
  void public_types_are_documented() throws IOException {
    assertThat(sources().filter(HouseTest::undocumented).map(ROOT::relativize)).isEmpty();
  }

  private static boolean undocumented(Path source) {
    try {
      String text = Files.readString(source);
      int type = indexOfPublicType(text);
      return type >= 0 && !text.substring(0, type).contains("/**");
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static int indexOfPublicType(String text) {
    var matcher =
        java.util.regex.Pattern.compile(
                "^public (final |abstract |sealed |non-sealed"
                    + " )*(class|record|interface|enum|@interface) ",
                java.util.regex.Pattern.MULTILINE)
            .matcher(text);
    return matcher.find() ? matcher.start() : -1;
  }

  private static boolean forbidden(Dependency arrow) {
    String from = room(arrow.getOriginClass());
    String to = room(arrow.getTargetClass().getBaseComponentType());
    return !to.isEmpty() && !from.equals(to) && !ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length > 1 && parts[0].equals("fovea") ? parts[1] : "";
  }

  private static Set<String> rooms() {
    Set<String> rooms = new TreeSet<>();
    HOUSE.forEach(c -> rooms.add(room(c)));
    return rooms;
  }

  private static Stream<Path> sources() throws IOException {
    return modules()
        .map(m -> m.resolve("src/main/java"))
        .filter(Files::isDirectory)
        .flatMap(HouseTest::walk)
        .filter(p -> p.toString().endsWith(".java"));
  }

  private static JavaClasses house() {
    try {
      return new ClassFileImporter()
          .importPaths(
              modules().map(m -> m.resolve("target/classes")).filter(Files::isDirectory).toList());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static Stream<Path> modules() throws IOException {
    return Files.readAllLines(ROOT.resolve("pom.xml")).stream()
        .filter(line -> line.contains("<module>"))
        .map(line -> ROOT.resolve(line.replaceAll("</?module>", "").strip()));
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }
}
