package dev.symphony.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symphony.commandline.internal.view.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** What a command printed and ended with. */
record Ran(int code, String out, String err) {
  /** Runs a command where nobody can be asked. */
  static Ran of(SymphonyParser parser, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = parser.run(new ByteArrayInputStream(new byte[0]), out, err, environment, args);
    return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  static Ran of(SymphonyParser parser, String... args) {
    return of(parser, Map.of(), args);
  }

  /** Runs a command on a terminal where somebody types. */
  static Ran typing(
      String typed, SymphonyParser parser, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.interactive(
            new ByteArrayInputStream(typed.getBytes(UTF_8)), out, err, environment);
    int code = parser.run(terminal, false, args);
    return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The first line on standard error. */
  String error() {
    int end = err.indexOf('\n');
    return end < 0 ? err : err.substring(0, end);
  }
}
