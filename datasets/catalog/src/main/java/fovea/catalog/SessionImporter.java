package fovea.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with the photographs of one session, in it or in its {@code images}, and what is known
 * of the cameras: {@code transforms.json}, a COLMAP model as text or binary, Middlebury's {@code
 * *_par.txt}; and sparse points as {@code .ply}.
 */
final class SessionImporter implements Importer {
  private static final Setting<Optional<String>> SESSION =
      Setting.optional("session", "Name of the session; by default the folder's");
  private static final Setting<Optional<String>> PATIENT =
      Setting.optional("patient", "External reference of the patient");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._ -]{1,100}");
  private static final Pattern PHOTO = Pattern.compile("(?i).*\\.(jpe?g|png)");
  private static final Pattern POSES =
      Pattern.compile(
          "(?i)transforms\\.json|.*_par\\.txt|(cameras|images|points3D)\\.(txt|bin)|.*\\.ply");

  @Override
  public String name() {
    return "session";
  }

  @Override
  public String help() {
    return "A photo session: photographs round an object, with transforms.json or other poses";
  }

  @Override
  public List<Setting<?>> settings() {
    return ImportSettings.with(SESSION, PATIENT);
  }

  @Override
  public void read(SettingValues values, Sink sink) {
    Path folder = ImportSettings.folder(values).toAbsolutePath().normalize();
    List<Path> photos = new ArrayList<>();
    List<Path> poses = new ArrayList<>();
    sort(files(folder), photos, poses, sink);
    if (photos.isEmpty()) {
      throw new CallerMistake(
          "no-photographs",
          "there is no JPEG or PNG in " + folder,
          "Give the folder that holds the photographs");
    }
    posedButMissing(photos, poses, sink);
    String session =
        values.value(SESSION).orElseGet(() -> sanitised(String.valueOf(folder.getFileName())));
    Subject subject =
        values
            .value(PATIENT)
            .map(patient -> new Subject(patient, OptionalInt.empty(), null, null))
            .orElse(null);
    sink.row();
    sink.accept(new SessionItem(session, subject, photos, poses, Map.of("source", "import")));
  }

  private static void sort(List<Path> files, List<Path> photos, List<Path> poses, Sink sink) {
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      boolean photo = PHOTO.matcher(name).matches();
      boolean pose = POSES.matcher(name).matches();
      if (!photo && !pose) {
        sink.accept(
            Problem.unlisted(
                name, "file-ignored", "Neither a photograph nor poses; it is left out"));
      } else if (!NAME.matcher(name).matches()) {
        sink.accept(
            Problem.rejected(
                0,
                name,
                "bad-name",
                "Names of files may have letters, digits, blanks and . _ - only. Rename it"));
      } else if (!names.add(name)) {
        sink.accept(
            Problem.rejected(0, name, "name-twice", "Two files have this name. Rename one"));
      } else {
        (photo ? photos : poses).add(file);
      }
    }
  }

  private static void posedButMissing(List<Path> photos, List<Path> poses, Sink sink) {
    Set<String> there = new HashSet<>();
    photos.forEach(photo -> there.add(String.valueOf(photo.getFileName())));
    for (Path file : poses) {
      if (String.valueOf(file.getFileName()).equalsIgnoreCase("transforms.json")) {
        for (String name : posed(file)) {
          if (!there.contains(name) && there.stream().noneMatch(n -> n.startsWith(name + "."))) {
            sink.accept(
                Problem.unlisted(
                    name, "photo-missing", "transforms.json poses a photograph that is not there"));
          }
        }
      }
    }
  }

  private static List<String> posed(Path transforms) {
    List<String> names = new ArrayList<>();
    try {
      JsonNode frames = new ObjectMapper().readTree(transforms.toFile()).path("frames");
      for (JsonNode frame : frames) {
        String path = frame.path("file_path").asText();
        names.add(path.substring(path.lastIndexOf('/') + 1));
      }
    } catch (IOException notJson) {
      throw new CallerMistake(
          "bad-poses", "transforms.json is not JSON", "Export it again, or leave it out");
    }
    return names;
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path each : List.of(folder, folder.resolve("images"))) {
      if (Files.isDirectory(each)) {
        try (Stream<Path> listing = Files.list(each)) {
          listing.filter(Files::isRegularFile).sorted().forEach(files::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  private static String sanitised(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").toLowerCase(Locale.ROOT);
    return plain.length() > 100 ? plain.substring(0, 100) : plain;
  }
}
