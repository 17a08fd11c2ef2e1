package fovea.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what an import finds and does; used by several threads. */
final class Tally {
  final AtomicLong rows = new AtomicLong();
  final AtomicLong images = new AtomicLong();
  final AtomicLong uploaded = new AtomicLong();
  final AtomicLong alreadyThere = new AtomicLong();
  final AtomicLong refractions = new AtomicLong();
  final AtomicLong refractionsAdded = new AtomicLong();
  final AtomicLong sessions = new AtomicLong();
  private final String importer;
  private final long started = System.nanoTime();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Subject> subjects = new HashMap<>();

  Tally(String importer) {
    this.importer = importer;
  }

  /** A sink that counts and does nothing else. */
  Sink dry() {
    return new Sink() {
      @Override
      public void row() {
        rows.incrementAndGet();
      }

      @Override
      public void accept(Item item) {
        found(item);
      }
    };
  }

  void found(Item item) {
    if (item instanceof Problem problem) {
      problem(problem);
    } else if (item instanceof FundusItem photograph) {
      images.incrementAndGet();
      sameSubject(photograph.subject(), photograph.line(), photograph.file().toString());
    } else if (item instanceof RefractionItem refraction) {
      refractions.incrementAndGet();
      sameSubject(refraction.subject(), refraction.line(), refraction.file());
    } else if (item instanceof LegacySession session) {
      images.addAndGet(session.photos().size() + session.model().stream().count());
    } else if (item instanceof SessionItem session) {
      images.addAndGet(session.photos().size() + session.poses().size());
    }
  }

  synchronized void problem(Problem problem) {
    problems.add(problem);
  }

  /** Two rows that say different things of one patient: the first stands, the other is told. */
  private synchronized void sameSubject(Subject subject, long line, String file) {
    Subject first = subjects.putIfAbsent(subject.reference(), subject);
    if (first != null && !first.equals(subject)) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      problems.add(
          Problem.notice(
              line,
              name,
              "patient-differs",
              "An earlier row gives this patient another age, sex or ethnicity; it stands"));
    }
  }

  synchronized ImportReport report() {
    problems.sort(
        Comparator.comparing(Problem::weight)
            .thenComparing(Problem::file)
            .thenComparing(Problem::line)
            .thenComparing(Problem::code));
    return new ImportReport(
        importer,
        rows.get(),
        images.get(),
        uploaded.get(),
        alreadyThere.get(),
        refractions.get(),
        refractionsAdded.get(),
        sessions.get(),
        count(Problem.Weight.REJECTED),
        count(Problem.Weight.NOTICE),
        (System.nanoTime() - started) / 1e9,
        List.copyOf(problems));
  }

  private long count(Problem.Weight weight) {
    return problems.stream().filter(problem -> problem.weight() == weight).count();
  }
}
