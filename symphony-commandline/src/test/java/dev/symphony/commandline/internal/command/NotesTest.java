package dev.symphony.commandline.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.commandline.internal.view.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a long step tells, on a terminal and elsewhere. */
class NotesTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void pushTo(Terminal terminal) {
    Notes notes = new Notes(terminal);
    notes.step("layer a: 1 B of 3 B", false);
    notes.step("layer a: 3 B", false);
    notes.step("layer a: 3 B sent", true);
    notes.step("layer b: 1 B", false);
    notes.tell("pushed");
    notes.step("a step that is wider than the terminal", false);
    terminal.err().println("error");
  }

  @Test
  void oneLineIsWrittenAgainAndAgainOnATerminal() {
    Map<String, String> narrow = Map.of("COLUMNS", "24");
    pushTo(
        Terminal.interactive(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, narrow));
    assertEquals(
        "layer a: 1 B of 3 B"
            + taken(19)
            + "layer a: 3 B"
            + taken(12)
            + "layer a: 3 B sent\nlayer b: 1 B"
            + taken(12)
            + "pushed\na step that is wider th"
            + taken(23)
            + "error\n",
        err.toString(UTF_8));
  }

  private static String taken(int columns) {
    return "\r" + " ".repeat(columns) + "\r";
  }

  @Test
  void onlyWhatCameOfItIsToldElsewhere() {
    pushTo(
        Terminal.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, Map.of()));
    assertEquals("pushed\nerror\n", err.toString(UTF_8));
  }
}
