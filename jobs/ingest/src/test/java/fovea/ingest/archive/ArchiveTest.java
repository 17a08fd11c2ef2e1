package fovea.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.ObjectKey;
import fovea.contract.capture.RejectionReason;
import fovea.ingest.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  private static final byte[] ONE = Pictures.jpeg(1);
  private static final byte[] TWO = Pictures.jpeg(2);
  private static final byte[] TEXT = "name,born\nDOE,1950\n".getBytes(StandardCharsets.UTF_8);
  private static final ArchiveLimits STANDARD = ArchiveLimits.STANDARD;
  private static final int SIZE = 24;
  private static final int LOCAL = 42;

  private final List<byte[]> contents = new ArrayList<>();
  private final List<Path> spools = new ArrayList<>();

  @Test
  void pictures_come_out_whole_in_order_and_folders_are_passed_over() {
    byte[] zip = zip("visit/", new byte[0], "visit/one.jpg", ONE, "visit/zwei ü.jpg", TWO);
    List<Member> members = members(zip, STANDARD);
    assertThat(members).hasSize(2);
    Member.Picture one = (Member.Picture) members.get(0);
    assertThat(one.number()).isEqualTo(1);
    assertThat(one.name()).contains("one.jpg");
    assertThat(one.bytes()).isEqualTo(ONE.length);
    assertThat(one.sha256()).isEqualTo(Pictures.sha256(ONE));
    assertThat(one.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(((Member.Picture) members.get(1)).name()).as("not a plain name").isEmpty();
    assertThat(contents.get(0)).isEqualTo(ONE);
    assertThat(contents.get(1)).isEqualTo(TWO);
    assertThat(spools).allSatisfy(file -> assertThat(file).doesNotExist());
    assertThat(spools.get(0).toString()).doesNotContain("one");
  }

  @Test
  void what_is_no_picture_is_kept_out_and_the_rest_goes_on() {
    byte[] nested = zip("a.jpg", ONE);
    byte[] zip = zip("a.csv", TEXT, "b.zip", nested, "c.jpg", new byte[0], "d.jpg", ONE);
    assertThat(reasons(zip))
        .containsExactly(
            RejectionReason.UNSUPPORTED_TYPE,
            RejectionReason.NESTED_ARCHIVE,
            RejectionReason.EMPTY_FILE);
    assertThat(contents).hasSize(1);
  }

  @Test
  void names_that_point_out_of_the_archive_are_refused() {
    for (String name :
        new String[] {
          "../a.jpg",
          "a/../../b.jpg",
          "..",
          "/etc/a.jpg",
          "\\\\host\\a.jpg",
          "..\\a.jpg",
          "C:\\a.jpg",
          "a\0.jpg",
          "a\nb.jpg"
        }) {
      assertThat(reasons(zip(name, ONE, "b.jpg", TWO)))
          .as(name)
          .containsExactly(RejectionReason.UNSAFE_NAME);
    }
    assertThat(reasons(zip("a..jpg", ONE, "..b/c.jpg", TWO))).isEmpty();
  }

  @Test
  void the_second_of_one_name_and_an_encrypted_file_are_refused() {
    byte[] twice = Zips.renamed(zip("aaaa.jpg", ONE, "bbbb.jpg", TWO), "bbbb.jpg", "aaaa.jpg");
    assertThat(reasons(twice)).containsExactly(RejectionReason.DUPLICATE_NAME);
    byte[] zip = zip("a.jpg", ONE, "b.jpg", TWO);
    byte[] locked = zip.clone();
    locked[Zips.record(zip, 1) + 8] |= 1;
    assertThat(reasons(locked)).containsExactly(RejectionReason.ENCRYPTED_MEMBER);
  }

  @Test
  void a_bomb_is_given_up_while_it_swells_whatever_its_header_claims() {
    byte[] bomb = Arrays.copyOf(ONE, 30_000_000);
    byte[] zip = zip("a.jpg", bomb, "b.jpg", TWO);
    assertThat(zip.length).isLessThan(60_000);
    assertThat(reasons(zip)).containsExactly(RejectionReason.COMPRESSION_BOMB);
    byte[] modest = Zips.lying(zip, 0, SIZE, 1000);
    assertThat(reasons(modest)).containsExactly(RejectionReason.COMPRESSION_BOMB);
  }

  @Test
  void a_file_and_the_whole_are_counted_while_they_are_inflated() {
    byte[] zip = zip("a.jpg", ONE, "b.jpg", TWO, "c.jpg", Pictures.jpeg(3));
    ArchiveLimits small = new ArchiveLimits(10, ONE.length - 1, 1 << 20, 200);
    assertThat(refused(members(zip, small))).contains(RejectionReason.FILE_TOO_LARGE);
    ArchiveLimits few = new ArchiveLimits(10, 1 << 20, ONE.length + 10, 200);
    assertThat(refused(members(zip, few)))
        .containsExactly(RejectionReason.ARCHIVE_TOO_LARGE, RejectionReason.ARCHIVE_TOO_LARGE);
  }

  @Test
  void files_laid_over_each_other_are_refused() {
    byte[] zip = zip("a.jpg", ONE, "b.jpg", TWO);
    assertThat(reasons(Zips.lying(zip, 1, LOCAL, 0))).containsExactly(RejectionReason.BAD_ARCHIVE);
  }

  @Test
  void sizes_and_checksums_that_differ_are_refused() {
    byte[] zip = zip("a.jpg", ONE, "b.jpg", TWO);
    assertThat(reasons(Zips.lying(zip, 0, SIZE, ONE.length - 1)))
        .containsExactly(RejectionReason.BAD_ARCHIVE);
    assertThat(reasons(Zips.lying(zip, 0, 16, 42))).containsExactly(RejectionReason.BAD_ARCHIVE);
  }

  @Test
  void more_than_a_thousand_files_and_none_at_all_refuse_the_archive_before_any_is_shown() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i <= 1000; i++) {
      files.put(i + ".txt", TEXT);
    }
    assertRefused(Zips.of(files), RejectionReason.TOO_MANY_MEMBERS);
    files.remove("0.txt");
    assertThat(members(Zips.of(files), STANDARD)).hasSize(1000);
    assertRefused(zip("only/", new byte[0]), RejectionReason.BAD_ARCHIVE);
  }

  @Test
  void an_archive_cut_anywhere_is_refused_as_a_whole() {
    byte[] zip = zip("a.jpg", ONE, "b.jpg", TWO);
    for (int length = 4; length < zip.length; length += 7) {
      assertRefused(Arrays.copyOf(zip, length), RejectionReason.BAD_ARCHIVE);
    }
  }

  @Test
  void no_flipped_byte_makes_it_throw_anything_but_a_refusal() {
    byte[] zip = zip("a.jpg", Arrays.copyOf(ONE, 200), "b.jpg", TEXT);
    for (int i = 0; i < zip.length; i++) {
      byte[] flipped = zip.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Optional<List<Member>> members = tried(flipped);
      assertThat(members.map(List::size).orElse(2)).isBetween(1, 2);
    }
  }

  @Test
  void only_the_first_bytes_make_an_archive() {
    assertThat(Archive.sniff(zip("a.jpg", ONE))).isTrue();
    assertThat(Archive.sniff(ONE)).isFalse();
    assertThat(Archive.sniff(new byte[] {'P', 'K'})).isFalse();
  }

  @Test
  void ids_and_keys_repeat_themselves_and_no_name_becomes_a_key() {
    byte[] zip = zip("a/one.jpg", ONE, "b/one.jpg", TWO, "c.csv", TEXT);
    var archive = UUID.fromString("00000000-0000-0000-0000-00000000002a");
    var key = new ObjectKey("research/fundus/2026-03-01/org/" + archive);
    List<String> written = new ArrayList<>();
    List<Expansion> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      Expansion expansion = new Expansion(archive, key, (k, file, type) -> written.add(k.path()));
      Archive.expand(zip, STANDARD, expansion);
      runs.add(expansion);
    }
    assertThat(runs.get(0).members()).isEqualTo(runs.get(1).members()).hasSize(3);
    assertThat(written).hasSize(4);
    assertThat(written.get(0))
        .isEqualTo("research/fundus/2026-03-01/org/" + Expansion.id(archive, 1));
    assertThat(runs.get(0).members().get(0).name()).isEqualTo("one.jpg");
    assertThat(runs.get(0).members().get(1).name())
        .as("taken")
        .isEqualTo("file 0002 of " + archive);
    assertThat(runs.get(0).members().get(2).reasonCode()).isEqualTo("unsupported-type");
  }

  private void assertRefused(byte[] zip, RejectionReason reason) {
    List<Member> shown = new ArrayList<>();
    assertThatThrownBy(() -> Archive.expand(zip, STANDARD, shown::add))
        .isInstanceOfSatisfying(
            ArchiveRefusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    assertThat(shown).isEmpty();
  }

  private Optional<List<Member>> tried(byte[] zip) {
    try {
      return Optional.of(members(zip, STANDARD));
    } catch (ArchiveRefusal refusal) {
      return Optional.empty();
    }
  }

  private List<RejectionReason> reasons(byte[] zip) {
    return refused(members(zip, STANDARD));
  }

  private static List<RejectionReason> refused(List<Member> members) {
    return members.stream()
        .filter(Member.Refused.class::isInstance)
        .map(member -> ((Member.Refused) member).reason())
        .toList();
  }

  private List<Member> members(byte[] zip, ArchiveLimits limits) {
    List<Member> members = new ArrayList<>();
    int count =
        Archive.expand(
            zip,
            limits,
            member -> {
              members.add(member);
              if (member instanceof Member.Picture picture) {
                spools.add(picture.file());
                contents.add(read(picture.file()));
              }
            });
    assertThat(members).hasSize(count);
    return members;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] zip(Object... namesAndContents) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return Zips.of(files);
  }
}
