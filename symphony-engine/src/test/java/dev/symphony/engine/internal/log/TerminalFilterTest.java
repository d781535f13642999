package dev.symphony.engine.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalFilterTest {
  private static final String BARRIER = "\033[6n";

  @Test
  void passesPlainLinesAndUtf8Untouched() {
    assertText("häßlich\t漢字 🎻\nzwei\n", "häßlich\t漢字 🎻\nzwei\n");
  }

  @Test
  void endsLinesAsFilesDo() {
    assertText("one\ntwo\n\nthree", "one\r\ntwo\r\r\n\r\nthree");
  }

  @Test
  void dropsColoursTitlesLinksAndCharacterSets() {
    assertText("red plain\n", "\033[1;31mred\033[0m plain\r\n");
    assertText("after\n", "\033]0;a title\007after\r\n");
    assertText("link\n", "\033]8;;http://a/b\033\\link\033]8;;\033\\\r\n");
    assertText("x\n", "\033(B\033[?25h\033=\033#8x\007\016\017\000\r\n");
    assertText("y\n", "\033P1;2qabc\033\\y\r\n");
    assertText("keys\n", "\033[38:2::1:2:3mkeys\033[>4;2m\r\n");
  }

  @Test
  void dropsTheBarrierOfTheWrapper() {
    assertText("first\nsecond\n", "first\r\n" + BARRIER + "second\r\n" + BARRIER);
  }

  @Test
  void keepsTheLastDrawingOfALine() {
    assertText("100%\n", "  1%\r 50%\r100%\r\n");
    assertText("100%", "  1%\r 50%\r100%\r");
    assertText("before\ndone\n", "before\r\nworking…\r\033[Kdone\r\n");
    assertText("\n", "working…\r\033[K\r\n");
    assertText("new\n", "old\033[2K\rnew\r\n");
    assertText("kept\n", "kept\033[K\r\n");
    assertText("kept\n", "kept\r\033[32m\r\n");
  }

  @Test
  void backspaceTakesOneCharacterAndNeverMoreThanTheLine() {
    assertText("abd\n", "abc\bd\n");
    assertText("aé\n", "aéü\b\n");
    assertText("a🎼\n", "a🎻\b🎼\n");
    assertText("one\nx\n", "one\n\b\b\bx\n");
    assertText("passw\n", "passwd\b \b\n");
  }

  @Test
  void lineFeedEndsASequenceThatNeverEnds() {
    assertText("\nvisible\n", "\033]0;never ended\nvisible\n");
    assertText("\nvisible\n", "\033[12\nvisible\n");
    assertText("visible\n", "\033[12\030visible\n");
    assertText("é\n", "\033[1é\n");
  }

  @Test
  void cutsAnywhereChangeNothing() {
    String nasty =
        "a\r\nb\033[31mré\033[0m\r\n 1%\r 2%\033[K\r 3%\r\n\033]0;t\033\\x\b\by\r\r\nü\b"
            + BARRIER
            + "end\033(Bé\033P..\033\\\r\n"
            + BARRIER;
    byte[] bytes = nasty.getBytes(StandardCharsets.UTF_8);
    String whole = filtered(TerminalFilter.text(), bytes, bytes.length);
    String wholeRaw = filtered(TerminalFilter.raw(), bytes, bytes.length);
    assertEquals(nasty.replace(BARRIER, ""), wholeRaw);
    for (int size = 1; size < bytes.length; size++) {
      assertEquals(whole, filtered(TerminalFilter.text(), bytes, size), "pieces of " + size);
      assertEquals(wholeRaw, filtered(TerminalFilter.raw(), bytes, size), "pieces of " + size);
    }
  }

  @Test
  void rawKeepsEverythingButTheBarrier() {
    assertRaw("a\r\n\033[31mb\033[6mc\033[6", "a\r\n\033[31mb\033[6mc" + BARRIER + "\033[6");
    assertRaw("\033\033[x", "\033\033[x");
    assertRaw("\033", "\033" + BARRIER);
  }

  @Test
  void drawsABrokenOffLineAgainAsAnotherLine() {
    TerminalFilter filter = TerminalFilter.text();
    accept(filter, "10%");
    assertEquals(0, filter.ready());
    filter.breakOff();
    assertEquals("10%", take(filter));
    accept(filter, "\r20%\r30%");
    filter.breakOff();
    assertEquals("\n30%", take(filter));
    accept(filter, " done\r\nnext\r\n");
    assertEquals(" done\nnext\n", take(filter));
  }

  @Test
  void survivesNoiseAndNeverGrowsIt() {
    Random random = new Random(7);
    byte[] noise = new byte[200_000];
    random.nextBytes(noise);
    TerminalFilter filter = TerminalFilter.text();
    int out = 0;
    for (int at = 0; at < noise.length; ) {
      int count = Math.min(noise.length - at, 1 + random.nextInt(700));
      filter.accept(noise, at, count);
      out += filter.ready();
      filter.taken();
      at += count;
    }
    filter.finish();
    assertTrue(out + filter.ready() <= noise.length);
  }

  @Test
  void passesAnEndlessLineInPieces() {
    TerminalFilter filter = TerminalFilter.text();
    byte[] piece = new byte[100_000];
    java.util.Arrays.fill(piece, (byte) 'x');
    long out = 0;
    for (int i = 0; i < 50; i++) {
      filter.accept(piece, 0, piece.length);
      out += filter.ready();
      filter.taken();
    }
    filter.finish();
    assertEquals(5_000_000, out + filter.ready());
    assertTrue(out > 0);
  }

  private static void assertText(String expected, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    assertEquals(expected, filtered(TerminalFilter.text(), bytes, bytes.length));
  }

  private static void assertRaw(String expected, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    assertEquals(expected, filtered(TerminalFilter.raw(), bytes, bytes.length));
  }

  private static void accept(TerminalFilter filter, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    filter.accept(bytes, 0, bytes.length);
  }

  private static String take(TerminalFilter filter) {
    String text = new String(filter.bytes(), 0, filter.ready(), StandardCharsets.UTF_8);
    filter.taken();
    return text;
  }

  private static String filtered(TerminalFilter filter, byte[] bytes, int pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += pieces) {
      filter.accept(bytes, at, Math.min(pieces, bytes.length - at));
      out.write(filter.bytes(), 0, filter.ready());
      filter.taken();
    }
    filter.finish();
    out.write(filter.bytes(), 0, filter.ready());
    return out.toString(StandardCharsets.UTF_8);
  }
}
