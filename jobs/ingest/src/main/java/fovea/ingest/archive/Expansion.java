package fovea.ingest.archive;

import fovea.contract.capture.ObjectKey;
import fovea.registry.JobRegistry.ArchiveMember;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Stores the pictures of one archive as they come by, and remembers what to register. Ids come from
 * the archive's id and a file's number, keys from those: whoever repeats it repeats the same.
 */
public final class Expansion implements Consumer<Member> {
  private static final String ANYTHING = "application/octet-stream";

  private final UUID archive;
  private final ObjectKey key;
  private final MemberStore store;
  private final Set<String> names = new HashSet<>();
  private final List<ArchiveMember> members = new ArrayList<>();

  /** {@code key}: the archive's own. */
  public Expansion(UUID archive, ObjectKey key, MemberStore store) {
    this.archive = archive;
    this.key = key;
    this.store = store;
  }

  /** The id of an archive's file, from 1. */
  public static UUID id(UUID archive, int number) {
    return UUID.nameUUIDFromBytes((archive + "/" + number).getBytes(StandardCharsets.US_ASCII));
  }

  /** What was shown so far: at most as many as {@link ArchiveLimits} lets through. */
  public List<ArchiveMember> members() {
    return List.copyOf(members);
  }

  @Override
  public void accept(Member member) {
    members.add(
        member instanceof Member.Picture picture
            ? stored(picture)
            : refused((Member.Refused) member));
  }

  private ArchiveMember stored(Member.Picture picture) {
    UUID id = id(archive, picture.number());
    String mediaType = picture.format().mediaType();
    store.write(key.beside(id), picture.file(), mediaType);
    String spare = spareName(picture.number());
    return new ArchiveMember(
        id,
        picture.name().filter(names::add).orElse(spare),
        spare,
        key.beside(id),
        mediaType,
        picture.bytes(),
        picture.sha256(),
        "",
        "");
  }

  private ArchiveMember refused(Member.Refused refused) {
    UUID id = id(archive, refused.number());
    String name = spareName(refused.number());
    return new ArchiveMember(
        id,
        name,
        name,
        key.beside(id),
        ANYTHING,
        0,
        "",
        refused.reason().code(),
        refused.sentence());
  }

  private String spareName(int number) {
    return "file %04d of %s".formatted(number, archive);
  }
}
