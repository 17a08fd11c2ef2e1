package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The variables of the two guides that Fovea replaces. */
class EnvironmentTest {
  private static final List<String> GUIDES =
      Arrays.asList(
          """
          AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION S3_BUCKET_NAME R2_ACCOUNT_ID
          R2_ACCESS_KEY_ID R2_SECRET_ACCESS_KEY R2_BUCKET_NAME DATABASE_URL NODE_ENV JWT_SECRET
          REDIS_URL SUPABASE_URL SUPABASE_ANON_KEY SUPABASE_SERVICE_ROLE_KEY JWT_SECRET_KEY
          ENCRYPTION_KEY SMTP_ENABLED SMTP_SERVER SMTP_PORT SMTP_USERNAME SMTP_PASSWORD ALERT_EMAIL
          ALERT_WEBHOOK_URL RATE_LIMIT_ENABLED MAX_REQUESTS_PER_MINUTE MAX_UPLOADS_PER_HOUR LOG_LEVEL
          LOG_FILE NEXT_PUBLIC_SUPABASE_URL NEXT_PUBLIC_SUPABASE_ANON_KEY NEXT_PUBLIC_API_URL
          NEXT_PUBLIC_ENVIRONMENT NEXT_PUBLIC_ANALYTICS_ID NEXT_PUBLIC_ENABLE_MONITORING
          NEXT_PUBLIC_ENABLE_ANALYTICS
          """
              .strip()
              .split("\\s+"));

  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z0-9_]+)` \\| [a-z]+ \\| (.+) \\|$", Pattern.MULTILINE);

  @Test
  void each_variable_of_the_guides_is_read_or_has_its_reason() throws IOException {
    Map<String, String> table = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/environment.md")));
    while (row.find()) {
      table.put(row.group(1), row.group(2));
    }
    assertThat(table).containsOnlyKeys(GUIDES);
    String sources = sources("src/main", "../datasets", "../infra/embedded");
    table.forEach(
        (variable, here) ->
            assertThat(here.startsWith("not read") || sources.contains('"' + variable + '"'))
                .as("%s is %s", variable, here)
                .isTrue());
  }

  private static String sources(String... folders) {
    return Stream.of(folders).map(EnvironmentTest::source).collect(Collectors.joining());
  }

  private static String source(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(EnvironmentTest::text)
          .collect(Collectors.joining());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
