package dev.symphony.engine.internal.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a small program of the system prints, for systems whose kernel has no files to read. */
final class Answer {
  private Answer() {}

  /**
   * The output of a command without the white space around it; empty when it fails or is missing.
   */
  static String of(String... command) {
    return of(List.of(command));
  }

  /**
   * The output of a command without the white space around it; empty when it fails or is missing.
   */
  static String of(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      // Month names and hours are parsed: no translations, and no hour that comes twice.
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("TZ", "UTC");
      Process process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      return code == 0 ? new String(output, StandardCharsets.UTF_8).strip() : "";
    } catch (IOException missing) {
      return "";
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
