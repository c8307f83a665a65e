package io.netkingdom.userengine.store.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void noTextEndsAnElementOrAnAttribute() {
    String hostile =
        "</p><script>alert('1')</script> \" & \u202E\u2066 \u0000\r \uD800 \uD83D\uDE00";
    String shown =
        "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot; &amp; \\u202e\\u2066"
            + " \\u0000\\u000d \\ud800 \uD83D\uDE00";
    assertEquals(
        "<!DOCTYPE html>\n<p title=\"" + shown + "\">" + shown + "</p>\n",
        new Html().element("p", hostile, "title", hostile).toString());
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (String name : new String[] {"", "p onclick=x", "p>", "P\u0000", "1"}) {
      assertThrows(IllegalArgumentException.class, () -> new Html().open(name), name);
      assertThrows(IllegalArgumentException.class, () -> new Html().open("p", name, ""), name);
    }
  }

  @Test
  void whatWasBegunIsEnded() {
    assertThrows(IllegalStateException.class, () -> new Html().open("p").toString());
    assertThrows(IllegalStateException.class, () -> new Html().open("p").close("div"));
    assertThrows(IllegalStateException.class, () -> new Html().close("p"));
  }

  @Test
  void theFirstLineFeedOfAMessageIsKept() {
    assertEquals(
        "<!DOCTYPE html>\n<pre>\n\nexpected</pre>",
        new Html().element("pre", "\nexpected").toString());
  }
}
