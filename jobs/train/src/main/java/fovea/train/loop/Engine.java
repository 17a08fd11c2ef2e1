package fovea.train.loop;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One training at a time in a process: the engine has one random generator. */
final class Engine {
  private static final ReentrantLock LOCK = new ReentrantLock();

  private Engine() {}

  static <T> T alone(Supplier<T> work) {
    LOCK.lock();
    try {
      return work.get();
    } finally {
      LOCK.unlock();
    }
  }
}
