package dev.symphony.tmux;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The tmux program that is used and how new it is.
 *
 * @param program where it is
 * @param text what it says of itself, without the word tmux: {@code 3.3a}
 */
record TmuxVersion(Path program, String text) {
  private static final String WANTED = "3.2a";
  private static final String OTHER_WAY = "; or run the experiment without tmux: --cluster local";

  /** The tmux on the PATH of an environment, else one line that says how to get it. */
  static Path program(Map<String, String> environment) {
    Path program = Programs.find("tmux", environment);
    if (program == null) {
      throw new SymphonyException(
          "tmux is not on the PATH: install it (apt install tmux, dnf install tmux, brew install"
              + " tmux)"
              + OTHER_WAY);
    }
    return program;
  }

  /** Asks a tmux program for its version. */
  static TmuxVersion of(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "-V")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      String said;
      try (InputStream out = process.getInputStream()) {
        said = new String(out.readNBytes(200), StandardCharsets.UTF_8).strip();
      }
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new TmuxVersion(program, said.startsWith("tmux ") ? said.substring(5) : said);
    } catch (IOException e) {
      throw failure(program, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while asking tmux for its version", e);
    }
  }

  private static SymphonyException failure(Path program, IOException e) {
    return new SymphonyException(program + " -V cannot be run: " + Programs.reason(e), e);
  }

  /** Refuses what is too old for this backend, in one line. */
  void require() {
    if (!isNewEnough(text)) {
      throw new SymphonyException(
          "tmux "
              + text
              + " is too old: Symphony needs "
              + WANTED
              + " or newer ("
              + program
              + "); install a newer one"
              + OTHER_WAY);
    }
  }

  /** Whether a version as tmux prints it is 3.2a or newer; one without a number counts as new. */
  static boolean isNewEnough(String text) {
    int digit = 0;
    while (digit < text.length() && !isDigit(text.charAt(digit))) {
      digit++;
    }
    if (digit == text.length()) {
      // "master": built from source, newer than any release.
      return true;
    }
    int dot = digit;
    while (dot < text.length() && isDigit(text.charAt(dot))) {
      dot++;
    }
    int end = dot;
    if (end < text.length() && text.charAt(end) == '.') {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    int major = number(text, digit, dot);
    int minor = end > dot ? number(text, dot + 1, end) : 0;
    if (text.startsWith("openbsd-")) {
      // There tmux is part of the system and has its number; 7.0 was the first after 3.2a.
      return major >= 7;
    }
    if (major != 3 || minor != 2) {
      return major > 3 || (major == 3 && minor > 2);
    }
    // 3.2 itself, its candidates (3.2-rc1) and what came before it (next-3.2) are too old.
    return end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = Math.min(value * 10 + (text.charAt(i) - '0'), 100_000);
    }
    return value;
  }
}
