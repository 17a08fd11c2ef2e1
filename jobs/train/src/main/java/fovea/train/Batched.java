package fovea.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Cuts an iterator into lists; only one list is held at a time. */
final class Batched<T> implements Iterator<List<T>> {
  private final Iterator<T> each;
  private final int most;

  private Batched(Iterator<T> each, int most) {
    this.each = each;
    this.most = most;
  }

  static <T> Stream<List<T>> of(Iterator<T> each, int most) {
    Iterator<List<T>> lists = new Batched<>(each, most);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(lists, Spliterator.ORDERED), false);
  }

  @Override
  public boolean hasNext() {
    return each.hasNext();
  }

  @Override
  public List<T> next() {
    List<T> some = new ArrayList<>(most);
    while (some.size() < most && each.hasNext()) {
      some.add(each.next());
    }
    return some;
  }
}
