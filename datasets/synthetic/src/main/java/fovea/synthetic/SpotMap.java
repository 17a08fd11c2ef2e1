package fovea.synthetic;

import java.util.List;

/** Lesions of one kind in pixels, 0 to 1; overlapping ones do not add up. */
final class SpotMap {
  private final float[] amount;

  SpotMap(Frame frame, List<Spot> spots, Spot.Kind... kinds) {
    List<Spot.Kind> wanted = List.of(kinds);
    List<Spot> mine = spots.stream().filter(spot -> wanted.contains(spot.kind())).toList();
    this.amount = mine.isEmpty() ? new float[0] : new float[frame.size() * frame.size()];
    mine.forEach(spot -> draw(frame, spot));
  }

  double at(int pixel) {
    return amount.length == 0 ? 0 : amount[pixel];
  }

  private void draw(Frame frame, Spot spot) {
    double reach = spot.reach() * frame.radius() + 1;
    int left = frame.clamped(frame.x(spot.u()) - reach);
    int right = frame.clamped(frame.x(spot.u()) + reach);
    int top = frame.clamped(frame.y(spot.v()) - reach);
    int bottom = frame.clamped(frame.y(spot.v()) + reach);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        int pixel = row * frame.size() + column;
        double value = spot.at(frame.u(column) - spot.u(), frame.v(row) - spot.v());
        amount[pixel] = Math.max(amount[pixel], (float) value);
      }
    }
  }
}
