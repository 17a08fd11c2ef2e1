package fovea.catalog;

import static fovea.catalog.Folders.codes;
import static fovea.catalog.Folders.from;
import static fovea.catalog.Folders.jpeg;
import static fovea.catalog.Folders.shared;
import static fovea.catalog.Folders.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportersTest {
  private static final String PAPILA =
      "ID;Age;Gender;Diagnosis;dioptre_1;dioptre_2;astigmatism;Phakic/Pseudophakic;Pneumatic;"
          + "Perkins;Pachymetry;Axial_Length;VF_MD\r\n";

  @TempDir Path folder;

  @Test
  void odir_rows_become_photographs_and_placeholders_unknown() throws IOException {
    jpeg(folder.resolve("images/1_left.jpg"));
    jpeg(folder.resolve("images/1_right.jpg"));
    write(
        folder.resolve("labels.csv"),
        "\uFEFFimage,patient_id,eye,age,sex,dr_grade,label,keywords\r\n"
            + "1_left.jpg,1,left,57,Female,2,D,moderate\uFF0Cmacular edema\r\n"
            + "1_right.jpg,1,right,1,Female,,O,\r\n");
    List<Item> items = read("odir5k");
    FundusItem left = (FundusItem) items.get(0);
    assertThat(left.subject().reference()).isEqualTo("odir5k:1");
    assertThat(left.subject().age()).hasValue(57);
    assertThat(left.subject().sex()).isEqualTo(Sex.FEMALE);
    assertThat(left.laterality()).isEqualTo(Laterality.LEFT);
    assertThat(left.grade()).hasValue(2);
    assertThat(left.diagnosis()).isEqualTo("moderate, macular edema");
    assertThat(left.line()).isEqualTo(2);
    assertThat(((Problem) items.get(1)).code()).isEqualTo("age-placeholder");
    FundusItem right = (FundusItem) items.get(2);
    assertThat(right.subject().age()).isEmpty();
    assertThat(right.grade()).isEmpty();
  }

  @Test
  void dirty_rows_are_reported_with_their_line_and_reason() throws IOException {
    jpeg(folder.resolve("images/a_left.jpg"));
    jpeg(folder.resolve("images/b.jpg"));
    jpeg(folder.resolve("images/stray.jpg"));
    jpeg(folder.resolve("outside.jpg"));
    write(
        folder.resolve("labels.csv"),
        "image,patient_id,eye,age,sex,dr_grade\n"
            + "a_left.jpg,1,left,abc,x,7\n"
            + "a_left.jpg,1,left,50,Male,0\n"
            + "gone.jpg,2,left,50,Male,0\n"
            + "../outside.jpg,3,left,50,Male,0\n"
            + "b.jpg,4,,50,Male,0\n"
            + ",5,left,50,Male,0\n"
            + "c.jpg,6,left,50,Male\n");
    ImportReport report = Importers.named("odir5k").plan(from(folder));
    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.images()).isEqualTo(1);
    Map<Long, List<String>> byLine =
        report.problems().stream()
            .collect(
                Collectors.groupingBy(
                    Problem::line, Collectors.mapping(Problem::code, Collectors.toList())));
    assertThat(byLine.get(2L))
        .containsExactlyInAnyOrder("age-unreadable", "sex-unknown", "grade-unreadable");
    assertThat(byLine.get(3L)).containsExactly("file-listed-twice");
    assertThat(byLine.get(4L)).containsExactly("file-missing");
    assertThat(byLine.get(5L)).containsExactly("file-outside");
    assertThat(byLine.get(6L)).containsExactly("eye-unknown");
    assertThat(byLine.get(7L)).containsExactly("key-missing");
    assertThat(byLine.get(8L)).containsExactly("columns-differ");
    assertThat(byLine.get(0L)).containsExactly("file-not-listed", "file-not-listed");
    assertThat(report.rejected()).isEqualTo(6);
    assertThat(report.notices()).isEqualTo(3);
  }

  @Test
  void papila_rows_become_refractions_and_impossible_ones_are_named() throws IOException {
    write(
        folder.resolve("patient_data_od.csv"),
        PAPILA
            + "#002;47;0;2;0.75;-1.75;90;0;21;;586;23.64;-0.07\r\n"
            + "#003;47;1;0;0.5;-1;80;0;;17;586;;\r\n"
            + "#077;68;0;1;;0.5;-1;0;21;;523;25.51;-3.35\r\n"
            + "#150;81;1;0;2;-200;93;1;17;;516;22.55;\r\n"
            + "#008;67;1;2;;-0.75;20;0;15;;526;22.92;-0.28\r\n"
            + "#213;39;1;0;;;;1;;;545;23.92;\r\n");
    List<Item> items = read("papila");
    RefractionItem first = (RefractionItem) items.get(0);
    assertThat(first.subject().reference()).isEqualTo("papila:002");
    assertThat(first.subject().sex()).isEqualTo(Sex.MALE);
    assertThat(first.laterality()).isEqualTo(Laterality.RIGHT);
    assertThat(first.refraction().sphericalEquivalent()).isEqualTo(-0.125);
    assertThat(first.axialLength()).hasValue(23.64);
    assertThat(first.intraocularPressure()).hasValue(21);
    assertThat(first.diagnosis()).isEqualTo("glaucoma suspect");
    RefractionItem second = (RefractionItem) items.get(1);
    assertThat(second.intraocularPressure()).hasValue(17);
    assertThat(second.axialLength()).isEmpty();
    assertThat(items.subList(2, 6).stream().map(item -> ((Problem) item).code()))
        .containsExactly(
            "columns-shifted", "cylinder-out-of-range", "sphere-missing", "refraction-missing");
  }

  @Test
  void papila_images_are_taken_where_they_lie_beside_the_tables() throws IOException {
    write(
        folder.resolve("patient_data_os.csv"),
        PAPILA + "#002;47;0;2;0.75;-1.75;90;0;21;;586;23.64;-0.07\r\n");
    jpeg(folder.resolve("FundusImages/RET002OS.jpg"));
    jpeg(folder.resolve("FundusImages/RET009OS.jpg"));
    ImportReport report = Importers.named("papila").plan(from(folder));
    assertThat(report.images()).isEqualTo(1);
    assertThat(codes(report)).containsExactly("file-not-listed");
  }

  @Test
  void a_folder_is_read_by_the_columns_the_caller_names() throws IOException {
    jpeg(folder.resolve("pictures/眼底 №1.jpg"));
    jpeg(folder.resolve("pictures/p2-OD.jpg"));
    write(
        folder.resolve("table.csv"),
        "Bild\tPerson\tSeite\tAlter\tGruppe\tKamera\tsphere\tcylinder\taxis\n"
            + "眼底 №1.jpg\tA\tOS\t43.0\tasian\twide\t-1,5\t-0.5\t90\n"
            + "p2-OD.jpg\tB\t\t44\t\t\t\t\t\n");
    ImportReport report =
        Importers.named("folder")
            .plan(
                from(
                    folder,
                    "csv",
                    "table.csv",
                    "images",
                    "pictures",
                    "image-column",
                    "Bild",
                    "patient-column",
                    "Person",
                    "eye-column",
                    "Seite",
                    "age-column",
                    "Alter",
                    "ethnicity-column",
                    "Gruppe",
                    "camera-column",
                    "Kamera"));
    assertThat(report.images()).isEqualTo(2);
    assertThat(report.refractions()).isEqualTo(1);
    assertThat(codes(report)).containsExactly("refraction-missing");
  }

  @Test
  void the_callers_mistakes_are_named() throws IOException {
    Importer importer = Importers.named("folder");
    assertThatThrownBy(() -> importer.plan(from(folder.resolve("gone"))))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("must be a folder");
    assertThatThrownBy(() -> importer.plan(from(folder)))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("0 tables");
    write(folder.resolve("labels.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> importer.plan(from(folder)))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("no column image. Its columns are a, b");
    assertThatThrownBy(() -> Importers.named("kaggle")).isInstanceOf(CallerMistake.class);
    assertThatThrownBy(() -> Importers.named("papila").plan(from(folder)))
        .isInstanceOf(CallerMistake.class);
    assertThatThrownBy(() -> importer.plan(SettingValues.of(Map.of())))
        .isInstanceOf(CallerMistake.class);
  }

  @Test
  void an_open_quote_ends_the_table_with_a_report() throws IOException {
    jpeg(folder.resolve("a_left.jpg"));
    write(
        folder.resolve("labels.csv"),
        "image,patient\na_left.jpg,1\n\"b_left.jpg,2\nc_left.jpg,3\n");
    ImportReport report = Importers.named("folder").plan(from(folder));
    assertThat(report.images()).isEqualTo(1);
    assertThat(codes(report)).containsExactly("table-broken");
  }

  @Test
  void two_rows_that_disagree_about_a_patient_are_told() throws IOException {
    jpeg(folder.resolve("a_left.jpg"));
    jpeg(folder.resolve("a_right.jpg"));
    write(folder.resolve("labels.csv"), "image,patient,age\na_left.jpg,1,50\na_right.jpg,1,51\n");
    ImportReport report = Importers.named("folder").plan(from(folder));
    assertThat(report.images()).isEqualTo(2);
    assertThat(codes(report)).containsExactly("patient-differs");
  }

  @Test
  void a_report_is_written_as_a_table_that_no_spreadsheet_runs() throws IOException {
    write(folder.resolve("labels.csv"), "image,patient\n=cmd|x.jpg,1\n");
    jpeg(folder.resolve("@stray.jpg"));
    ImportReport report = Importers.named("folder").plan(from(folder, "images", "."));
    Path csv = folder.resolve("out/report.csv");
    report.write(csv);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).isEqualTo("weight,file,line,code,sentence");
    assertThat(lines).hasSize(1 + report.problems().size());
    assertThat(lines).anyMatch(line -> line.startsWith("unlisted,'@stray.jpg,0,file-not-listed"));
    assertThat(folder.resolve("out/report.csv.part")).doesNotExist();
  }

  @Test
  void the_eye_is_read_from_common_file_names() {
    assertThat(Eyes.ofFileName("120_right.jpg")).contains(Laterality.RIGHT);
    assertThat(Eyes.ofFileName("RET002OS.jpg")).contains(Laterality.LEFT);
    assertThat(Eyes.ofFileName("x-OD.png")).contains(Laterality.RIGHT);
    assertThat(Eyes.ofFileName("SYN-7-000001-left.jpg")).contains(Laterality.LEFT);
    assertThat(Eyes.ofFileName("bright.jpg")).isEmpty();
  }

  @Test
  void every_importer_has_a_name_help_and_settings() {
    assertThat(Importers.all().stream().map(Importer::name))
        .containsExactly("odir5k", "papila", "folder", "session", "files");
    for (Importer importer : Importers.all()) {
      assertThat(importer.help()).hasSizeGreaterThan(20);
      assertThat(importer.settings()).contains(ImportSettings.FROM, ImportSettings.IN_FLIGHT);
    }
  }

  @Test
  void the_real_sample_of_odir_is_read_whole() {
    ImportReport report = Importers.named("odir5k").plan(from(shared("fundus-odir256-sample")));
    assertThat(report.rows()).isEqualTo(100);
    assertThat(report.images()).isEqualTo(100);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void the_real_train_set_of_odir_has_nineteen_placeholder_ages() {
    ImportReport report = Importers.named("odir5k").plan(from(shared("fundus-odir256-train")));
    assertThat(report.rows()).isEqualTo(4853);
    assertThat(report.images()).isEqualTo(4853);
    assertThat(report.notices()).isEqualTo(19);
    assertThat(codes(report)).containsOnly("age-placeholder");
  }

  @Test
  void the_real_papila_tables_give_exactly_their_dirty_rows() {
    ImportReport report = Importers.named("papila").plan(from(shared("refraction-papila")));
    assertThat(report.rows()).isEqualTo(488);
    assertThat(report.refractions()).isEqualTo(226 + 228);
    assertThat(report.rejected()).isEqualTo(34);
    Map<String, Long> byCode =
        report.problems().stream()
            .filter(problem -> problem.weight() == Problem.Weight.REJECTED)
            .collect(Collectors.groupingBy(Problem::code, Collectors.counting()));
    assertThat(byCode)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "sphere-missing", 22L,
                "refraction-missing", 4L,
                "cylinder-missing", 4L,
                "columns-shifted", 1L,
                "axis-missing", 1L,
                "cylinder-out-of-range", 2L));
    assertThat(report.problems())
        .anyMatch(p -> p.code().equals("columns-shifted") && p.line() == 58)
        .anyMatch(p -> p.code().equals("cylinder-out-of-range") && p.line() == 111)
        .anyMatch(p -> p.code().equals("cylinder-out-of-range") && p.line() == 197);
  }

  private List<Item> read(String importer) {
    List<Item> items = new ArrayList<>();
    Importers.named(importer)
        .read(
            from(folder),
            new Sink() {
              @Override
              public void row() {}

              @Override
              public void accept(Item item) {
                items.add(item);
              }
            });
    return items;
  }
}
