package fovea.catalog;

import fovea.contract.settings.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One import under way: items come in on the reader's thread and are uploaded on a few others. The
 * reader waits while too many are under way, so a data set of any length takes little memory.
 */
final class ImportRun implements Sink, AutoCloseable {
  private final Tally tally;
  private final Uploader uploader;
  private final ImportListener listener;
  private final int inFlight;
  private final ExecutorService threads;
  private final Semaphore free;
  private final AtomicLong done = new AtomicLong();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  ImportRun(String importer, ApiClient client, SettingValues values, ImportListener listener) {
    this.tally = new Tally(importer);
    this.uploader = new Uploader(client, ImportSettings.consent(values));
    this.listener = listener;
    this.inFlight = values.value(ImportSettings.IN_FLIGHT);
    this.threads = Executors.newFixedThreadPool(inFlight);
    this.free = new Semaphore(2 * inFlight);
  }

  @Override
  public void row() {
    tally.rows.incrementAndGet();
  }

  @Override
  public void accept(Item item) {
    tally.found(item);
    if (item instanceof FundusItem photograph) {
      String name = String.valueOf(photograph.file().getFileName());
      submit(() -> file(photograph.line(), name, () -> uploader.photograph(photograph)));
    } else if (item instanceof RefractionItem refraction) {
      submit(() -> refraction(refraction));
    } else if (item instanceof SessionItem session) {
      session(session);
    } else if (item instanceof LegacySession session) {
      guarded(0, session.session(), () -> legacy(session));
    }
  }

  /** Waits for what is under way. */
  ImportReport finish() {
    drain();
    return tally.report();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void session(SessionItem item) {
    String session = uploader.session(item).id();
    long before = tally.report().rejected();
    files(item.photos(), photo -> uploader.sessionPhoto(session, photo));
    files(item.poses(), poses -> uploader.sessionPoses(session, poses));
    drain();
    if (tally.report().rejected() > before) {
      tally.problem(
          Problem.rejected(
              0,
              item.session(),
              "session-incomplete",
              "Some of its files were refused, so it was not submitted. Mend or remove them"));
      return;
    }
    uploader.submit(session);
    tally.sessions.incrementAndGet();
  }

  // A model ends a session, after which it takes no photographs: they come first.
  private void legacy(LegacySession item) {
    String session = uploader.session(item).id();
    long before = tally.report().rejected();
    for (Path photo : item.photos()) {
      submit(() -> told(photo, () -> uploader.sessionPhoto(session, photo)));
    }
    drain();
    if (item.model().isPresent()) {
      told(item.model().get(), () -> uploader.model(session, item.model().get()));
    } else if (!item.photos().isEmpty() && tally.report().rejected() == before) {
      uploader.submit(session);
    }
    tally.sessions.incrementAndGet();
  }

  private void told(Path path, Upload upload) {
    String name = String.valueOf(path.getFileName());
    guarded(
        0,
        name,
        () -> {
          boolean added = upload.go().outcome() == Uploader.Outcome.ADDED;
          (added ? tally.uploaded : tally.alreadyThere).incrementAndGet();
          tally.problem(
              added
                  ? Problem.done(name, "imported", "It was imported")
                  : Problem.done(name, "already-there", "It was there before"));
        });
  }

  private void files(List<Path> files, Function<Path, Uploader.Result> upload) {
    for (Path path : files) {
      String name = String.valueOf(path.getFileName());
      submit(() -> file(0, name, () -> upload.apply(path)));
    }
  }

  private interface Upload {
    Uploader.Result go();
  }

  private void file(long line, String name, Upload upload) {
    guarded(
        line,
        name,
        () -> {
          boolean added = upload.go().outcome() == Uploader.Outcome.ADDED;
          (added ? tally.uploaded : tally.alreadyThere).incrementAndGet();
        });
  }

  private void refraction(RefractionItem item) {
    guarded(
        item.line(),
        item.file(),
        () -> {
          if (uploader.refraction(item).outcome() == Uploader.Outcome.ADDED) {
            tally.refractionsAdded.incrementAndGet();
          }
        });
  }

  private void guarded(long line, String name, Runnable work) {
    try {
      work.run();
    } catch (Uploader.Refused refused) {
      tally.problem(
          Problem.rejected(line, name, refused.reason().code(), refused.reason().sentence()));
    } catch (ApiRefusal refusal) {
      tally.problem(
          Problem.rejected(line, name, refusal.code(), String.valueOf(refusal.getMessage())));
    }
  }

  private void submit(Runnable work) {
    rethrow();
    free.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            if (failure.get() == null) {
              work.run();
              long total = tally.images.get() + tally.refractions.get();
              listener.report("uploading", done.incrementAndGet(), total);
            }
          } catch (RuntimeException fatal) {
            failure.compareAndSet(null, fatal);
          } finally {
            free.release();
          }
        });
  }

  private void drain() {
    free.acquireUninterruptibly(2 * inFlight);
    free.release(2 * inFlight);
    rethrow();
  }

  private void rethrow() {
    RuntimeException fatal = failure.get();
    if (fatal != null) {
      throw fatal;
    }
  }
}
