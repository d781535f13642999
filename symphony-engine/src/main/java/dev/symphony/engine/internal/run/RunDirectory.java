package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.ProcessRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one experiment.
 *
 * <p>{@code index} tells what every question needs; {@code phase} how far the launch has come;
 * {@code p/N.sh}, its script, which begins with its record, {@code p/N.log}, {@code p/N.attempts}
 * and {@code p/N.go} belong to process N. Without the last nothing of it starts any more: taking
 * that away needs no space on a full disk. A process has no directory of its own, and no file that
 * it can do without: where thousands have just been deleted, ext4 takes up to a third of a
 * millisecond for each new one.
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
  private final Path processes;

  RunDirectory(Path root) {
    this.root = root;
    this.processes = root.resolve("p");
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** Where the files of all processes are. */
  Path processes() {
    return processes;
  }

  /** What the names of a process's files begin with. */
  public Path files(int index) {
    return processes.resolve(Integer.toString(index));
  }

  /** The log of a process. */
  public Path log(int index) {
    return processes.resolve(index + ".log");
  }

  /** When logs grew, as the sampler notes it. */
  public Path samples() {
    return root.resolve("samples");
  }

  /** The script that runs a process. */
  public Path script(int index) {
    return processes.resolve(index + ".sh");
  }

  /** What a process that takes over no more than some variables takes over. */
  Path environment(int index) {
    return processes.resolve(index + ".env");
  }

  /** The file that begins with the record of a process. */
  String recordFile(int index) {
    return root + "/p/" + index + ".sh";
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

  /** Lets a process start that may not; a second name of one file is made faster than a file. */
  void allow(int index) throws IOException {
    Path go = go(index);
    try {
      Files.createLink(go, root.resolve("index"));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.createFile(go);
    }
  }

  /** Keeps a process from starting. */
  void forbid(int index) throws IOException {
    Files.deleteIfExists(go(index));
  }

  boolean isAllowed(int index) {
    return Files.exists(go(index));
  }

  private Path go(int index) {
    return processes.resolve(index + ".go");
  }

  void writeRecord(int index, String record) throws IOException {
    overwrite(script(index), record.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The record of a process as it is written. */
  String recordLine(int index) throws IOException {
    try (InputStream in = Files.newInputStream(script(index))) {
      return new String(in.readNBytes(ProcessRecord.SIZE), StandardCharsets.ISO_8859_1);
    }
  }

  @Nullable ProcessRecord record(int index) throws IOException {
    return ProcessRecord.read(recordFile(index), new byte[ProcessRecord.SIZE]);
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
