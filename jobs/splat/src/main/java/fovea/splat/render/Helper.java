package fovea.splat.render;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread's share of a loop, which is not begun after somebody joined it. */
final class Helper implements Runnable {
  private final AtomicBoolean taken = new AtomicBoolean();
  private final FutureTask<?> work;

  Helper(Runnable work) {
    this.work = new FutureTask<>(work, null);
  }

  @Override
  public void run() {
    if (taken.compareAndSet(false, true)) {
      work.run();
    }
  }

  /** Returns at once where the work was not begun, else when it has ended. */
  void join() {
    if (taken.compareAndSet(false, true)) {
      return;
    }
    try {
      work.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a worker failed", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
