package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionGate;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.scene.Photo;
import fovea.scene.PhotoSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The gate over photographs on disk. */
final class Gating {
  private Gating() {}

  static SessionVerdict of(PhotoSet photos, Stages stages) {
    List<OnDisk> sources = photos.photos().stream().map(OnDisk::new).toList();
    return SessionGate.judge(
        sources,
        new SessionGate.Told() {
          @Override
          public void measured(int done, int total) {
            stages.report("judging photographs", done, total);
          }

          @Override
          public void matched(int done, int total) {
            stages.report("matching photographs", done, total);
          }
        });
  }

  /** Why photographs were left out, and what could be better: one sentence each. */
  static List<String> sentences(SessionVerdict verdict) {
    List<String> all = new ArrayList<>();
    for (PhotoVerdict photo : verdict.photos()) {
      if (photo.grade() == PhotoVerdict.Grade.REJECT) {
        all.add(photo.name() + " left out: " + photo.sentences());
      }
    }
    verdict.advice().forEach(a -> all.add(a.sentence()));
    return all;
  }

  private record OnDisk(Photo photo) implements SessionGate.Source {
    @Override
    public String name() {
      return photo.name();
    }

    @Override
    public byte[] content() {
      try {
        return Files.readAllBytes(photo.file());
      } catch (IOException unreadable) {
        throw new UncheckedIOException("cannot read " + photo.file(), unreadable);
      }
    }
  }
}
