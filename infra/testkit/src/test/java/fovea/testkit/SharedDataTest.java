package fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SharedDataTest {
  @Test
  void what_this_machine_lacks_skips_the_test_and_says_what() {
    assertThatThrownBy(() -> SharedData.orSkip("no/such/data"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("../shared/no/such/data");
  }

  @Test
  void the_root_is_where_the_modules_are() {
    assertThat(Repository.root().resolve("pom.xml")).exists();
    assertThat(Repository.root().resolve("datasets/objects")).isDirectory();
  }
}
