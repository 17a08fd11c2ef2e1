package fovea.contract.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void what_means_something_to_a_browser_is_text() {
    assertThat(Html.escaped("<a b='c' d=\"e\">&amp;"))
        .isEqualTo("&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;");
  }
}
