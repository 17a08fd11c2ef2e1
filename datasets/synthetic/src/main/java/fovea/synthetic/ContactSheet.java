package fovea.synthetic;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Draws one page of everything that this module makes, to be looked at. */
public final class ContactSheet {
  private static final int CELL = 300;
  private static final int COLUMNS = 6;
  private static final int ROWS = 9;

  private final BufferedImage page =
      new BufferedImage(CELL * COLUMNS, CELL * ROWS, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D pen = page.createGraphics();

  private ContactSheet() {
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
  }

  /** Writes the page: {@code ContactSheet FILE.png [SEED]}. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      throw new IllegalArgumentException("usage: ContactSheet FILE.png [SEED]");
    }
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 7;
    Files.write(Path.of(arguments[0]), Pictures.png(draw(seed)));
  }

  /** The page of a seed: grades, defects, cameras, a cohort's first patients, a session. */
  static BufferedImage draw(long seed) {
    ContactSheet sheet = new ContactSheet();
    sheet.grades(seed);
    sheet.defects(seed);
    sheet.cohort(seed);
    sheet.scene(seed);
    sheet.pen.dispose();
    return sheet.page;
  }

  private void grades(long seed) {
    for (int row = 0; row < 2; row++) {
      FundusSettings eye =
          FundusSettings.of(seed + row, CELL).withCamera(CameraStyle.values()[row]);
      for (int grade = 0; grade <= 4; grade++) {
        fundus(row, grade, "grade " + grade, eye.withGrade(grade));
      }
    }
    FundusSettings cup = FundusSettings.of(seed + 40, CELL).withCamera(CameraStyle.TABLE);
    fundus(0, 5, "cup 0.2", cup.withCupToDisc(0.2));
    fundus(1, 5, "cup 0.8", cup.withCupToDisc(0.8));
  }

  private void defects(long seed) {
    for (int row = 0; row < 2; row++) {
      double strength = row == 0 ? 0.4 : 0.9;
      FundusSettings eye = FundusSettings.of(seed + 2, CELL).withGrade(2);
      for (Defect.Kind kind : Defect.Kind.values()) {
        String title = kind + " " + strength;
        fundus(2 + row, kind.ordinal(), title, eye.withDefect(kind, strength));
      }
    }
  }

  private void cohort(long seed) {
    SyntheticCohort cohort = SyntheticCohort.of(CohortSettings.of(seed, 6, CELL));
    int number = 0;
    for (SyntheticPatient patient : cohort.patients().toList()) {
      int column = 2 * (number % 3);
      int row = 4 + number / 3;
      for (SyntheticEye eye : List.of(patient.right(), patient.left())) {
        String title =
            "%s %d %s %s %d/%d"
                .formatted(
                    patient.ethnicity(),
                    patient.age(),
                    patient.camera().word(),
                    eye.photograph().laterality().word(),
                    eye.trueGrade(),
                    eye.recordedGrade());
        fundus(row, column++, title, eye.photograph());
      }
      number++;
    }
  }

  private void scene(long seed) {
    SyntheticScene black = SyntheticScene.render(SceneSettings.of(seed, 12, CELL, CELL));
    for (int i = 0; i < 12; i++) {
      put(6 + i / 6, i % 6, "view " + i, black.photograph(black.cameras().get(i)));
    }
    SyntheticScene studio =
        SyntheticScene.render(new SceneSettings(seed + 1, 6, 3, CELL, CELL, 2000, "studio"));
    for (int i = 0; i < 6; i++) {
      put(8, i, "studio, 3 rings", studio.photograph(studio.cameras().get(i)));
    }
  }

  private void fundus(int row, int column, String title, FundusSettings settings) {
    put(row, column, title, SyntheticFundus.render(settings).image());
  }

  private void put(int row, int column, String title, BufferedImage image) {
    pen.drawImage(image, column * CELL, row * CELL, null);
    pen.setColor(Color.WHITE);
    pen.drawString(title, column * CELL + 4, row * CELL + 13);
  }
}
