package fovea.train.loop;

/** Those who do the work of a training, be it one trainer or many. */
interface Crew {

  /** Where they are. */
  State state();

  /** Lets them go on from there. */
  void resume(State state);

  /** One pass over the training part. */
  Tally learn(int epoch);

  /** How the kept values do on the validation part now. */
  Reading read();

  /** Fixes the threshold on the validation part and judges these values. */
  Verdicts judge(float[] values);
}
