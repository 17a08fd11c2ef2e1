package fovea.train.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;

/**
 * A small network for small pictures: five stages of 3 x 3 convolution, batch normalisation and
 * ReLU, halved by pooling between them, then the mean over the picture, dropout and the logits.
 */
final class SmallCnn {
  /** Four halvings leave 2 x 2. */
  static final int LEAST_EDGE = 32;

  private static final int[] CHANNELS = {16, 32, 64, 128, 192};
  private static final float DROPOUT = 0.2f;

  private SmallCnn() {}

  /** The blocks, without weights; 319,441 parameters for one output. */
  static Block block(int outputs) {
    SequentialBlock network = new SequentialBlock();
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      if (stage > 0) {
        network.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
      }
      addStage(network, CHANNELS[stage]);
    }
    return network
        .add(Pool.globalAvgPool2dBlock())
        .add(Dropout.builder().optRate(DROPOUT).build())
        .add(Linear.builder().setUnits(outputs).build());
  }

  // No bias: batch normalisation brings its own.
  private static void addStage(SequentialBlock network, int channels) {
    network
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optBias(false)
                .setFilters(channels)
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock());
  }
}
