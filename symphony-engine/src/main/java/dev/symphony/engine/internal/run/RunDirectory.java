package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one experiment.
 *
 * <p>{@code index} tells what every question needs; {@code phase} how far the launch has come;
 * {@code p/N} belongs to process N: {@code run.sh}, {@code record}, {@code attempts}, {@code log},
 * and {@code go}, without which nothing of it starts any more: taking that away needs no space on a
 * full disk.
 */
public final class RunDirectory {
  /** How far an experiment has come; what it says is overwritten in place. */
  enum Phase {
    /** Being started by the process that it names. */
    LAUNCHING,
    /** All has been started. */
    LAUNCHED,
    /** Being removed. */
    DELETING
  }

  private static final int PHASE_SIZE = 64;

  private final Path root;

  RunDirectory(Path root) {
    this.root = root;
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** The directory of a process. */
  public Path process(int index) {
    return root.resolve("p").resolve(Integer.toString(index));
  }

  /** The log of a process. */
  public Path log(int index) {
    return process(index).resolve("log");
  }

  /** When logs grew, as the sampler notes it. */
  public Path samples() {
    return root.resolve("samples");
  }

  /** The script that runs a process. */
  public Path script(int index) {
    return process(index).resolve("run.sh");
  }

  String recordFile(int index) {
    return root + "/p/" + index + "/record";
  }

  RunIndex index() throws IOException {
    return RunIndex.read(root.resolve("index"));
  }

  /** The phase as bytes of a fixed size, so that it can be overwritten on a full disk. */
  static byte[] phase(Phase phase, long pid, long start) {
    StringBuilder text = new StringBuilder(PHASE_SIZE);
    text.append(phase.name()).append(' ').append(pid).append(' ').append(start).append(' ');
    while (text.length() < PHASE_SIZE - 1) {
      text.append(' ');
    }
    return text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void writePhase(Phase phase, long pid, long start) throws IOException {
    overwrite(root.resolve("phase"), phase(phase, pid, start));
  }

  /** The words of the phase: its name, and the pid and start time of who is at it. */
  String[] readPhase() throws IOException {
    return Files.readString(root.resolve("phase"), StandardCharsets.ISO_8859_1).split(" +", 4);
  }

  /** Lets a process start. */
  void allow(int index) throws IOException {
    try {
      allow(root, process(index));
    } catch (FileAlreadyExistsException e) {
      return;
    }
  }

  /** Lets the process of a folder start; a second name of one file is made faster than a file. */
  static void allow(Path experiment, Path folder) throws IOException {
    Path go = folder.resolve("go");
    try {
      Files.createLink(go, experiment.resolve("index"));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.createFile(go);
    }
  }

  /** Keeps a process from starting. */
  void forbid(int index) throws IOException {
    Files.deleteIfExists(process(index).resolve("go"));
  }

  boolean isAllowed(int index) {
    return Files.exists(process(index).resolve("go"));
  }

  void writeRecord(int index, byte[] record) throws IOException {
    overwrite(process(index).resolve("record"), record);
  }

  @Nullable ProcessRecord record(int index) throws IOException {
    return ProcessRecord.read(process(index).resolve("record"));
  }

  /** Writes over what is there, so that no new space is needed. */
  private static void overwrite(Path file, byte[] bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toString(), "rw")) {
      out.write(bytes);
    }
  }

  /** One line for the user about a file that could not be read or written. */
  static SymphonyException failure(String doing, Path file, IOException e) {
    String reason = e.getMessage();
    if (e instanceof java.nio.file.AccessDeniedException) {
      reason = "permission denied";
    } else if (e instanceof java.nio.file.FileSystemException failed
        && failed.getReason() != null) {
      reason = failed.getReason();
    }
    return new SymphonyException("cannot " + doing + " " + file + ": " + reason, e);
  }
}
