package fovea.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110, 8.8.3): a hash of what was answered, so that a caller is not sent what it
 * has, and does not change what it has not seen.
 */
public final class Tags {
  private Tags() {}

  /**
   * Answers with a resource, or 304 where the caller has it.
   *
   * @param fleeting fields that differ every time, such as signed URLs
   */
  public static void answer(Context context, Object resource, String... fleeting) {
    String tag = of(resource, fleeting);
    context.header("ETag", tag);
    if (names(context.header("If-None-Match"), tag)) {
      context.status(304);
    } else {
      context.json(resource);
    }
  }

  /**
   * Lets a change through that was made of the resource as it is, or of none.
   *
   * @throws CallerMistake {@code precondition-failed}
   */
  public static void requireCurrent(Context context, Object resource) {
    String seen = context.header("If-Match");
    if (seen != null && !names(seen, of(resource))) {
      throw new CallerMistake(
          "precondition-failed",
          "it was changed since it was read",
          "Read it again, and repeat the change with its new ETag in If-Match");
    }
  }

  private static String of(Object resource, String... fleeting) {
    ObjectNode lasting = Json.MAPPER.valueToTree(resource);
    lasting.remove(List.of(fleeting));
    return '"' + Sha256.of(lasting.toString().getBytes(UTF_8)).substring(0, 32) + '"';
  }

  private static boolean names(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(","))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals("*") || each.equals(tag));
  }
}
