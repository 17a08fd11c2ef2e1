package fovea.catalog;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The API's answer to a wish to upload.
 *
 * @param id of the image or file
 * @param status as the API says it
 * @param target where to put the bytes; empty where they are there already
 */
public record Ticket(String id, String status, Optional<Target> target) {

  /**
   * A presigned PUT.
   *
   * @param url with its signature; never logged
   * @param headers that were signed and must be sent
   */
  public record Target(URI url, Map<String, String> headers) {
    @Override
    public String toString() {
      return "Target[" + url.getHost() + "]";
    }
  }
}
