package fovea.catalog;

import fovea.contract.cohort.Laterality;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ODIR-5K: {@code labels.csv} (or the original {@code full_df.csv}) beside a folder of images. Age
 * 1 stands for unknown there; keywords are separated by full-width commas; the patient's flags
 * speak of both eyes together and are left alone.
 */
final class Odir5k implements Importer {
  private static final int LONGEST_DIAGNOSIS = 255;
  private static final Setting<List<String>> PLACEHOLDERS =
      Setting.list("placeholder-ages", "1", "Ages that stand for unknown");

  @Override
  public String name() {
    return "odir5k";
  }

  @Override
  public String help() {
    return "ODIR-5K: images and labels.csv with age, sex, eye, DR grade and keywords";
  }

  @Override
  public List<Setting<?>> settings() {
    return ImportSettings.with(PLACEHOLDERS);
  }

  @Override
  public void read(SettingValues values, Sink sink) {
    Path folder = ImportSettings.folder(values);
    Path labels = folder.resolve("labels.csv");
    CsvTable table =
        new CsvTable(
            labels.toFile().exists() || !folder.resolve("full_df.csv").toFile().exists()
                ? labels
                : folder.resolve("full_df.csv"));
    Photos photos = Photos.in(folder, "images", "preprocessed_images");
    List<Integer> placeholders =
        values.value(PLACEHOLDERS).stream().map(Integer::parseInt).toList();
    table.read(sink, row -> photograph(new Cells(table.name(), row, sink), photos, placeholders));
    photos.reportUnlisted(sink);
  }

  private static void photograph(Cells cells, Photos photos, List<Integer> placeholders) {
    CsvRow row = cells.row();
    Optional<String> name = row.first("image", "filename");
    Optional<String> patient = row.first("patient_id", "ID");
    if (name.isEmpty() || patient.isEmpty()) {
      cells.reject("key-missing", "The row names no image or no patient. Fill in both");
      return;
    }
    Optional<Laterality> eye =
        row.cell("eye").flatMap(Laterality::of).or(() -> Eyes.ofFileName(name.get()));
    if (eye.isEmpty()) {
      cells.reject("eye-unknown", "The eye is neither left nor right. Fill in the eye");
      return;
    }
    Optional<Path> file = photos.find(name.get(), cells);
    if (file.isEmpty()) {
      return;
    }
    Subject subject =
        new Subject(
            "odir5k:" + patient.get(),
            cells.age(row.first("age", "Patient Age"), placeholders),
            cells.sex(row.first("sex", "Patient Sex")),
            null);
    cells
        .sink()
        .accept(
            new FundusItem(
                row.line(),
                file.get(),
                subject,
                eye.get(),
                null,
                cells.grade(row.cell("dr_grade")),
                diagnosis(row, eye.get()),
                row.cell("sha256").map(hash -> hash.toLowerCase(Locale.ROOT)).orElse(null)));
  }

  private static @Nullable String diagnosis(CsvRow row, Laterality eye) {
    String side = eye == Laterality.LEFT ? "Left" : "Right";
    return row.first("keywords", side + "-Diagnostic Keywords")
        .map(words -> words.replaceAll("\\s*[\uFF0C,]\\s*", ", "))
        .map(words -> words.substring(0, Math.min(LONGEST_DIAGNOSIS, words.length())))
        .orElse(null);
  }
}
