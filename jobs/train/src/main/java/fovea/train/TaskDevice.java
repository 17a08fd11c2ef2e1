package fovea.train;

import fovea.train.network.Torch;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a task computes: on the GPU that Spark gave it ({@code spark.task.resource.gpu.amount}).
 */
final class TaskDevice {
  private TaskDevice() {}

  /** Runs there; on the processor where the task was given no GPU, or outside of tasks. */
  static <T> T on(Supplier<T> work) {
    @Nullable TaskContext task = TaskContext.get();
    if (task == null || !task.resourcesJMap().containsKey("gpu")) {
      return work.get();
    }
    String[] addresses = task.resourcesJMap().get("gpu").addresses();
    return Torch.onGpu(Integer.parseInt(addresses[0]), work);
  }
}
