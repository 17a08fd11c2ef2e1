package fovea.train.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/** The engine: loaded once a process, from the jars alone, never from the network. */
public final class Torch {
  private static final String ENGINE = "PyTorch";
  private static final ThreadLocal<Device> DEVICE = ThreadLocal.withInitial(Device::cpu);

  private Torch() {}

  /** Loads the engine; cheap afterwards. Properties that are set already are left alone. */
  public static void load() {
    Once.touch();
  }

  /**
   * Runs with this thread's networks on a GPU.
   *
   * @throws IllegalStateException where the engine has no such GPU: its libraries for the processor
   *     alone know none
   */
  public static <T> T onGpu(int number, Supplier<T> work) {
    load();
    int count = Engine.getEngine(ENGINE).getGpuCount();
    if (number < 0 || number >= count) {
      throw new IllegalStateException("GPU " + number + " was given, the engine has " + count);
    }
    DEVICE.set(Device.gpu(number));
    try {
      return work.get();
    } finally {
      DEVICE.remove();
    }
  }

  /** A new scope of native arrays on this thread's device; the caller closes it. */
  public static NDManager scope() {
    load();
    return NDManager.newBaseManager(DEVICE.get(), ENGINE);
  }

  /**
   * Prepares this thread for prediction: no gradients (a fresh thread has them on) and this many
   * threads an operation.
   */
  public static void forPrediction(int threads) {
    load();
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads);
  }

  /** Runs with gradients on this thread, and leaves them off. */
  public static <T> T withGradients(Supplier<T> work) {
    load();
    JniUtils.setGradMode(true);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** Seeds the one random generator of the process (first weights, dropout). */
  public static void seed(long seed) {
    load();
    JniUtils.setSeed(seed);
  }

  private static final class Once {
    static {
      EngineCache.prepare();
      EngineCache.alone(() -> Engine.getEngine(ENGINE));
    }

    static void touch() {}
  }
}
