package fovea.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session that another system kept in files.
 *
 * @param session its name there
 * @param patient that system's reference of the patient
 * @param patientName sealed by the API; never in a report
 * @param photos the photographs
 * @param model what was made of them; with it the session is completed, without it submitted
 * @param metadata free words kept with the session
 */
record LegacySession(
    String session,
    @Nullable String patient,
    @Nullable String patientName,
    List<Path> photos,
    Optional<Path> model,
    Map<String, String> metadata)
    implements Item {

  /** Without who it is. */
  @Override
  public String toString() {
    return "LegacySession[" + session + "]";
  }
}
