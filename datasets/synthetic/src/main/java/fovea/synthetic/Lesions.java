package fovea.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The lesions that define a grade, after the International Clinical Diabetic Retinopathy scale: 1
 * microaneurysms only; 2 more than that; 3 more than 20 haemorrhages in each of four quadrants,
 * venous beading and cotton-wool spots; 4 new vessels and preretinal haemorrhage.
 */
final class Lesions {
  private static final double FIELD = 0.9;

  final List<Spot> spots = new ArrayList<>();
  final List<Vessel> newVessels = new ArrayList<>();
  private final Anatomy eye;
  private final Random random;
  private int microaneurysms;
  private int haemorrhages;
  private int exudates;
  private int cottonWool;
  private int tufts;
  private int boats;

  private Lesions(Anatomy eye, Random random) {
    this.eye = eye;
    this.random = random;
  }

  /** The lesions of a photograph. */
  static Lesions of(FundusSettings settings, Anatomy eye, List<Vessel> vessels) {
    Lesions lesions = new Lesions(eye, Seeds.stream(settings.seed(), "lesions"));
    switch (settings.grade()) {
      case 1 -> lesions.mild();
      case 2 -> lesions.moderate();
      case 3 -> lesions.severe();
      case 4 -> lesions.proliferative(vessels);
      default -> {}
    }
    return lesions;
  }

  static boolean venousBeading(int grade) {
    return grade >= 3;
  }

  LesionCounts counts() {
    return new LesionCounts(microaneurysms, haemorrhages, exudates, cottonWool, tufts, boats);
  }

  private void mild() {
    microaneurysms(Seeds.count(random, 3, 8));
  }

  private void moderate() {
    microaneurysms(Seeds.count(random, 9, 18));
    exudates(Seeds.count(random, 2, 4));
    int red = Seeds.count(random, 6, 14);
    for (int i = 0; i < red; i++) {
      haemorrhage(place(0.75), 0.010, 0.024);
    }
  }

  private void severe() {
    microaneurysms(Seeds.count(random, 20, 32));
    exudates(Seeds.count(random, 2, 4));
    quadrants();
    cottonWool(Seeds.count(random, 3, 7));
  }

  private void proliferative(List<Vessel> vessels) {
    microaneurysms(Seeds.count(random, 20, 32));
    exudates(Seeds.count(random, 2, 5));
    quadrants();
    cottonWool(Seeds.count(random, 2, 5));
    tuft(eye.discU(), eye.discV() - 0.3 * eye.discRadius(), 0.19);
    int elsewhere = Seeds.count(random, 1, 3);
    for (int i = 0; i < elsewhere; i++) {
      double[] at = onVessel(vessels);
      tuft(at[0], at[1], 0.13);
    }
    preretinal();
  }

  /** More than 20 in each quadrant round the fovea. */
  private void quadrants() {
    for (int quadrant = 0; quadrant < 4; quadrant++) {
      int red = Seeds.count(random, 21, 26);
      for (int i = 0; i < red; i++) {
        haemorrhage(inQuadrant(quadrant), 0.006, 0.026);
      }
    }
  }

  private void microaneurysms(int count) {
    for (int i = 0; i < count; i++) {
      double[] at = place(0.6);
      double r = Seeds.between(random, 0.0055, 0.0085);
      spots.add(new Spot(Spot.Kind.RED, at[0], at[1], r, r, 0, 0, 0, 0.5, 0.85));
    }
    microaneurysms += count;
  }

  private void haemorrhage(double[] at, double least, double most) {
    double size = least + (most - least) * Math.pow(random.nextDouble(), 2.6);
    boolean flame = random.nextInt(4) == 0;
    double long_ = flame ? size * 2.0 : size * Seeds.between(random, 1, 1.3);
    // Flames follow the nerve fibres, which run towards the disc.
    double angle =
        flame
            ? Math.atan2(at[1] - eye.discV(), at[0] - eye.discU())
            : Seeds.between(random, 0, Math.PI);
    spots.add(
        new Spot(
            Spot.Kind.RED,
            at[0],
            at[1],
            long_,
            flame ? size * 0.55 : size,
            angle,
            Seeds.between(random, 0.08, 0.24),
            Seeds.between(random, 0, 6),
            flame ? 0.9 : 0.62,
            Seeds.between(random, 0.55, 1)));
    haemorrhages++;
  }

  /** Clusters, some of them in a ring (circinate). */
  private void exudates(int clusters) {
    for (int i = 0; i < clusters; i++) {
      double[] centre = near(eye.foveaU(), eye.foveaV(), 0.18, 0.5);
      boolean ring = random.nextInt(3) == 0;
      double spread = Seeds.between(random, 0.04, 0.10);
      int count = Seeds.count(random, 9, 24);
      for (int k = 0; k < count; k++) {
        double turn = Seeds.between(random, 0, 2 * Math.PI);
        double r = ring ? spread * Seeds.between(random, 0.85, 1.1) : spread * random.nextDouble();
        exudate(centre[0] + r * Math.cos(turn), centre[1] + r * Math.sin(turn));
      }
    }
  }

  private void exudate(double u, double v) {
    double size = 0.0035 + 0.013 * Math.pow(random.nextDouble(), 2.8);
    spots.add(
        new Spot(
            Spot.Kind.EXUDATE,
            u,
            v,
            size * Seeds.between(random, 1, 1.7),
            size,
            Seeds.between(random, 0, Math.PI),
            0.3,
            Seeds.between(random, 0, 6),
            0.55,
            Seeds.between(random, 0.45, 0.92)));
    exudates++;
  }

  private void cottonWool(int count) {
    for (int i = 0; i < count; i++) {
      double[] at = near(eye.discU(), eye.discV(), 0.3, 0.75);
      double size = Seeds.between(random, 0.028, 0.05);
      double across = Math.atan2(at[1] - eye.discV(), at[0] - eye.discU()) + Math.PI / 2;
      spots.add(
          new Spot(
              Spot.Kind.COTTON,
              at[0],
              at[1],
              size * 1.35,
              size * 0.85,
              across,
              0.16,
              Seeds.between(random, 0, 6),
              1.5,
              Seeds.between(random, 0.6, 0.85)));
      cottonWool++;
    }
  }

  /** A net of fine, wildly winding vessels. */
  private void tuft(double u, double v, double size) {
    int strands = Seeds.count(random, 14, 22);
    for (int i = 0; i < strands; i++) {
      newVessels.add(strand(u, v, size));
    }
    haemorrhage(new double[] {u + size * 0.6, v + size * 0.4}, 0.012, 0.03);
    tufts++;
  }

  private Vessel strand(double u, double v, double size) {
    double heading = Seeds.between(random, 0, 2 * Math.PI);
    double homeU = u;
    double homeV = v;
    double bend = 0;
    double width = Seeds.between(random, 0.0042, 0.0075);
    List<double[]> points = new ArrayList<>();
    int steps = Seeds.count(random, 14, 34);
    for (int i = 0; i < steps; i++) {
      points.add(new double[] {u, v, width});
      bend += -0.2 * bend + 14 * random.nextGaussian();
      heading += bend * 0.009;
      if (Math.hypot(u - homeU, v - homeV) > size) {
        heading += 0.5;
      }
      u += 0.009 * Math.cos(heading);
      v += 0.009 * Math.sin(heading);
    }
    return VesselTree.vessel(points, random.nextBoolean());
  }

  private void preretinal() {
    double[] at = near(eye.foveaU(), eye.foveaV() + 0.25, 0.15, 0.5);
    double length = Seeds.between(random, 0.14, 0.26);
    spots.add(
        new Spot(
            Spot.Kind.BOAT,
            at[0],
            Math.max(at[1], eye.foveaV() + 0.16),
            length,
            length * Seeds.between(random, 0.55, 0.8),
            0,
            0.10,
            Seeds.between(random, 0, 6),
            0.14,
            1));
    boats++;
  }

  private double[] onVessel(List<Vessel> vessels) {
    for (int attempt = 0; attempt < 200; attempt++) {
      Vessel vessel = vessels.get(random.nextInt(vessels.size()));
      int i = random.nextInt(vessel.u().length);
      double u = vessel.u()[i];
      double v = vessel.v()[i];
      if (vessel.width()[i] > 0.008 && seen(u, v) && eye.toFovea(u, v) > 0.35) {
        return new double[] {u, v};
      }
    }
    return place(0.7);
  }

  /** Somewhere round the fovea, denser towards it, clear of the disc. */
  private double[] place(double spread) {
    return near(eye.foveaU(), eye.foveaV(), 0.08, spread);
  }

  private double[] inQuadrant(int quadrant) {
    double from = quadrant * Math.PI / 2;
    for (int attempt = 0; attempt < 200; attempt++) {
      double turn = from + Seeds.between(random, 0.04, Math.PI / 2 - 0.04);
      double r = Seeds.between(random, 0.15, 1.1);
      double u = eye.foveaU() + r * Math.cos(turn);
      double v = eye.foveaV() + r * Math.sin(turn);
      if (seen(u, v)) {
        return new double[] {u, v};
      }
    }
    double turn = from + Math.PI / 4;
    return new double[] {
      eye.foveaU() + 0.15 * Math.cos(turn), eye.foveaV() + 0.15 * Math.sin(turn)
    };
  }

  private double[] near(double u, double v, double least, double most) {
    double[] at = {u, v};
    for (int attempt = 0; attempt < 200; attempt++) {
      double turn = Seeds.between(random, 0, 2 * Math.PI);
      double r = Seeds.between(random, least, most);
      at = new double[] {u + r * Math.cos(turn), v + r * Math.sin(turn)};
      if (seen(at[0], at[1])) {
        return at;
      }
    }
    return at;
  }

  private boolean seen(double u, double v) {
    return Math.hypot(u, v) < FIELD
        && Math.abs(v) < 0.82
        && eye.toDisc(u, v) > 1.35 * eye.discRadius();
  }
}
