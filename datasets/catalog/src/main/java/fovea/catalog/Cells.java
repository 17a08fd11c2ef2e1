package fovea.catalog;

import fovea.contract.cohort.Sex;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells that every data set has, and reports what it cannot read.
 *
 * @param table name of the table, for the report
 * @param row the row
 * @param sink where problems go
 */
record Cells(String table, CsvRow row, Sink sink) {
  private static final int OLDEST = 120;

  /** An age in years; placeholders and nonsense become unknown, with a notice. */
  OptionalInt age(Optional<String> cell, List<Integer> placeholders) {
    if (cell.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt age = whole(cell.get());
    if (age.isEmpty() || age.getAsInt() < 0 || age.getAsInt() > OLDEST) {
      notice("age-unreadable", "The age is not between 0 and " + OLDEST + " and is left out");
      return OptionalInt.empty();
    }
    if (placeholders.contains(age.getAsInt())) {
      notice("age-placeholder", "Age " + age.getAsInt() + " stands for unknown and is left out");
      return OptionalInt.empty();
    }
    return age;
  }

  /** A sex; an unknown word becomes unknown, with a notice. */
  @Nullable Sex sex(Optional<String> cell) {
    Optional<Sex> sex = cell.flatMap(Sex::of);
    if (cell.isPresent() && sex.isEmpty()) {
      notice("sex-unknown", "The sex is none of female, male, other and is left out");
    }
    return sex.orElse(null);
  }

  /** A grade of retinopathy; anything but 0 to 4 becomes unknown, with a notice. */
  OptionalInt grade(Optional<String> cell) {
    if (cell.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt grade = whole(cell.get());
    if (grade.isEmpty() || grade.getAsInt() < 0 || grade.getAsInt() > 4) {
      notice("grade-unreadable", "The grade is not between 0 and 4 and is left out");
      return OptionalInt.empty();
    }
    return grade;
  }

  /** A number within a range; anything else becomes unknown, with a notice. */
  OptionalDouble number(String column, double least, double most) {
    Optional<String> cell = row.cell(column);
    if (cell.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble value = decimal(cell.get());
    if (value.isEmpty() || value.getAsDouble() < least || value.getAsDouble() > most) {
      String code = column.toLowerCase(Locale.ROOT).replace('_', '-') + "-unreadable";
      notice(code, column + " is not between " + least + " and " + most + " and is left out");
      return OptionalDouble.empty();
    }
    return value;
  }

  void notice(String code, String sentence) {
    sink.accept(Problem.notice(row.line(), table, code, sentence));
  }

  void reject(String code, String sentence) {
    sink.accept(Problem.rejected(row.line(), table, code, sentence));
  }

  /** A whole number, also written as {@code 43.0}. */
  static OptionalInt whole(String text) {
    OptionalDouble value = decimal(text);
    boolean whole = value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble());
    return whole && Math.abs(value.getAsDouble()) < 1e9
        ? OptionalInt.of((int) value.getAsDouble())
        : OptionalInt.empty();
  }

  /** A finite number, with a point or a comma. */
  static OptionalDouble decimal(String text) {
    try {
      double value = Double.parseDouble(text.strip().replace(',', '.'));
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalDouble.empty();
    }
  }
}
