package fovea.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list.
 *
 * @param next where the page after it begins; empty where this is the last
 */
public record Page<T>(List<T> items, Optional<Position> next) {

  /** Copies. */
  public Page {
    items = List.copyOf(items);
  }

  /** The same page of what is made of its rows. */
  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }

  // One row more than asked for tells whether there is another page.
  static <T> Page<T> of(List<T> found, int most, Function<T, Position> position) {
    return found.size() <= most
        ? new Page<>(found, Optional.empty())
        : new Page<>(found.subList(0, most), Optional.of(position.apply(found.get(most - 1))));
  }
}
