package dev.symphony.image.internal.docker;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Docker's command line, or one that takes the same words. */
public final class BuildProgram {
  /** Those that can be used, in the order that they are looked for. */
  public static final List<String> NAMES = List.of("docker", "podman", "buildah", "nerdctl");

  private final String name;
  private final Path file;
  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final Consumer<String> output;

  private BuildProgram(
      String name,
      Path file,
      Map<String, String> environment,
      Path workingDirectory,
      Consumer<String> output) {
    this.name = name;
    this.file = file;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.output = output;
  }

  /**
   * Finds it on the PATH of an environment.
   *
   * @param wanted its name; null for the first that is there
   * @param environment what it is run with
   * @param workingDirectory where it is run
   * @param output gets each line that it prints
   * @throws NotFoundException where it is not there
   */
  public static BuildProgram find(
      @Nullable String wanted,
      Map<String, String> environment,
      Path workingDirectory,
      Consumer<String> output) {
    for (String name : wanted == null ? NAMES : List.of(wanted)) {
      Path file = Programs.find(name, environment);
      if (file != null) {
        return new BuildProgram(name, file, environment, workingDirectory, output);
      }
    }
    throw new NotFoundException(
        wanted == null
            ? "nothing to build with: install one of " + String.join(", ", NAMES)
            : wanted + " is not on the PATH: install it, or set 'program' to another");
  }

  /**
   * Builds an image.
   *
   * @param dockerfile in the context or elsewhere
   * @param context what it is built from
   * @param options options of the program, which go before those that it is given anyway
   * @param idFile where the program leaves the image's id
   * @return the id: {@code sha256:} and 64 digits, or these alone, as the program has it
   * @throws SymphonyException where a step fails, with the exit code and the last lines
   */
  public String build(Path dockerfile, Path context, List<String> options, Path idFile) {
    List<String> words = new ArrayList<>();
    if (name.equals("buildah")) {
      // The others keep what a step made for the next build without being asked.
      words.addAll(List.of("bud", "--layers"));
    } else {
      words.add("build");
    }
    words.addAll(options);
    words.addAll(List.of("--iidfile", idFile.toString(), "--file", dockerfile.toString()));
    words.add(context.toString());
    try {
      Files.deleteIfExists(idFile);
      run(name + " " + words.get(0) + " of " + dockerfile, words);
      String id = Files.exists(idFile) ? Files.readString(idFile).strip() : "";
      if (id.isEmpty()) {
        throw new SymphonyException(
            name + " ended without an error and without an image: " + idFile + " was not written");
      }
      return id;
    } catch (IOException e) {
      throw new SymphonyException("cannot use " + idFile + ": " + Problems.reason(e), e);
    }
  }

  /** Gives an image a name. */
  public void tag(String imageId, String reference) {
    run(name + " tag " + reference, List.of("tag", imageId, reference));
  }

  /** Sends the image of a name to the registry that the name begins with. */
  public void push(String reference, List<String> options) {
    List<String> words = new ArrayList<>(List.of("push"));
    words.addAll(options);
    words.add(reference);
    run(name + " push " + reference, words);
  }

  private void run(String what, List<String> words) {
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    ProgramRun.run(what, builder, output);
  }
}
