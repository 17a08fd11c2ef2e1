package fovea.catalog;

import fovea.contract.errors.CallerMistake;
import java.util.List;
import java.util.stream.Collectors;

/** The importers there are. */
public final class Importers {
  private static final List<Importer> ALL =
      List.of(
          new Odir5k(),
          new Papila(),
          new FolderImporter(),
          new SessionImporter(),
          new LegacyImporter());

  private Importers() {}

  /** All of them, in the order in which help lists them. */
  public static List<Importer> all() {
    return ALL;
  }

  /**
   * One by name.
   *
   * @throws CallerMistake where there is none of that name
   */
  public static Importer named(String name) {
    return ALL.stream()
        .filter(importer -> importer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CallerMistake(
                    "unknown-importer",
                    "there is no importer named " + name,
                    "Use one of "
                        + ALL.stream().map(Importer::name).collect(Collectors.joining(", "))));
  }
}
