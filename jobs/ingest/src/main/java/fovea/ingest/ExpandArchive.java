package fovea.ingest;

import fovea.contract.capture.ObjectKey;
import fovea.ingest.archive.Archive;
import fovea.ingest.archive.ArchiveLimits;
import fovea.ingest.archive.ArchiveRefusal;
import fovea.ingest.archive.Expansion;
import fovea.ingest.check.Finding;
import fovea.ingest.check.Retry;
import fovea.objects.ObjectStore;
import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.ArchiveMember;
import fovea.registry.RegistrySettings;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded archive to uploads of their own. First its pictures go to the object store, then all
 * its files to the registry, and only then does its row say so: a run that dies in between repeats
 * all of it under the same ids and keys.
 */
final class ExpandArchive {
  private static final List<String> COLUMNS = List.of(InspectUploads.SCHEMA.fieldNames());
  private static final List<String> REGISTERED = InspectUploads.REGISTERED;

  private final ObjectStore store;
  private final Retry retry;
  private final RegistrySettings registry;
  private final int sessionPhotos;

  ExpandArchive(ObjectStore store, Retry retry, RegistrySettings registry, int sessionPhotos) {
    this.store = store;
    this.retry = retry;
    this.registry = registry;
    this.sessionPhotos = sessionPhotos;
  }

  /** Rows of captures: the archive's, and one for each of its files that was kept out. */
  Stream<Row> rows(Row row, Finding.Packed packed) {
    try {
      List<ArchiveMember> members = members(row, packed.content());
      Stream<Row> refused =
          members.stream().filter(member -> !member.isTaken()).map(member -> refused(row, member));
      return Stream.concat(Stream.of(expanded(row, packed, members.size())), refused);
    } catch (ArchiveRefusal refusal) {
      return Stream.of(InspectUploads.quarantined(row, unsound(packed, refusal)));
    }
  }

  private List<ArchiveMember> members(Row row, byte[] content) {
    UUID archive = UUID.fromString(row.getAs("image_id"));
    Expansion expansion =
        new Expansion(
            archive,
            new ObjectKey(row.getAs("object_key")),
            (key, file, mediaType) ->
                retry.of(
                    () -> {
                      store.write(key, file, mediaType);
                      return key;
                    }));
    Archive.expand(content, ArchiveLimits.STANDARD, expansion);
    String table = row.<String>getAs("kind").equals("fundus") ? "fundus_images" : "session_files";
    try (JobRegistry open = JobRegistry.open(registry)) {
      return open.registerMembers(table, archive, expansion.members(), sessionPhotos);
    }
  }

  private static Finding.Unsound unsound(Finding.Packed packed, ArchiveRefusal refusal) {
    return new Finding.Unsound(
        refusal.reason(), refusal.detail(), Optional.of(packed.sha256()), packed.content().length);
  }

  private static Row expanded(Row row, Finding.Packed packed, int members) {
    return made(
        column ->
            switch (column) {
              case "status" -> "expanded";
              case "sha256" -> packed.sha256();
              case "bytes" -> (long) packed.content().length;
              case "format" -> "zip";
              case "members" -> members;
              default -> REGISTERED.contains(column) ? row.getAs(column) : null;
            });
  }

  private static Row refused(Row row, ArchiveMember member) {
    return made(
        column ->
            switch (column) {
              case "image_id" -> member.id().toString();
              case "archive_id" -> row.getAs("image_id");
              case "object_key" -> member.key().path();
              case "status" -> "quarantined";
              case "reason_code" -> member.reasonCode();
              case "reason" -> member.reason();
              case "sha256" -> member.sha256().isEmpty() ? null : member.sha256();
              case "bytes" -> member.sha256().isEmpty() ? null : member.bytes();
              default -> REGISTERED.contains(column) ? row.getAs(column) : null;
            });
  }

  private static Row made(Function<String, @Nullable Object> value) {
    return RowFactory.create(COLUMNS.stream().map(value).toArray());
  }
}
