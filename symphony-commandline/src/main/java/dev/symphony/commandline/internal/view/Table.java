package dev.symphony.commandline.internal.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns that line up, two spaces apart, without spaces at the end of lines. */
public final class Table {
  private static final int GAP = 2;

  /** No last column is cut to less than this. */
  private static final int LEAST = 8;

  private static final String SPACES = "                                ";

  private record Cell(String text, Paint paint) {}

  private final List<List<Cell>> rows = new ArrayList<>();
  private final int columns;

  /** A table with these headings. */
  public Table(String... headings) {
    columns = headings.length;
    row(headings);
    for (int i = 0; i < columns; i++) {
      paint(i, Paint.BOLD);
    }
  }

  /** Adds a row of as many cells as there are headings. */
  public Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns + " columns");
    }
    List<Cell> row = new ArrayList<>(columns);
    for (String cell : cells) {
      row.add(new Cell(Text.oneLine(cell), Paint.PLAIN));
    }
    rows.add(row);
    return this;
  }

  /** Colours a cell of the row added last. */
  public Table paint(int column, Paint paint) {
    List<Cell> row = rows.get(rows.size() - 1);
    row.set(column, new Cell(row.get(column).text(), paint));
    return this;
  }

  /** Prints all rows; on a terminal the last column ends where the line does. */
  public void print(Terminal terminal) {
    Output out = terminal.out();
    int width = out.isTerminal() && terminal.mayNotFit(longest()) ? terminal.width() : 0;
    StringBuilder text = new StringBuilder();
    for (String line : lines(width, out.hasColor())) {
      text.append(line).append('\n');
    }
    out.print(text.toString());
  }

  /** Prints all rows whole, however long. */
  public void printWhole(Output out) {
    StringBuilder text = new StringBuilder();
    for (String line : lines(0, out.hasColor())) {
      text.append(line).append('\n');
    }
    out.print(text.toString());
  }

  /**
   * The rows as lines, the headings first.
   *
   * @param width where lines end; 0 for nowhere
   */
  public List<String> lines(int width, boolean color) {
    int[] widths = widths();
    int before = 0;
    for (int i = 0; i < columns - 1; i++) {
      before += widths[i] + GAP;
    }
    int last = width <= 0 ? Integer.MAX_VALUE : Math.max(LEAST, width - before);
    List<String> lines = new ArrayList<>(rows.size());
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, last, color));
    }
    return lines;
  }

  private String line(List<Cell> row, int[] widths, int lastWidth, boolean color) {
    int end = columns;
    while (end > 0 && row.get(end - 1).text().isEmpty()) {
      end--;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < end; i++) {
      Cell cell = row.get(i);
      String text = i == columns - 1 ? cut(cell.text(), lastWidth) : cell.text();
      line.append(color ? cell.paint().on(text) : text);
      if (i < end - 1) {
        pad(line, widths[i] + GAP - text.length());
      }
    }
    return line.toString();
  }

  /** In pieces: a cold JVM interprets this, and characters one by one take it ten times as long. */
  private static void pad(StringBuilder line, int count) {
    int left = count;
    while (left > 0) {
      int piece = Math.min(left, SPACES.length());
      line.append(SPACES, 0, piece);
      left -= piece;
    }
  }

  private int longest() {
    int total = GAP * (columns - 1);
    for (int width : widths()) {
      total += width;
    }
    return total;
  }

  private int[] widths() {
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).text().length());
      }
    }
    return widths;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
