package fovea.train.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The arithmetic of AdamW as a TorchScript module: one call into native code for many weights, and
 * one pass over their memory (PyTorch's fused kernel) where DJL's makes ten. For one thread.
 */
public final class AdamWModule {
  private static final String CODE =
      """
      class AdamW(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def squares(self: __torch__.fovea.AdamW, weights: List[Tensor]) -> float:
          sum = 0.
          for _0 in range(torch.len(weights)):
            norm = torch.norm(ops.prim.grad(weights[_0]), 2)
            sum = torch.add(sum, torch.pow(float(norm), 2))
          return sum
        def clear(self: __torch__.fovea.AdamW, weights: List[Tensor]) -> NoneType:
          for _0 in range(torch.len(weights)):
            _1 = torch.zero_(ops.prim.grad(weights[_0]))
          return None
        def move(self: __torch__.fovea.AdamW,
            weights: List[Tensor],
            means: List[Tensor],
            variances: List[Tensor],
            number: float,
            rate: float,
            decay: float,
            divisor: float) -> NoneType:
          step = torch.full([], number)
          gradients = annotate(List[Tensor], [])
          steps = annotate(List[Tensor], [])
          for _0 in range(torch.len(weights)):
            _1 = torch.append(gradients, torch.contiguous(ops.prim.grad(weights[_0])))
            _2 = torch.append(steps, step)
          none = annotate(List[Tensor], [])
          by = torch.full([], divisor)
          torch._fused_adamw_(weights, gradients, means, variances, none, steps, lr=rate, beta1=%s, beta2=%s, weight_decay=decay, eps=%s, amsgrad=False, maximize=False, grad_scale=by)
          return None
      """;

  private final PtSymbolBlock module;

  /**
   * Loads it.
   *
   * @param manager it lives as long as this scope
   */
  public AdamWModule(NDManager manager, double beta1, double beta2, double epsilon) {
    TorchArchive archive = new TorchArchive(1 << 12);
    Pickle object = new Pickle().global(ModuleCode.PACKAGE, "AdamW").emptyTuple();
    object.op(Pickle.NEW_OBJECT).op(Pickle.EMPTY_DICT).op(Pickle.MARK);
    object.string("training").bool(false).op(Pickle.SET_ITEMS).op(Pickle.BUILD);
    String code = CODE.formatted(beta1, beta2, epsilon);
    TorchScriptFile.module(archive, object.finish(), code.getBytes(StandardCharsets.UTF_8));
    this.module = TorchScriptFile.load(archive.finish(), manager);
  }

  /** The sum of the squares of all gradients. */
  public double squares(List<NDArray> weights) {
    try (IValue all = list(weights);
        IValue sum = IValueUtils.runMethod(module, "squares", all)) {
      return sum.toDouble();
    }
  }

  /** Makes all gradients zero. */
  public void clear(List<NDArray> weights) {
    try (IValue all = list(weights)) {
      IValueUtils.runMethod(module, "clear", all).close();
    }
  }

  /**
   * Moves weights along their gradients, and their means and variances after them.
   *
   * @param step this is, from 1
   * @param decay of the weights, a share of the rate
   * @param divisor of the gradients
   */
  public void move(
      List<NDArray> weights,
      List<NDArray> means,
      List<NDArray> variances,
      int step,
      double rate,
      double decay,
      double divisor) {
    try (IValue all = list(weights);
        IValue first = list(means);
        IValue second = list(variances);
        IValue number = IValue.from((double) step);
        IValue length = IValue.from(rate);
        IValue shrinking = IValue.from(decay);
        IValue by = IValue.from(divisor)) {
      IValueUtils.runMethod(module, "move", all, first, second, number, length, shrinking, by)
          .close();
    }
  }

  private static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }
}
