package fovea.catalog;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.errors.CallerMistake;
import fovea.contract.refraction.RefractiveError;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * PAPILA (Kovalyk and others, Scientific Data 2022): {@code patient_data_od.csv} and {@code
 * patient_data_os.csv}; dioptre_1 is the sphere, dioptre_2 the cylinder, astigmatism its axis;
 * gender 0 is male, 1 female; diagnosis 0 healthy, 1 glaucoma, 2 suspect. Where the folder also
 * holds {@code FundusImages} with {@code RET002OD.jpg}, the photographs are imported too.
 */
final class Papila implements Importer {

  @Override
  public String name() {
    return "papila";
  }

  @Override
  public String help() {
    return "PAPILA: refraction, axial length and pressure of both eyes, and its images if present";
  }

  @Override
  public List<Setting<?>> settings() {
    return ImportSettings.ALL;
  }

  @Override
  public void read(SettingValues values, Sink sink) {
    Path folder = ImportSettings.folder(values);
    Path right = folder.resolve("patient_data_od.csv");
    Path left = folder.resolve("patient_data_os.csv");
    if (!Files.exists(right) && !Files.exists(left)) {
      throw new CallerMistake(
          "table-missing",
          "there is neither patient_data_od.csv nor patient_data_os.csv in " + folder,
          "Give the folder that holds PAPILA's tables");
    }
    Path images = folder.resolve("FundusImages");
    @Nullable Photos photos = Files.isDirectory(images) ? new Photos(images) : null;
    for (Laterality eye : List.of(Laterality.RIGHT, Laterality.LEFT)) {
      Path file = eye == Laterality.RIGHT ? right : left;
      if (Files.exists(file)) {
        CsvTable table = new CsvTable(file);
        table.require("ID", "dioptre_1", "dioptre_2", "astigmatism");
        table.read(sink, row -> eye(new Cells(table.name(), row, sink), eye, photos));
      }
    }
    if (photos != null) {
      photos.reportUnlisted(sink);
    }
  }

  private static void eye(Cells cells, Laterality eye, @Nullable Photos photos) {
    Optional<String> id = cells.row().cell("ID").map(text -> text.replaceAll("[^0-9A-Za-z]", ""));
    if (id.isEmpty() || id.get().isEmpty()) {
      cells.reject("key-missing", "The row names no patient. Fill in the ID");
      return;
    }
    Subject subject =
        new Subject(
            "papila:" + id.get(), cells.age(cells.row().cell("Age"), List.of()), sex(cells), null);
    RefractionCells.of(cells, "dioptre_1", "dioptre_2", "astigmatism")
        .ifPresent(refraction -> cells.sink().accept(item(cells, subject, eye, refraction)));
    if (photos != null) {
      photograph(cells, subject, eye, photos, id.get());
    }
  }

  private static RefractionItem item(
      Cells cells, Subject subject, Laterality eye, RefractiveError refraction) {
    OptionalDouble pneumatic = cells.number("Pneumatic", 2, 80);
    OptionalDouble pressure = pneumatic.isPresent() ? pneumatic : cells.number("Perkins", 2, 80);
    return new RefractionItem(
        cells.row().line(),
        cells.table(),
        subject,
        eye,
        refraction,
        cells.number("Axial_Length", 10, 45),
        pressure,
        diagnosis(cells));
  }

  private static void photograph(
      Cells cells, Subject subject, Laterality eye, Photos photos, String id) {
    String name = "RET" + id + (eye == Laterality.RIGHT ? "OD" : "OS") + ".jpg";
    photos
        .find(name, cells)
        .ifPresent(
            file ->
                cells
                    .sink()
                    .accept(
                        new FundusItem(
                            cells.row().line(),
                            file,
                            subject,
                            eye,
                            null,
                            OptionalInt.empty(),
                            diagnosis(cells),
                            null)));
  }

  private static @Nullable Sex sex(Cells cells) {
    Optional<String> code = cells.row().cell("Gender");
    if (code.isPresent() && code.get().equals("0")) {
      return Sex.MALE;
    }
    return code.isPresent() && code.get().equals("1") ? Sex.FEMALE : cells.sex(code);
  }

  private static @Nullable String diagnosis(Cells cells) {
    return switch (cells.row().cell("Diagnosis").orElse("")) {
      case "0" -> "healthy";
      case "1" -> "glaucoma";
      case "2" -> "glaucoma suspect";
      default -> null;
    };
  }
}
