package fovea.runtime;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Progress for people: in a terminal one line that is drawn over, elsewhere a plain line every few
 * seconds. Safe for use by several threads.
 *
 * <pre>ingest   [##########..........] 40/80  12.0/s  ETA 3 s</pre>
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final int WIDTH = 20;
  private static final int STAGE_WIDTH = 12;
  private static final double NANOS = 1e9;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final LongSupplier nanos;
  private final long pause;
  private final String begin;
  private final String end;

  private String stage = "";
  private long stageBegin;
  private long firstDone;
  private long lastDone;
  private long drawn;
  private boolean open;

  private ProgressLine(
      PrintStream out, LongSupplier nanos, Duration pause, String begin, String end) {
    this.out = out;
    this.nanos = nanos;
    this.pause = pause.toNanos();
    this.begin = begin;
    this.end = end;
  }

  /** On standard error: a terminal's way where it is one. */
  public static ProgressLine standard() {
    boolean terminal =
        System.getProperty("fovea.terminal") == null
            ? System.console() != null
            : Boolean.getBoolean("fovea.terminal");
    return terminal ? terminal(System.err) : plain(System.err);
  }

  /** One line that is drawn over. */
  public static ProgressLine terminal(PrintStream out) {
    return new ProgressLine(out, System::nanoTime, Duration.ofMillis(100), ERASE, "");
  }

  /** A line every five seconds, for logs. */
  public static ProgressLine plain(PrintStream out) {
    return plain(out, System::nanoTime);
  }

  static ProgressLine plain(PrintStream out, LongSupplier nanos) {
    return new ProgressLine(out, nanos, Duration.ofSeconds(5), "", System.lineSeparator());
  }

  @Override
  public synchronized void report(String newStage, long done, long total) {
    long now = nanos.getAsLong();
    boolean started = !newStage.equals(stage);
    if (started) {
      close();
      stage = newStage;
      stageBegin = now;
      firstDone = done;
      lastDone = 0;
    }
    boolean finished = total > 0 && done >= total && lastDone < total;
    lastDone = done;
    if (started || finished || now - drawn >= pause) {
      drawn = now;
      out.print(begin + line(done, total, (now - stageBegin) / NANOS) + end);
      out.flush();
      open = end.isEmpty();
    }
  }

  /** Leaves the line as it stands and goes to the next one. */
  @Override
  public synchronized void close() {
    if (open) {
      out.println();
      open = false;
    }
    stage = "";
  }

  private String line(long done, long total, double seconds) {
    StringBuilder line = new StringBuilder(String.format("%-" + STAGE_WIDTH + "s ", stage));
    if (total > 0) {
      line.append('[').append(bar(done, total)).append("] ").append(done).append('/').append(total);
    } else {
      line.append(done);
    }
    double rate = seconds > 0 ? (done - firstDone) / seconds : 0;
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, "  %.1f/s", rate));
    }
    if (rate > 0 && total > done) {
      line.append(String.format(Locale.ROOT, "  ETA %s", span((total - done) / rate)));
    }
    return line.toString();
  }

  private static String bar(long done, long total) {
    int full = (int) Math.max(0, Math.min(WIDTH, WIDTH * done / total));
    return "#".repeat(full) + ".".repeat(WIDTH - full);
  }

  private static String span(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 120 ? whole + " s" : (whole + 59) / 60 + " min";
  }
}
