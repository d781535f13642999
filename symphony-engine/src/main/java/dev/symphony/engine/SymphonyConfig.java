package dev.symphony.engine;

import dev.symphony.engine.ConfigFields.Giver;
import dev.symphony.engine.ConfigFields.Origin;
import dev.symphony.engine.internal.data.DataNode;
import dev.symphony.engine.internal.data.DataReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a user or a project prefers, everywhere: the username in front of experiments, the folder
 * that keeps declarations, the cluster, options of backends, and a project's own sections.
 *
 * <pre>{@code
 * # .symphony.yml
 * username: sarah
 * experiment_folder: ~/experiments
 * cluster: tmux
 * tmux:
 *   serverName: work
 * }</pre>
 *
 * <p>Read on the first {@link #get()} from {@code ./.symphony.yml}, then the file that {@code
 * SYMPH_GLOBAL_CONFIG} names, then {@code ~/.symphony.yml}, those that exist. Each field is taken,
 * as a whole, from the first of them that has it. The variables {@code SYMPH_USERNAME}, {@code
 * SYMPH_EXPERIMENT_FOLDER} and {@code SYMPH_CLUSTER} beat files, and what the program says beats
 * both. A field without a value counts as not given.
 *
 * <p>A cluster copies what it needs when it is created. Safe for use by several threads.
 */
public final class SymphonyConfig {
  private static final String USERNAME = "username";
  private static final String FOLDER = "experiment_folder";
  private static final String CLUSTER = "cluster";
  private static final String FILE = ".symphony.yml";
  private static final String GLOBAL = "SYMPH_GLOBAL_CONFIG";

  private static @Nullable SymphonyConfig instance;
  private static @Nullable ConfigSources sourcesOfInstance;

  private final ConfigSources sources;
  private final ConfigFields fields = new ConfigFields();
  private Map<String, Object> overriding = Map.of();
  private boolean overridden;

  private SymphonyConfig(ConfigSources sources) {
    this.sources = sources;
    Path home = sources.home();
    fields.handle(USERNAME, new ConfigHandler(ConfigHandler.Kind.USERNAME, home));
    fields.handle(FOLDER, new ConfigHandler(ConfigHandler.Kind.FOLDER, home));
    fields.handle(CLUSTER, new ConfigHandler(ConfigHandler.Kind.CLUSTER, home));
    for (String backend : new String[] {"local", "tmux", "kube"}) {
      fields.handle(backend, new ConfigHandler(ConfigHandler.Kind.OPTIONS, home));
    }
  }

  /**
   * The configuration of this program, read when it is first asked for.
   *
   * @throws SymphonyException where a file is malformed, or a value in it or in a variable is no
   *     good; the line says where
   */
  public static synchronized SymphonyConfig get() {
    SymphonyConfig config = instance;
    if (config == null) {
      ConfigSources sources = sourcesOfInstance;
      config = load(sources == null ? ConfigSources.ofThisProgram() : sources);
      instance = config;
    }
    return config;
  }

  /** Forgets everything, handlers too, so that the next {@link #get()} reads anew; for tests. */
  public static synchronized void reset() {
    instance = null;
    sourcesOfInstance = null;
  }

  /** Forgets everything, and reads from these places from now on; for tests. */
  public static synchronized void reset(ConfigSources sources) {
    instance = null;
    sourcesOfInstance = sources;
  }

  /**
   * A configuration of its own, read from these places.
   *
   * @throws SymphonyException as {@link #get()} does
   */
  public static SymphonyConfig load(ConfigSources sources) {
    SymphonyConfig config = new SymphonyConfig(sources);
    // First, so that a value of a file that does not count need not be good.
    config.readVariable(USERNAME, "SYMPH_USERNAME");
    config.readVariable(FOLDER, "SYMPH_EXPERIMENT_FOLDER");
    config.readVariable(CLUSTER, "SYMPH_CLUSTER");
    config.readFiles();
    return config;
  }

  // ---- what Symphony knows

  /** What is put in front of the names of new experiments; empty for nothing. */
  public synchronized Optional<String> username() {
    return Optional.ofNullable((String) fields.get(USERNAME));
  }

  /**
   * Sets what is put in front of the names of new experiments.
   *
   * @param name at most 61 lower-case letters, digits and dashes, starting with a letter; empty for
   *     nothing
   * @throws SymphonyException for another name
   */
  public void setUsername(String name) {
    update(Map.of(USERNAME, name));
  }

  /**
   * The name with the username and a dash in front, unless it begins with them already or is the
   * username.
   */
  public String prefixed(String experiment) {
    String name = username().orElse(null);
    if (name == null || experiment.equals(name) || experiment.startsWith(name + "-")) {
      return experiment;
    }
    return name + "-" + experiment;
  }

  /**
   * The folder that keeps the declaration of every launched experiment, absolute; empty for none.
   */
  public synchronized Optional<Path> experimentFolder() {
    return Optional.ofNullable((Path) fields.get(FOLDER));
  }

  /** Sets the folder that keeps declarations; a relative one starts from the working directory. */
  public void setExperimentFolder(Path folder) {
    update(Map.of(FOLDER, folder));
  }

  /**
   * Sets the folder that keeps declarations.
   *
   * @param folder relative to the working directory; a leading {@code ~} is the home folder; empty
   *     for none
   */
  public void setExperimentFolder(String folder) {
    update(Map.of(FOLDER, folder));
  }

  /** The backend to use where the command line names none; empty for no preference. */
  public synchronized Optional<String> clusterName() {
    return Optional.ofNullable((String) fields.get(CLUSTER));
  }

  /**
   * The options of a backend, unchecked: the section of its own name, and above it what {@link
   * #overrideOptions} was given; empty where there are none.
   *
   * @param backend such as {@code tmux}
   */
  @SuppressWarnings("unchecked")
  public synchronized Map<String, Object> options(String backend) {
    if (!fields.isHandled(backend)) {
      // A backend that comes from elsewhere.
      fields.handle(backend, new ConfigHandler(ConfigHandler.Kind.OPTIONS, sources.home()));
    }
    Map<String, Object> section =
        fields.get(backend) instanceof Map<?, ?> options ? (Map<String, Object>) options : Map.of();
    if (overriding.isEmpty()) {
      return section;
    }
    overridden = true;
    Map<String, Object> all = new LinkedHashMap<>(section);
    all.putAll(overriding);
    return Collections.unmodifiableMap(all);
  }

  /**
   * Options that beat those of every backend's section until others are given, as a command line
   * has them.
   */
  public synchronized void overrideOptions(Map<String, ?> options) {
    overriding = Map.copyOf(options);
    overridden = false;
  }

  /** Whether anybody has asked for options since {@link #overrideOptions} gave some. */
  public synchronized boolean overrodeOptions() {
    return overridden;
  }

  // ---- more values

  /**
   * Takes the fields of a YAML or JSON file as if the program gave them.
   *
   * @throws NotFoundException where there is no such file
   * @throws SymphonyException where it is malformed, or a value is no good
   */
  public synchronized void load(Path file) {
    read(file, Giver.PROGRAM);
  }

  /**
   * Takes fields from the program, which beat those of files and variables; null counts as not
   * given.
   *
   * @throws SymphonyException where a value is no good
   */
  public synchronized void update(Map<String, ? extends @Nullable Object> values) {
    for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
      Object value = entry.getValue();
      if (value != null) {
        String field = entry.getKey();
        String words = "the configuration's field '" + field + "', set by the program";
        fields.give(field, value, new Origin(Giver.PROGRAM, words, sources.directory()));
      }
    }
  }

  // ---- a project's own sections

  /**
   * Says who reads a project's own field. A value that was given before is handed over now, later
   * ones as they come.
   *
   * @param parser gets maps, lists, strings, longs, doubles and booleans as the file has them, or
   *     whatever {@link #update} was given; what it throws is reported with the field's place
   * @throws SymphonyException where the field has a handler already
   */
  public synchronized void registerHandler(
      String field, Function<Object, ? extends @Nullable Object> parser) {
    fields.handle(field, (given, origin) -> parser.apply(given));
  }

  /**
   * Says what type a project's own field is: a record, a bean, a list or a simple value, made by
   * Jackson, which refuses properties that the type does not have.
   *
   * @throws SymphonyException where the field has a handler already
   */
  public synchronized void registerHandler(String field, Class<?> type) {
    fields.handle(field, new ConfigType(type));
  }

  /**
   * What the handler of a field made of it; null where nothing was given.
   *
   * @throws SymphonyException where the field has no handler
   * @throws ClassCastException where its handler makes something else
   */
  public synchronized <T> @Nullable T section(String field, Class<T> type) {
    if (!fields.isHandled(field)) {
      throw new SymphonyException(
          "the configuration's field '" + field + "' has no handler; call registerHandler first");
    }
    return type.cast(fields.get(field));
  }

  /**
   * One line for each field that nobody reads, with its file and line; to be shown once every
   * handler is registered.
   */
  public synchronized List<String> warnings() {
    return fields.unread(clusterName().orElse(null));
  }

  // ---- reading

  private void readFiles() {
    Path near = sources.directory().resolve(FILE);
    Path far = sources.home().resolve(FILE);
    if (Files.exists(near)) {
      read(near, Giver.FILE);
    }
    String named = sources.environment().get(GLOBAL);
    if (named != null && !named.isEmpty()) {
      try {
        read(sources.directory().resolve(named), Giver.FILE);
      } catch (NotFoundException e) {
        throw new SymphonyException(GLOBAL + ": " + e.getMessage(), e);
      }
    }
    if (!far.equals(near) && Files.exists(far)) {
      read(far, Giver.FILE);
    }
  }

  private void read(Path file, Giver giver) {
    DataNode root = DataReader.file(file);
    if (root.isNull()) {
      return;
    }
    Path base = file.toAbsolutePath().getParent();
    for (Map.Entry<String, DataNode> entry : root.entries().entrySet()) {
      DataNode node = entry.getValue();
      Object value = node.toPlain();
      if (value != null) {
        String field = entry.getKey();
        String words = node.source() + " line " + node.nameLine() + ": " + field;
        fields.give(
            field, value, new Origin(giver, words, base == null ? sources.directory() : base));
      }
    }
  }

  private void readVariable(String field, String variable) {
    String value = sources.environment().get(variable);
    if (value != null && !value.isEmpty()) {
      fields.give(field, value, new Origin(Giver.ENVIRONMENT, variable, sources.directory()));
    }
  }
}
