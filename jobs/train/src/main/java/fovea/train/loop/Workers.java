package fovea.train.loop;

/** Where the work of many trainers is done: the shards and the held-out parts are kept there. */
public interface Workers {

  /** Lets every trainer do its steps from the same state, and averages. */
  Round round(Order order);

  /** How these values do on the validation part. */
  Reading read(float[] values);

  /** See {@link Jury#judge}. */
  Verdicts judge(float[] values);
}
