package fovea.api.uploads;

import static fovea.objects.MultipartUploads.PART_BYTES;

import fovea.api.http.Answers;
import fovea.contract.errors.CallerMistake;
import fovea.objects.MultipartUploads;
import fovea.objects.MultipartUploads.Part;
import fovea.objects.ObjectStore;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Arrivals;
import fovea.registry.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in parts. Asking for the parts begins an upload, and resumes it: the answer names those
 * that have arrived, and has fresh URLs for the others.
 */
final class Parts {
  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Duration lifetime;

  Parts(ApiRegistry registry, ObjectStore objects, Duration lifetime) {
    this.registry = registry;
    this.objects = objects;
    this.lifetime = lifetime;
  }

  /** An upload of which nothing is asked any more. */
  static PartsView arrived(Upload upload) {
    return new PartsView(upload.id(), upload.status(), PART_BYTES, List.of());
  }

  /** Where an awaited upload stands. */
  PartsView of(Actor actor, Arrivals.Table table, Upload upload) {
    MultipartUploads store = objects.multipart();
    Optional<List<Part>> known =
        Optional.ofNullable(upload.multipart())
            .flatMap(name -> store.parts(upload.key(), name))
            .filter(parts -> parts.stream().allMatch(part -> fits(upload, part)));
    String name =
        known.isPresent() && upload.multipart() != null
            ? kept(actor, table, upload, upload.multipart())
            : begun(store, actor, table, upload);
    Map<Integer, Part> there =
        known.orElseGet(List::of).stream()
            .collect(Collectors.toMap(Part::number, Function.identity()));
    List<PartView> parts =
        IntStream.rangeClosed(1, count(upload))
            .mapToObj(
                number ->
                    there.containsKey(number)
                        ? new PartView(number, size(upload, number), true, null)
                        : asked(store, upload, name, number))
            .toList();
    return new PartsView(upload.id(), upload.status(), PART_BYTES, parts);
  }

  /**
   * Makes one object of the parts, where an upload came in parts and was not joined before.
   *
   * @throws CallerMistake where some are missing
   */
  void join(Upload upload) {
    String name = upload.multipart();
    if (name == null || objects.find(upload.key()).isPresent()) {
      return;
    }
    MultipartUploads store = objects.multipart();
    Optional<List<Part>> there = store.parts(upload.key(), name);
    if (there.isEmpty()) {
      return;
    }
    List<Part> sound = there.get().stream().filter(part -> fits(upload, part)).toList();
    if (sound.size() < count(upload)) {
      throw new CallerMistake(
          "parts-missing",
          sound.size() + " of " + count(upload) + " parts have arrived",
          "Ask for the parts again and PUT those that are missing");
    }
    store.join(upload.key(), name, sound);
  }

  /** Forgets what is left of the parts, so that their URLs take nothing more. */
  void end(Upload upload) {
    if (upload.multipart() != null) {
      objects.multipart().giveUp(upload.key(), upload.multipart());
    }
  }

  private String begun(MultipartUploads store, Actor actor, Arrivals.Table table, Upload upload) {
    if (upload.multipart() != null) {
      store.giveUp(upload.key(), upload.multipart());
    }
    String mine = store.begin(upload.key(), upload.mediaType());
    String counts = kept(actor, table, upload, mine);
    if (!counts.equals(mine)) {
      store.giveUp(upload.key(), mine);
    }
    return counts;
  }

  private String kept(Actor actor, Arrivals.Table table, Upload upload, String name) {
    return registry
        .inOrganization(
            actor,
            stores -> stores.arrivals(table).keepMultipart(upload.id(), upload.multipart(), name))
        .orElse(name);
  }

  private PartView asked(MultipartUploads store, Upload upload, String name, int number) {
    long bytes = size(upload, number);
    return new PartView(
        number,
        bytes,
        false,
        Answers.Put.of(store.presign(upload.key(), name, number, bytes, lifetime)));
  }

  private static boolean fits(Upload upload, Part part) {
    return part.number() <= count(upload) && part.bytes() == size(upload, part.number());
  }

  private static int count(Upload upload) {
    return (int) ((upload.bytes() + PART_BYTES - 1) / PART_BYTES);
  }

  private static long size(Upload upload, int number) {
    return Math.min(PART_BYTES, upload.bytes() - (number - 1) * PART_BYTES);
  }

  /**
   * An upload in parts.
   *
   * @param partBytes of every part but the last
   */
  record PartsView(UUID id, String status, long partBytes, List<PartView> parts) {}

  /**
   * One part.
   *
   * @param upload where to PUT it; null where it has arrived
   */
  record PartView(int number, long bytes, boolean arrived, Answers.@Nullable Put upload) {}
}
