package dev.symphony.commandline.internal.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.symphony.engine.LogStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A log that passes on one given piece a poll. */
final class GivenLog implements LogStream {
  private record Piece(String text, long millis, IOException failure) {}

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  boolean closed;

  /** Lines that came at an unknown time; an empty text is a poll that finds nothing. */
  GivenLog then(String text) {
    return then(text, -1);
  }

  GivenLog then(String text, long millis) {
    pieces.add(new Piece(text, millis, null));
    return this;
  }

  GivenLog thenFails(String message) {
    pieces.add(new Piece("", -1, new IOException(message)));
    return this;
  }

  GivenLog note(String note) {
    notes.add(note);
    return this;
  }

  @Override
  public int poll(Sink sink) throws IOException {
    Piece piece = pieces.poll();
    if (piece == null) {
      return -1;
    }
    if (piece.failure() != null) {
      throw piece.failure();
    }
    // In the middle of a larger buffer, as real streams pass their lines.
    byte[] bytes = ("before" + piece.text() + "after").getBytes(UTF_8);
    int length = bytes.length - 11;
    if (length > 0) {
      sink.lines(bytes, 6, length, piece.millis());
    }
    return length;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    closed = true;
  }
}
