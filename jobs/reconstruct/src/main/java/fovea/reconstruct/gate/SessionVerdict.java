package fovea.reconstruct.gate;

import java.util.List;

/**
 * What the gate says of a session.
 *
 * @param photos in the order given
 * @param connected photographs in the largest group that overlaps, of those not rejected
 * @param advice on the session as a whole
 */
public record SessionVerdict(List<PhotoVerdict> photos, int connected, List<Advice> advice) {

  /** Copies the lists. */
  public SessionVerdict {
    photos = List.copyOf(photos);
    advice = List.copyOf(advice);
  }

  /** Photographs not rejected. */
  public long usable() {
    return photos.stream().filter(p -> p.grade() != PhotoVerdict.Grade.REJECT).count();
  }

  /** Names of the photographs to leave out. */
  public List<String> rejected() {
    return photos.stream()
        .filter(p -> p.grade() == PhotoVerdict.Grade.REJECT)
        .map(PhotoVerdict::name)
        .toList();
  }
}
