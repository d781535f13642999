package dev.symphony.commandline.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsInUtf8WhateverTheLocale() {
    Terminal terminal = Terminal.of(InputStream.nullInputStream(), out, err, Map.of());
    terminal.out().println("größer → 日本");
    assertEquals("größer → 日本\n", out.toString(UTF_8));
  }

  @Test
  void keepsBytesUntilFlushed() {
    Terminal terminal = Terminal.of(InputStream.nullInputStream(), out, err, Map.of());
    byte[] bytes = {1, (byte) 0xff, 0, 10};
    terminal.out().write(bytes);
    assertEquals(0, out.size());
    terminal.flush();
    assertEquals(4, out.size());
  }

  @Test
  void showsOutputBeforeTheErrorThatFollowsIt() {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    Terminal terminal = Terminal.of(InputStream.nullInputStream(), both, both, Map.of());
    terminal.out().print("first ");
    terminal.err().println("second");
    assertEquals("first second\n", both.toString(UTF_8));
  }

  @Test
  void colorsOnlyATerminalAndNeverWithNoColor() {
    Map<String, String> usual = Map.of("TERM", "xterm-256color");
    assertTrue(interactive("", usual).out().hasColor());
    assertFalse(Terminal.of(InputStream.nullInputStream(), out, err, usual).out().hasColor());
    assertFalse(interactive("", Map.of("TERM", "xterm", "NO_COLOR", "1")).out().hasColor());
    assertTrue(interactive("", Map.of("TERM", "xterm", "NO_COLOR", "")).out().hasColor());
    assertFalse(interactive("", Map.of("TERM", "dumb")).err().hasColor());
    assertEquals("\u001b[31mred\u001b[0m", interactive("", usual).out().paint(Paint.RED, "red"));
    assertEquals("red", interactive("", Map.of()).out().paint(Paint.RED, "red"));
  }

  @Test
  void asksOnStandardErrorAndReadsOneLine() {
    Terminal terminal = interactive("y\r\nnext\nlast", Map.of());
    assertEquals("y", terminal.ask("Delete? "));
    assertEquals("next", terminal.ask(""));
    assertEquals("last", terminal.ask(""));
    assertNull(terminal.ask(""));
    assertEquals("Delete? \n", err.toString(UTF_8));
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void takesTheWidthFromColumns() {
    assertEquals(123, interactive("", Map.of("COLUMNS", "123")).width());
    Terminal file = Terminal.of(InputStream.nullInputStream(), out, err, Map.of("COLUMNS", "wide"));
    assertEquals(80, file.width());
  }

  @Test
  void tellsAReaderThatLeftFromADiskThatIsFull() {
    Terminal piped =
        Terminal.of(InputStream.nullInputStream(), failing("Broken pipe"), err, Map.of());
    assertThrows(BrokenPipeException.class, () -> piped.out().println("text"));
    Terminal full =
        Terminal.of(
            InputStream.nullInputStream(), failing("No space left on device"), err, Map.of());
    OutputException error = assertThrows(OutputException.class, () -> full.out().println("text"));
    assertEquals("cannot write to standard output: No space left on device", error.getMessage());
    full.err().println("error: " + error.getMessage());
    full.flush();
    assertEquals(
        "error: cannot write to standard output: No space left on device\n", err.toString(UTF_8));
  }

  @Test
  void losesWhatStandardErrorDoesNotTake() {
    Terminal terminal =
        Terminal.of(InputStream.nullInputStream(), out, failing("Broken pipe"), Map.of());
    terminal.err().println("warning");
    terminal.out().println("result");
    assertEquals("result\n", out.toString(UTF_8));
  }

  private Terminal interactive(String input, Map<String, String> environment) {
    return Terminal.interactive(
        new ByteArrayInputStream(input.getBytes(UTF_8)), out, err, environment);
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
