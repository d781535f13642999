package dev.symphony.image;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a {@link DockerBuilder} of settings that come from a file or a map. */
final class DockerSettings {
  private static final String DOCKERFILE = "dockerfile";
  private static final String CONTEXTS = "context_directories";
  private static final String TEMP_DIRECTORY = "temp_directory";
  private static final String VERBOSE = "verbose";
  private static final String PROGRAM = "program";
  private static final String BUILD_OPTIONS = "build_options";
  private static final String PUSH_OPTIONS = "push_options";
  private static final List<String> OF_BUILD =
      List.of(DOCKERFILE, CONTEXTS, TEMP_DIRECTORY, VERBOSE, PROGRAM, BUILD_OPTIONS, PUSH_OPTIONS);

  private static final String NAME = "name";
  private static final String PATH = "path";
  private static final String FORCE_UPDATE = "force_update";
  private static final List<String> OF_CONTEXT = List.of(NAME, PATH, FORCE_UPDATE);

  private DockerSettings() {}

  static DockerBuilder load(Path file, ClusterContext surroundings) {
    Path absolute = surroundings.workingDirectory().resolve(file);
    Object settings = PlainText.readFile(absolute);
    Path folder = absolute.getParent();
    return read(settings, file.toString(), surroundings, folder == null ? absolute : folder);
  }

  /** Whatever is wrong is said in one line that begins with the source. */
  static DockerBuilder read(
      @Nullable Object settings, String source, ClusterContext surroundings, Path base) {
    try {
      Map<?, ?> fields = fields("the settings", settings, OF_BUILD);
      DockerBuilder builder = new DockerBuilder(text(fields, DOCKERFILE), surroundings, base);
      if (fields.get(TEMP_DIRECTORY) != null) {
        builder.tempDirectory(text(fields, TEMP_DIRECTORY));
      }
      if (fields.get(PROGRAM) != null) {
        builder.program(text(fields, PROGRAM));
      }
      builder.verbose(truth(fields, VERBOSE));
      builder.buildOptions(texts(fields, BUILD_OPTIONS));
      builder.pushOptions(texts(fields, PUSH_OPTIONS));
      int number = 0;
      for (Object context : list(fields, CONTEXTS)) {
        add(builder, CONTEXTS + "[" + number++ + "]", context);
      }
      return builder;
    } catch (SymphonyException e) {
      throw new UsageException(source + ": " + e.getMessage());
    }
  }

  private static void add(DockerBuilder builder, String place, @Nullable Object context) {
    Map<?, ?> fields = fields(place, context, OF_CONTEXT);
    try {
      builder.context(text(fields, NAME), text(fields, PATH), truth(fields, FORCE_UPDATE));
    } catch (UsageException e) {
      throw new UsageException(place + ": " + e.getMessage());
    }
  }

  private static Map<?, ?> fields(String place, @Nullable Object value, List<String> known) {
    if (!(value instanceof Map<?, ?> fields)) {
      throw new UsageException(place + " must be a map with " + String.join(", ", known));
    }
    for (Object key : fields.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw new UsageException(
            place + ": '" + key + "' is not known; known are " + String.join(", ", known));
      }
    }
    return fields;
  }

  private static String text(Map<?, ?> fields, String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw new UsageException("'" + key + "' is missing");
    }
    if (value instanceof String || value instanceof Path) {
      return value.toString();
    }
    throw new UsageException("'" + key + "' must be text, but is " + value);
  }

  /** True where it is not said. */
  private static boolean truth(Map<?, ?> fields, String key) {
    Object value = fields.get(key);
    if (value == null) {
      return true;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new UsageException("'" + key + "' must be true or false, but is " + value);
  }

  private static List<?> list(Map<?, ?> fields, String key) {
    Object value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new UsageException("'" + key + "' must be a list, but is " + value);
  }

  private static String[] texts(Map<?, ?> fields, String key) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(fields, key)) {
      if (!(item instanceof String text)) {
        throw new UsageException("'" + key + "' must hold texts, but has " + item);
      }
      texts.add(text);
    }
    return texts.toArray(String[]::new);
  }
}
