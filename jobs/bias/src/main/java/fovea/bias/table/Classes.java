package fovea.bias.table;

import fovea.bias.metrics.Event;
import fovea.contract.errors.CallerMistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What labels and predictions may say: 0 and 1, or classes in their order.
 *
 * @param names of the classes, the lowest first; empty for 0 and 1
 * @param probabilities columns of the probability of each class; empty where there are none
 * @param positive which classes count as 1; empty where each class is looked at
 */
public record Classes(List<String> names, List<String> probabilities, Optional<Event> positive) {
  /** 0 and 1. */
  public static final Classes TWO = new Classes(List.of(), List.of(), Optional.empty());

  private static final int MOST = 20;
  private static final double ROUNDED = 0.01;

  /** Copies. */
  public Classes {
    names = List.copyOf(names);
    probabilities = List.copyOf(probabilities);
  }

  /**
   * Reads what a caller says.
   *
   * @param positive {@code class=NAME} or {@code class>=NAME}; of two classes the second by default
   * @throws CallerMistake where it does not fit together
   */
  public static Classes of(
      List<String> names, List<String> probabilities, Optional<String> positive) {
    if (names.isEmpty()) {
      require(probabilities.isEmpty(), "--probabilities needs --classes");
      require(positive.isEmpty(), "--positive needs --classes");
      return TWO;
    }
    require(names.size() >= 2 && names.size() <= MOST, "--classes takes 2 to " + MOST + " names");
    require(names.stream().distinct().count() == names.size(), "--classes names one twice");
    require(
        probabilities.isEmpty() || probabilities.size() == names.size(),
        "--probabilities must name %d columns, one a class, but names %d"
            .formatted(names.size(), probabilities.size()));
    Optional<Event> event = positive.map(text -> event(names, text));
    Event second = new Event(Event.Kind.CLASS, 1);
    return new Classes(
        names, probabilities, names.size() == 2 && event.isEmpty() ? Optional.of(second) : event);
  }

  private static Event event(List<String> names, String text) {
    boolean upwards = text.startsWith("class>=");
    require(upwards || text.startsWith("class="), "--positive must be class=NAME or class>=NAME");
    int place = names.indexOf(text.substring(text.indexOf('=') + 1).strip());
    require(place >= 0, "--positive names none of the classes " + String.join(", ", names));
    require(!upwards || place > 0, "--positive would be every class");
    return new Event(upwards ? Event.Kind.GRADE : Event.Kind.CLASS, place);
  }

  private static void require(boolean holds, String why) {
    if (!holds) {
      throw new CallerMistake(
          "bad-setting",
          why,
          "For example --classes 0,1,2,3,4 --probabilities p0,p1,p2,p3,p4 --positive 'class>=2'");
    }
  }

  /** How many classes are counted: 2 where some count as 1. */
  public int counted() {
    return names.isEmpty() || positive.isPresent() ? 2 : names.size();
  }

  /** Whether each of more than two classes is looked at. */
  public boolean isSeveral() {
    return counted() > 2;
  }

  /** For the lineage of a report: what was asked, by setting. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!names.isEmpty()) {
      settings.put("classes", String.join(",", names));
      settings.put("probabilities", String.join(",", probabilities));
      settings.put("positive", positive.map(this::words).orElse(""));
    }
    return settings;
  }

  private String words(Event event) {
    return (event.kind() == Event.Kind.GRADE ? "class>=" : "class=") + names.get((int) event.at());
  }

  /** The place of the class that a cell names, or what is wrong with it ({@link Cell}). */
  int place(String text) {
    if (names.isEmpty()) {
      return Cell.binary(text);
    }
    int place = names.indexOf(text.strip());
    if (place >= 0) {
      return place;
    }
    if (Cell.isMissing(text)) {
      return Cell.MISSING;
    }
    double number = Cell.number(text);
    return IntStream.range(0, names.size())
        .filter(i -> Cell.number(names.get(i)) == number)
        .findFirst()
        .orElse(Cell.OTHER);
  }

  /** The number a class is counted by. */
  int counted(int place) {
    return positive.map(event -> holds(event, place) ? 1 : 0).orElse(place);
  }

  /** Whether these are the probabilities of all classes, give or take their rounding. */
  static boolean areShares(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        return false;
      }
      sum += share;
    }
    return Math.abs(sum - 1) <= ROUNDED;
  }

  /** The probability of what counts as 1; only where something does. */
  double score(double[] shares) {
    Event event = positive.orElseThrow();
    double sum =
        IntStream.range(0, shares.length)
            .filter(i -> holds(event, i))
            .mapToDouble(i -> shares[i])
            .sum();
    return Math.min(1, sum);
  }

  private static boolean holds(Event event, int place) {
    return event.kind() == Event.Kind.GRADE ? place >= event.at() : place == event.at();
  }
}
