package dev.symphony.image;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.image.internal.docker.BuildProgram;
import dev.symphony.image.internal.docker.ContextFolder;
import dev.symphony.image.internal.docker.ContextSource;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds an image from a Dockerfile and from files and folders anywhere on the disk, with the
 * user's {@code docker}, {@code podman}, {@code buildah} or {@code nerdctl}.
 *
 * <pre>{@code
 * DockerBuilder builder = DockerBuilder.of("~/surreal/Surreal/container/DockerfileCPU")
 *     .context("surreal", "~/surreal/Surreal")
 *     .context("mjkey.txt", "~/.mujoco/mjkey.txt", false);
 * builder.build();
 * builder.push("registry.example.org/me/surreal", "1");
 * }</pre>
 *
 * <p>In paths a leading {@code ~} is the user's home folder; relative ones start from the working
 * directory, those of a settings file from its folder. For one thread at a time.
 */
public final class DockerBuilder {
  private final ClusterContext surroundings;
  private final BuildPaths paths;
  private final Path dockerfile;
  private final List<ContextSource> contexts = new ArrayList<>();
  private final Set<String> tagged = new HashSet<>();
  private Path tempDirectory;
  private @Nullable String program;
  private List<String> buildOptions = List.of();
  private List<String> pushOptions = List.of();
  private boolean verbose = true;
  private Consumer<String> output = System.err::println;
  private @Nullable String imageId;

  DockerBuilder(String dockerfile, ClusterContext surroundings, Path base) {
    this.surroundings = surroundings;
    this.paths = new BuildPaths(surroundings.home(), base);
    this.dockerfile = paths.expand("dockerfile", dockerfile);
    this.tempDirectory = BuildPaths.usualTempDirectory(surroundings, this.dockerfile);
  }

  /** One with a Dockerfile and no contexts yet. */
  public static DockerBuilder of(String dockerfile) {
    return of(dockerfile, ClusterContext.system());
  }

  /** One in given surroundings: their environment, home folder and working directory are used. */
  public static DockerBuilder of(String dockerfile, ClusterContext surroundings) {
    return new DockerBuilder(dockerfile, surroundings, surroundings.workingDirectory());
  }

  /**
   * One with settings such as a file has.
   *
   * @param settings {@code dockerfile}, and any of {@code context_directories} (maps of {@code
   *     name}, {@code path}, {@code force_update}), {@code temp_directory}, {@code verbose}, {@code
   *     program}, {@code build_options}, {@code push_options}
   * @throws UsageException in one line for a setting that is missing, unknown or of another kind
   */
  public static DockerBuilder of(Map<String, ?> settings) {
    return of(settings, ClusterContext.system());
  }

  /** One with settings such as a file has, in given surroundings. */
  public static DockerBuilder of(Map<String, ?> settings, ClusterContext surroundings) {
    return DockerSettings.read(
        settings, "docker settings", surroundings, surroundings.workingDirectory());
  }

  /**
   * One with the settings of a file.
   *
   * @param file YAML or JSON; its name ends in {@code .yaml}, {@code .yml} or {@code .json}
   * @throws NotFoundException where there is no such file
   * @throws SymphonyException in one line for what cannot be read
   */
  public static DockerBuilder load(Path file) {
    return load(file, ClusterContext.system());
  }

  /** One with the settings of a file, in given surroundings. */
  public static DockerBuilder load(Path file, ClusterContext surroundings) {
    return DockerSettings.load(file, surroundings);
  }

  /** Adds a file or a folder to the context, and brings it up to date in every build. */
  public DockerBuilder context(String name, String path) {
    return context(name, path, true);
  }

  /**
   * Adds a file or a folder to the context.
   *
   * @param name its path in the context, such as {@code surreal} or {@code libs/surreal}
   * @param path where it is copied from
   * @param forceUpdate false to keep the copy of the last build where there is one
   * @throws UsageException where the name is empty, absolute or leaves the context, or where one
   *     in, above or equal to it was given before
   */
  public DockerBuilder context(String name, String path, boolean forceUpdate) {
    Path relative = BuildPaths.name(name);
    Path from = paths.expand("the path of context " + name, path);
    for (ContextSource other : contexts) {
      if (relative.equals(other.name())) {
        throw new UsageException(
            "context " + name + " is given twice: for " + other.path() + " and for " + from);
      }
      if (relative.startsWith(other.name()) || other.name().startsWith(relative)) {
        throw new UsageException(
            "contexts " + other.name() + " and " + name + " lie in one another");
      }
    }
    contexts.add(new ContextSource(relative, from, forceUpdate));
    return this;
  }

  /**
   * Where the context is gathered: in a folder {@code symphony-docker-build} below this one, which
   * is made where it is missing. By default one for each Dockerfile below {@code
   * $XDG_CACHE_HOME/symphony/docker}, or {@code ~/.cache/symphony/docker}.
   */
  public DockerBuilder tempDirectory(String directory) {
    tempDirectory = paths.expand("temp_directory", directory);
    return this;
  }

  /**
   * What builds: {@code docker}, {@code podman}, {@code buildah} or {@code nerdctl}; by default the
   * first of these that is on the PATH.
   */
  public DockerBuilder program(String name) {
    if (!BuildProgram.NAMES.contains(name)) {
      throw new UsageException(
          "program '"
              + name
              + "' is not known; known are "
              + String.join(", ", BuildProgram.NAMES));
    }
    program = name;
    return this;
  }

  /** More options for the program's {@code build}, such as {@code --build-arg}, {@code A=1}. */
  public DockerBuilder buildOptions(String... options) {
    buildOptions = List.of(options);
    return this;
  }

  /** More options for the program's {@code push}, such as {@code --quiet}. */
  public DockerBuilder pushOptions(String... options) {
    pushOptions = List.of(options);
    return this;
  }

  /** Whether to show what is copied and what the program prints; true by default. */
  public DockerBuilder verbose(boolean show) {
    verbose = show;
    return this;
  }

  /**
   * Who gets each line that is shown, as soon as it is complete; stderr by default. Called in the
   * thread that builds; what it throws ends the build.
   */
  public DockerBuilder output(Consumer<String> lines) {
    output = lines;
    return this;
  }

  /**
   * Gathers the context and builds the image.
   *
   * @return the image's id, as the program has it: {@code sha256:…}
   * @throws NotFoundException where the Dockerfile, a context or the program does not exist
   * @throws SymphonyException where a step fails, with the exit code and the last lines of what the
   *     program printed; where another program's folder is in the way; where another build is using
   *     the temporary directory
   */
  public String build() {
    imageId = null;
    tagged.clear();
    BuildProgram builder = builder();
    if (!Files.isRegularFile(dockerfile)) {
      throw new NotFoundException("the Dockerfile " + dockerfile + " is not a file that exists");
    }
    try (ContextFolder folder = ContextFolder.open(tempDirectory)) {
      folder.gather(contexts, shown());
      String id = builder.build(dockerfile, folder.context(), buildOptions, folder.imageIdFile());
      imageId = id;
      return id;
    }
  }

  /**
   * Names the image that was built.
   *
   * @param repository such as {@code registry.example.org/me/app}
   * @return the name: {@code repository:tag}
   * @throws UsageException for what is no repository or no tag
   * @throws SymphonyException where nothing was built, or the program fails
   */
  public String tag(String repository, String tag) {
    String reference = reference(repository, tag);
    builder().tag(built(), reference);
    tagged.add(reference);
    return reference;
  }

  /**
   * Sends the image that was built to its registry, and names it first where {@link #tag} has not.
   *
   * @param repository which begins with the registry's host
   * @return the name: {@code repository:tag}
   * @throws UsageException for what is no repository or no tag
   * @throws SymphonyException where nothing was built, or the program fails
   */
  public String push(String repository, String tag) {
    String reference = reference(repository, tag);
    built();
    if (!tagged.contains(reference)) {
      tag(repository, tag);
    }
    builder().push(reference, pushOptions);
    return reference;
  }

  private String built() {
    if (imageId == null) {
      throw new SymphonyException("no image was built yet: call build() first");
    }
    return imageId;
  }

  private static String reference(String repository, String tag) {
    String reference = repository + ":" + tag;
    ImageNames.check("image", reference);
    return reference;
  }

  private BuildProgram builder() {
    return BuildProgram.find(
        program, surroundings.environment(), surroundings.workingDirectory(), shown());
  }

  private Consumer<String> shown() {
    return verbose ? output : line -> {};
  }
}
