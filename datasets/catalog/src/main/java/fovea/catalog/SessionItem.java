package fovea.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A photo session to be uploaded and submitted.
 *
 * @param session stable name of the session: the same name is the same session
 * @param subject whose, null where nobody is named
 * @param photos the photographs
 * @param poses files that say where the cameras stood, and sparse points
 * @param metadata free words kept with the session
 */
public record SessionItem(
    String session,
    @Nullable Subject subject,
    List<Path> photos,
    List<Path> poses,
    Map<String, String> metadata)
    implements Item {}
