package dev.symphony.engine.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A launching program in a Java virtual machine of its own. */
public final class Jvm implements AutoCloseable {
  /** A user without any rights, who owns nothing and runs nothing else. */
  public static final int STRANGER = 100_000 + (int) ProcessHandle.current().pid();

  private final Process process;
  private final BufferedReader out;

  private Jvm(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** The words that start a program with the class path of these tests. */
  public static List<String> command(Class<?> main, String... arguments) {
    return command(System.getProperty("java.class.path"), main, arguments);
  }

  /** The same with another class path. */
  public static List<String> command(String classPath, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    // What the virtual machine warns of would stand between the lines of the program.
    words.addAll(List.of("-Xlog:disable", "-cp", classPath));
    words.add(main.getName());
    words.addAll(List.of(arguments));
    return words;
  }

  /** The words that let another user run a command. */
  public static List<String> asStranger(List<String> command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("setpriv", "--reuid=" + STRANGER, "--regid=" + STRANGER));
    words.add("--clear-groups");
    words.addAll(command);
    return words;
  }

  /** Starts it; its errors go to a file of the directory it works in. */
  public static Jvm start(List<String> command, Map<String, String> environment, Path directory)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path errors = Files.createTempFile(directory, "program", ".err");
    builder.redirectError(errors.toFile());
    return new Jvm(builder.start());
  }

  /** Sends it a line. */
  public void tell(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  /** The next line that it prints; null at its end. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** All it prints until it ends. */
  public List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      lines.add(line);
    }
    return lines;
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Its pid. */
  public long pid() {
    return process.pid();
  }

  /** Its exit code. */
  public int code() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the program has not ended within a minute");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** A directory that every user can reach and write to, as that of the system is. */
  public static Path openDirectory() throws IOException {
    Path directory = Files.createTempDirectory("symphony-test");
    Files.setAttribute(directory, "unix:mode", 01777);
    return directory;
  }

  /** Copies the class path of these tests to where another user can read it. */
  public static String classPathFor(Path directory) throws IOException {
    StringBuilder path = new StringBuilder();
    int number = 0;
    for (String element : System.getProperty("java.class.path").split(":")) {
      Path from = Path.of(element);
      if (Files.exists(from) && !element.contains("junit") && !element.contains("surefire")) {
        Path to = directory.resolve("classpath").resolve(Integer.toString(number++));
        copy(from, to.resolve(from.getFileName()));
        path.append(path.length() == 0 ? "" : ":").append(to.resolve(from.getFileName()));
      }
    }
    return path.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(from.equals(file) ? to.getParent() : target.getParent());
            try (InputStream in = Files.newInputStream(file)) {
              Files.copy(in, from.equals(file) ? to : target);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Removes a directory and all below it. */
  public static void remove(Path directory) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(directory)) {
      all = new ArrayList<>(walk.toList());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }
}
