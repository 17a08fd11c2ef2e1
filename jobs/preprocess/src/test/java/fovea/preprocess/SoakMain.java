package fovea.preprocess;

import fovea.preprocess.fundus.FundusProcessor;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.synthetic.FundusSettings;
import fovea.synthetic.SyntheticFundus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Five thousand photographs through one processor; resident memory every five hundred. */
final class SoakMain {
  private static final int EYES = 20;
  private static final int EVERY = 500;

  private SoakMain() {}

  /** Arguments: how many photographs, edge in pixels; 5000 and 1000 where they are left out. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    int edge = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    List<byte[]> files = new ArrayList<>();
    for (int seed = 0; seed < EYES; seed++) {
      files.add(SyntheticFundus.render(FundusSettings.of(seed, edge)).jpeg(0.9));
    }
    FundusProcessor processor = new FundusProcessor(PreprocessSettings.standard());
    for (int i = 1; i <= count; i++) {
      processor.process(files.get(i % EYES));
      if (i % EVERY == 0) {
        System.out.printf(
            Locale.ROOT,
            "%6d photographs   resident %.0f MB   beyond the heap %.0f MB%n",
            i,
            NativeMemory.resident(),
            NativeMemory.beyondHeap());
      }
    }
  }
}
