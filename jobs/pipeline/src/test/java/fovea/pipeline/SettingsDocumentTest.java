package fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {
  @Test
  void the_document_says_what_the_commands_say() throws Exception {
    assertThat(Files.readString(Path.of("../../docs/settings.md")))
        .as("remake it: ./fovea settings > docs/settings.md")
        .isEqualTo(SettingsCommand.markdown());
  }
}
