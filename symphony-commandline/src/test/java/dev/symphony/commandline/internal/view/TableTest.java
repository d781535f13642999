package dev.symphony.commandline.internal.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void alignsColumnsTwoSpacesApartWithoutSpacesAtTheEnd() {
    Table table = new Table("Group", "Name", "State");
    table.row("", "agent-0", "running: 23.2h").row("nonagent", "replay", "");
    assertEquals(
        List.of(
            "Group     Name     State", "          agent-0  running: 23.2h", "nonagent  replay"),
        table.lines(0, false));
  }

  @Test
  void keepsNoSpacesWhereTheLastCellsOfARowAreEmpty() {
    assertEquals(
        List.of("A  B  C", "x"), new Table("A", "B", "C").row("x", "", "").lines(0, false));
  }

  @Test
  void cutsTheLastColumnOnATerminalOnly() {
    Table table = new Table("Name", "Message").row("a", "a message that goes on and on");
    Map<String, String> narrow = Map.of("COLUMNS", "20");
    table.print(Terminal.interactive(InputStream.nullInputStream(), out, out, narrow));
    assertEquals("Name  Message\na     a message tha…\n", out.toString(UTF_8));
    out.reset();
    table.print(Terminal.of(InputStream.nullInputStream(), out, out, narrow));
    assertEquals("Name  Message\na     a message that goes on and on\n", out.toString(UTF_8));
  }

  @Test
  void alignsWhatIsColored() {
    Table table = new Table("Name", "State").row("a", "failed").paint(0, Paint.RED);
    assertEquals(
        List.of(
            "\u001b[1mName\u001b[0m  \u001b[1mState\u001b[0m", "\u001b[31ma\u001b[0m     failed"),
        table.lines(0, true));
  }

  @Test
  void letsNoMessageMoveTheCursor() {
    Table table = new Table("Message").row("two\nlines \u001b[2J\u009b1m");
    assertEquals(List.of("Message", "two lines  [2J 1m"), table.lines(0, false));
  }
}
