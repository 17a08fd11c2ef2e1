package fovea.catalog;

import fovea.contract.cohort.Laterality;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Any folder of images with a table whose columns the caller names. A row gives a photograph, and
 * where the table has columns of refraction, a refraction too. Without an eye column the eye is
 * read from the file name ({@code x_left.jpg}, {@code x-OD.png}).
 */
final class FolderImporter implements Importer {
  private static final Setting<Optional<String>> CSV =
      Setting.optional("csv", "The table; by default labels.csv or the only .csv of the folder");
  private static final Setting<Optional<String>> IMAGES =
      Setting.optional("images", "Sub-folder of the images; by default images, else the folder");
  private static final Setting<String> PREFIX =
      Setting.text("prefix", "", "Put before every patient's reference, for example aptos:");
  private static final Setting<List<String>> PLACEHOLDERS =
      Setting.list("placeholder-ages", "", "Ages that stand for unknown");
  private static final Setting<String> IMAGE = column("image", "image", "file names");
  private static final Setting<String> PATIENT = column("patient", "patient", "patients");
  private static final Setting<String> EYE = column("eye", "eye", "left or right");
  private static final Setting<String> AGE = column("age", "age", "ages in years");
  private static final Setting<String> SEX = column("sex", "sex", "sexes");
  private static final Setting<String> ETHNICITY = column("ethnicity", "ethnicity", "ethnicities");
  private static final Setting<String> CAMERA = column("camera", "camera", "cameras");
  private static final Setting<String> GRADE = column("grade", "dr_grade", "DR grades, 0 to 4");
  private static final Setting<String> DIAGNOSIS = column("diagnosis", "diagnosis", "diagnoses");
  private static final Setting<String> SPHERE = column("sphere", "sphere", "spheres");
  private static final Setting<String> CYLINDER = column("cylinder", "cylinder", "cylinders");
  private static final Setting<String> AXIS = column("axis", "axis", "axes of the cylinder");
  private static final Setting<String> LENGTH =
      column("axial-length", "axial_length", "axial lengths in mm");
  private static final Setting<String> PRESSURE =
      column("pressure", "intraocular_pressure", "intraocular pressures in mmHg");

  private static final List<Setting<String>> COLUMNS =
      List.of(
          IMAGE, PATIENT, EYE, AGE, SEX, ETHNICITY, CAMERA, GRADE, DIAGNOSIS, SPHERE, CYLINDER,
          AXIS, LENGTH, PRESSURE);

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String help() {
    return "A folder of images and a CSV whose columns you name";
  }

  @Override
  public List<Setting<?>> settings() {
    return ImportSettings.with(
        Stream.concat(Stream.of(CSV, IMAGES, PREFIX, PLACEHOLDERS), COLUMNS.stream())
            .toArray(Setting<?>[]::new));
  }

  @Override
  public void read(SettingValues values, Sink sink) {
    Path folder = ImportSettings.folder(values);
    CsvTable table =
        new CsvTable(values.value(CSV).map(folder::resolve).orElseGet(() -> onlyTable(folder)));
    table.require(values.value(IMAGE), values.value(PATIENT));
    for (Setting<String> column : COLUMNS) {
      if (values.given(column)) {
        table.require(values.value(column));
      }
    }
    boolean refraction = table.header().stream().anyMatch(values.value(SPHERE)::equalsIgnoreCase);
    Photos photos =
        values
            .value(IMAGES)
            .map(name -> new Photos(folder.resolve(name)))
            .orElseGet(() -> Photos.in(folder, "images"));
    table.read(sink, row -> row(new Cells(table.name(), row, sink), values, photos, refraction));
    photos.reportUnlisted(sink);
  }

  private static void row(Cells cells, SettingValues values, Photos photos, boolean refraction) {
    CsvRow row = cells.row();
    Optional<String> image = row.cell(values.value(IMAGE));
    Optional<String> patient = row.cell(values.value(PATIENT));
    if (image.isEmpty() || patient.isEmpty()) {
      cells.reject("key-missing", "The row names no image or no patient. Fill in both");
      return;
    }
    Optional<Laterality> eye =
        row.cell(values.value(EYE))
            .map(Laterality::of)
            .orElseGet(() -> Eyes.ofFileName(image.get()));
    if (eye.isEmpty()) {
      cells.reject("eye-unknown", "The eye is neither left nor right. Fill in the eye");
      return;
    }
    List<Integer> placeholders =
        values.value(PLACEHOLDERS).stream().map(Integer::parseInt).toList();
    Subject subject =
        new Subject(
            values.value(PREFIX) + patient.get(),
            cells.age(row.cell(values.value(AGE)), placeholders),
            cells.sex(row.cell(values.value(SEX))),
            row.cell(values.value(ETHNICITY)).orElse(null));
    photos
        .find(image.get(), cells)
        .ifPresent(
            file -> cells.sink().accept(photograph(cells, values, file, subject, eye.get())));
    if (refraction) {
      refraction(cells, values, subject, eye.get());
    }
  }

  private static FundusItem photograph(
      Cells cells, SettingValues values, Path file, Subject subject, Laterality eye) {
    return new FundusItem(
        cells.row().line(),
        file,
        subject,
        eye,
        cells.row().cell(values.value(CAMERA)).orElse(null),
        cells.grade(cells.row().cell(values.value(GRADE))),
        cells.row().cell(values.value(DIAGNOSIS)).orElse(null),
        null);
  }

  private static void refraction(
      Cells cells, SettingValues values, Subject subject, Laterality eye) {
    OptionalDouble length = cells.number(values.value(LENGTH), 10, 45);
    OptionalDouble pressure = cells.number(values.value(PRESSURE), 2, 80);
    RefractionCells.of(cells, values.value(SPHERE), values.value(CYLINDER), values.value(AXIS))
        .ifPresent(
            refraction ->
                cells
                    .sink()
                    .accept(
                        new RefractionItem(
                            cells.row().line(),
                            cells.table(),
                            subject,
                            eye,
                            refraction,
                            length,
                            pressure,
                            null)));
  }

  private static Path onlyTable(Path folder) {
    Path labels = folder.resolve("labels.csv");
    if (Files.exists(labels)) {
      return labels;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> tables =
          files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")).toList();
      if (tables.size() == 1) {
        return tables.get(0);
      }
      throw new CallerMistake(
          "table-missing",
          "there are " + tables.size() + " tables in " + folder,
          "Name the one to read with --csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Setting<String> column(String what, String standard, String help) {
    return Setting.text(what + "-column", standard, "Column of the " + help);
  }
}
