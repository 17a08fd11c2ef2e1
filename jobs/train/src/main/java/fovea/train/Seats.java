package fovea.train;

import org.apache.spark.Partitioner;

/** The key is the partition. */
final class Seats extends Partitioner {
  private static final long serialVersionUID = 1L;
  private final int count;

  Seats(int count) {
    this.count = count;
  }

  @Override
  public int numPartitions() {
    return count;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }
}
