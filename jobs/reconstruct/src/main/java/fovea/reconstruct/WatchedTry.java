package fovea.reconstruct;

import fovea.registry.SessionLeases;
import fovea.registry.SessionLeases.Lease;
import fovea.registry.SessionLeases.Standing;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try of a session under its lease. The work runs in a thread of its own, so that a native call
 * that never comes back cannot keep the watch from renewing, cancelling or giving up.
 */
final class WatchedTry {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTry.class);

  private final SessionLeases leases;
  private final Lease lease;
  private final LeaseTimes times;
  private volatile Standing standing = Standing.HELD;
  private volatile boolean stop;
  private volatile long heard = System.nanoTime();
  private long renewed = System.nanoTime();

  WatchedTry(SessionLeases leases, Lease lease, LeaseTimes times) {
    this.leases = leases;
    this.lease = lease;
    this.times = times;
  }

  /** Whether the work shall end. */
  boolean stop() {
    return stop;
  }

  /** How it stood with the session when last asked. */
  Standing standing() {
    return standing;
  }

  /** Said by the work: it goes on. */
  void progress() {
    heard = System.nanoTime();
  }

  /**
   * Does the work to its end.
   *
   * @throws Stalled where it made no progress for too long; its thread is left behind
   */
  <T> T run(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "reconstruction " + lease.session());
    thread.setDaemon(true);
    thread.start();
    try {
      T result = await(task);
      renew();
      return result;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    } finally {
      stop = true;
      thread.interrupt();
    }
  }

  private <T> T await(FutureTask<T> task) throws Exception {
    while (true) {
      try {
        return task.get(times.beatMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillAtWork) {
        renew();
        if (System.nanoTime() - heard > times.stall().toNanos()) {
          throw new Stalled();
        }
      }
    }
  }

  // A registry that is away for a while costs nothing while the lease lasts.
  private void renew() {
    try {
      standing = leases.renew(lease, times.lease());
      renewed = System.nanoTime();
    } catch (RuntimeException unreachable) {
      LOG.warn("session {}: the lease could not be renewed", lease.session(), unreachable);
      if (System.nanoTime() - renewed > times.lease().toNanos()) {
        standing = Standing.LOST;
      }
    }
    stop = stop || standing != Standing.HELD;
  }

  /** No progress for too long. */
  static final class Stalled extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
