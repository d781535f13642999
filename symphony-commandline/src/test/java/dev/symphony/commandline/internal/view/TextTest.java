package dev.symphony.commandline.internal.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void aShellReadsBackTheWordsItIsGiven() throws Exception {
    List<String> words =
        List.of("plain", "", "two words", "it's", "$HOME", "a;b", "~", "#x", "new\nline", "*", "é");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '<%s>' " + Text.shell(words))
            .redirectErrorStream(true)
            .start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("<" + String.join("><", words) + ">", read);
  }

  @Test
  void leavesPlainWordsPlain() {
    assertEquals(
        "python -u learner.py --rate=0.1",
        Text.shell(List.of("python", "-u", "learner.py", "--rate=0.1")));
  }
}
