package fovea.reconstruct.gate;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.reconstruct.gate.PhotoVerdict.Grade;
import fovea.testkit.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionGateTest {
  @Test
  void a_sound_session_is_good_and_hangs_together() {
    SessionVerdict verdict = judge(walk(14));
    assertThat(verdict.photos()).allMatch(p -> p.grade() == Grade.GOOD, "good");
    assertThat(verdict.connected()).isEqualTo(14);
    assertThat(verdict.advice()).isEmpty();
  }

  @Test
  void each_flaw_is_told_of_its_own_photograph_only() {
    List<Wall.Photo> photos = walk(14);
    photos.set(2, photos.get(2).blurred(2.5));
    photos.set(4, photos.get(4).exposed(0.12));
    photos.set(6, photos.get(6).exposed(5));
    photos.add(9, photos.get(8).noisy(1));
    photos.add(new Wall(99).photo("alien.png", 0));
    photos.add(new Wall.Photo("no-picture.png", "no picture".getBytes()));
    SessionVerdict verdict = judge(photos);
    assertThat(advice(verdict, 2)).contains(Advice.BLURRED);
    assertThat(advice(verdict, 4)).contains(Advice.TOO_DARK);
    assertThat(advice(verdict, 6)).contains(Advice.TOO_BRIGHT);
    assertThat(advice(verdict, 9)).containsExactly(Advice.DUPLICATE_VIEW);
    assertThat(advice(verdict, 15)).containsExactly(Advice.NO_OVERLAP);
    assertThat(advice(verdict, 16)).containsExactly(Advice.UNREADABLE);
    for (int sound : new int[] {0, 1, 3, 5, 7, 8, 10, 11, 12, 13, 14}) {
      assertThat(advice(verdict, sound)).as("photo %d", sound).isEmpty();
    }
    assertThat(verdict.rejected())
        .containsExactlyElementsOf(Stream.of(2, 4, 9, 16).map(i -> photos.get(i).name()).toList());
  }

  @Test
  void the_stronger_the_blur_the_lower_the_sharpness() {
    Wall.Photo sharp = new Wall(3).photo("a.png", 0);
    double last = Double.MAX_VALUE;
    for (double sigma : new double[] {0.5, 0.8, 1.2, 2, 3, 5}) {
      double now = judge(List.of(sharp.blurred(sigma))).photos().get(0).sharpness();
      assertThat(now).isLessThan(last);
      last = now;
    }
  }

  @Test
  void groups_that_share_nothing_and_small_sessions_are_told() {
    List<Wall.Photo> photos = new ArrayList<>(walk(5));
    photos.addAll(IntStream.range(0, 4).mapToObj(i -> new Wall(77).photo("b" + i, i)).toList());
    SessionVerdict verdict = judge(photos);
    assertThat(verdict.connected()).isEqualTo(5);
    assertThat(verdict.advice()).containsExactly(Advice.FEW_PHOTOS, Advice.SEPARATE_GROUPS);
  }

  @Test
  void a_real_session_shows_the_view_that_was_taken_twice() {
    SessionVerdict temple = judge(folder(SharedData.orSkip("data/photos-temple")));
    assertThat(temple.rejected()).containsExactly("templeSR0011.png");
  }

  @Test
  void photographs_of_a_hard_subject_are_kept() {
    SessionVerdict skull = judge(folder(SharedData.orSkip("data/photos-skull")));
    assertThat(skull.rejected()).isEmpty();
    assertThat(skull.photos().stream().filter(p -> p.neighbours() > 0)).hasSizeGreaterThan(22);
    assertThat(skull.advice()).contains(Advice.SEPARATE_GROUPS);
  }

  private static List<Wall.Photo> walk(int photos) {
    Wall wall = new Wall(3);
    return new ArrayList<>(
        IntStream.range(0, photos)
            .mapToObj(i -> wall.photo("photo%02d.png".formatted(i), i))
            .toList());
  }

  private static SessionVerdict judge(List<Wall.Photo> photos) {
    return SessionGate.judge(
        photos,
        new SessionGate.Told() {
          @Override
          public void measured(int done, int total) {
            assertThat(done).isLessThan(total);
          }

          @Override
          public void matched(int done, int total) {
            assertThat(done).isLessThan(total);
          }
        });
  }

  private static List<Advice> advice(SessionVerdict verdict, int photo) {
    return verdict.photos().get(photo).advice();
  }

  private static List<Wall.Photo> folder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().matches(".*\\.(jpg|png)"))
          .sorted()
          .map(SessionGateTest::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Wall.Photo read(Path file) {
    try {
      return new Wall.Photo(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
