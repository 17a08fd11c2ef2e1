package fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.objects.ObjectStoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir static Path folder;

  @Override
  protected ObjectStore store() {
    return ObjectStore.open(ObjectStoreSettings.local(folder.resolve("store")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "../outside",
        "a/../../outside",
        "a/./b",
        "a//b",
        "a/",
        "..",
        ".partial/object",
        ".partial",
        "a\0b"
      })
  void no_key_leaves_the_folder(String path) {
    ObjectKey key = new ObjectKey(path);
    assertThatThrownBy(() -> store().write(key, new byte[1], "x/y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().read(key, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(key)).isInstanceOf(IllegalArgumentException.class);
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void a_folder_is_not_an_object() {
    store().write(key("in/side"), new byte[1], "x/y");
    assertThat(store().find(key("in"))).isEmpty();
    assertThat(store().read(key("in"), 1)).isEmpty();
    store().delete(key("in"));
    assertThat(store().find(key("in/side"))).isPresent();
  }

  @Test
  void writes_in_progress_are_never_listed() throws Exception {
    store().write(key("whole"), new byte[1], "x/y");
    Files.createFile(folder.resolve("store/.partial/half"));
    assertThat(store().list("")).noneMatch(object -> object.key().path().contains("half"));
  }

  @Test
  void downloads_are_files_and_uploads_are_refused() {
    store().write(key("file"), new byte[] {42}, "x/y");
    assertThat(Path.of(store().presignDownload(key("file"), Duration.ofMinutes(1))))
        .hasBinaryContent(new byte[] {42});
    assertThatThrownBy(
            () ->
                store()
                    .presignUpload(
                        key("x"), new Declared("x/y", 1, Optional.empty()), Duration.ofMinutes(1)))
        .hasMessageContaining("nobody serves it");
  }
}
