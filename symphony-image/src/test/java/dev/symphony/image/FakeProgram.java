package dev.symphony.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A program such as docker that notes what it was called with. */
final class FakeProgram {
  private static final String RECORDING =
      """
      #!/bin/sh
      echo "$@" >> "$CALLS"
      while [ $# -gt 1 ]; do
        [ "$1" = --iidfile ] && iid=$2
        shift
      done
      """;

  private final Path calls;

  private FakeProgram(Path calls) {
    this.calls = calls;
  }

  /**
   * Makes one.
   *
   * @param folder where; its calls are noted in a file {@code calls} there, which {@code $CALLS}
   *     has to name
   * @param rest what its script goes on with; {@code $iid} is the file for the image's id
   */
  static FakeProgram make(Path folder, String name, String rest) throws IOException {
    Path program = Files.writeString(folder.resolve(name), RECORDING + rest + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new FakeProgram(folder.resolve("calls"));
  }

  /** The words of each call. */
  List<String> calls() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }
}
