package dev.symphony.commandline;

import dev.symphony.commandline.internal.command.BuiltinCommands;
import dev.symphony.commandline.internal.command.Completions;
import dev.symphony.commandline.internal.command.ErrorReport;
import dev.symphony.commandline.internal.command.ImageCommand;
import dev.symphony.commandline.internal.command.Invocation;
import dev.symphony.commandline.internal.command.LaunchCommand;
import dev.symphony.commandline.internal.command.Notes;
import dev.symphony.commandline.internal.command.Program;
import dev.symphony.commandline.internal.command.Rehearsal;
import dev.symphony.commandline.internal.command.UndecodedWords;
import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import dev.symphony.commandline.internal.parse.GlobalOptions;
import dev.symphony.commandline.internal.parse.HelpText;
import dev.symphony.commandline.internal.parse.UsageFailure;
import dev.symphony.commandline.internal.parse.WordReader;
import dev.symphony.commandline.internal.parse.Words;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyConfig;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * A command line of a project's own: its commands beside those that watch and end experiments.
 *
 * <pre>{@code
 * public final class MyProject extends SymphonyParser {
 *   @Override protected Cluster createCluster() {
 *     return Cluster.of(clusterName());
 *   }
 *
 *   @Override protected void setup() {
 *     super.setup();
 *     addClusterOption("local");
 *     Subparser create = addSubparser("create", "c").help("launch the experiment");
 *     create.addArgument("name").nargs("?").setDefault("hello");
 *     addLaunchArguments(create);
 *   }
 *
 *   public int actionCreate(Namespace args) {
 *     ExperimentSpec hello = cluster().newExperiment(args.getString("name"));
 *     hello.newProcess("greeter").command("echo", "hello");
 *     return launch(hello, args);
 *   }
 *
 *   public static void main(String[] args) {
 *     new MyProject().runAndExit(args);
 *   }
 * }
 * }</pre>
 *
 * <p>Exit codes: 0 success, 1 failure, 2 wrong usage, 3 not found, 4 exists already, 124 timed out,
 * 130 interrupted; {@code wait} and {@code exec} those of what they waited for or ran. Not
 * thread-safe: one command at a time.
 */
public abstract class SymphonyParser extends BuiltinActions {
  /** No lambda: the first one costs a program more time than all else before its command. */
  private final Invocation.Clusters clusters =
      new Invocation.Clusters() {
        @Override
        public Cluster get() {
          return cluster();
        }
      };

  private final DeclaredCommands commands = new DeclaredCommands(this);
  private @Nullable String defaultCluster;
  private boolean toldOfConfiguration;
  private @Nullable Invocation invocation;
  private @Nullable Namespace arguments;
  private @Nullable String namespace;
  private @Nullable Cluster cluster;
  private Invocation.@Nullable Clusters madeUp;

  /** Does nothing: commands are set up by the first {@link #run}. */
  protected SymphonyParser() {}

  // ---- what a project says of itself

  /** Makes the cluster, when a command first asks for it; usually {@code Cluster.of(…)}. */
  protected abstract Cluster createCluster();

  /** Adds commands; called once. What is overridden here begins with {@code super.setup()}. */
  protected void setup() {
    new BuiltinCommands().addTo(commands.table());
  }

  /** The program's name in usage; by default that of its jar, else of its class. */
  protected String programName() {
    Program file = startedFile();
    return file == null ? getClass().getSimpleName() : file.name();
  }

  /** What its help says of the program; by default nothing. */
  protected String description() {
    return "";
  }

  /** The program's own version; by default what the manifest of its jar says, or null. */
  protected @Nullable String version() {
    return getClass().getPackage().getImplementationVersion();
  }

  // ---- declaring commands

  /**
   * Adds a command that the method {@code action…} of this class carries out: {@code
   * actionMyCommand(Namespace)} for {@code my-command}, public or protected, void or int.
   *
   * @return where its help, which is required, and its arguments are declared
   * @throws SymphonyException where a name is taken
   */
  protected final Subparser addSubparser(String name, String... aliases) {
    return commands.add(name, null, aliases);
  }

  /** Adds a command with what carries it out, such as {@code this::create}. */
  protected final Subparser addSubparser(String name, Action action, String... aliases) {
    return commands.add(name, action, aliases);
  }

  /** Adds a command with what carries it out, such as {@code this::create}. */
  protected final Subparser addSubparser(String name, VoidAction action, String... aliases) {
    Action ending =
        args -> {
          action.run(args);
          return 0;
        };
    return addSubparser(name, ending, aliases);
  }

  /**
   * A command by its name or alias, to change its help or to add arguments.
   *
   * @throws SymphonyException where there is none
   */
  public final Subparser getSubparser(String name) {
    Command command = commands.prepare().find(name);
    if (command == null) {
      throw new SymphonyException("there is no command '" + name + "'");
    }
    return command;
  }

  /**
   * Adds the options {@code --cluster NAME} and {@code --namespace NS}, before and after every
   * command. A namespace is an option of the cluster that {@code Cluster.of} then makes; backends
   * that have none refuse it.
   *
   * @param defaultName the backend where neither the option nor the configuration names one
   */
  protected final void addClusterOption(String defaultName) {
    defaultCluster = defaultName;
  }

  /** The same where {@link #createCluster} chooses when neither option nor configuration do. */
  protected final void addClusterOption() {
    defaultCluster = "";
  }

  /**
   * Adds what {@link #launch} understands: {@code --dry-run}, {@code --dry-run-server}, {@code
   * --image}, {@code --registry}, {@code --base-image}, {@code --insecure-registry}, {@code
   * --force}, {@code --attach}.
   */
  protected final void addLaunchArguments(Subparser command) {
    LaunchCommand.addArguments(command);
  }

  /**
   * Adds the command {@code image}, which makes an image of this program's class path without a
   * launch: {@code image push} sends it to a registry, {@code image build --tar FILE} writes it to
   * a file. The artifact {@code dev.symphony:symphony-image} makes it.
   */
  protected final void addImageCommands() {
    addImageCommand(null);
  }

  /**
   * The same, with what the image has beside the class path; {@link #addImageCommands()} takes that
   * from the key {@code imageAdditions} of {@code kube} in {@code .symphony.yml}.
   */
  protected final void addImageCommands(ImageAdditions additions) {
    addImageCommand(additions);
  }

  private void addImageCommand(@Nullable ImageAdditions additions) {
    Action action =
        new Action() {
          @Override
          public int run(Namespace args) {
            return ImageCommand.run(invocation(), args, additions);
          }
        };
    Subparser image = addSubparser("image", action).help("make an image of this program");
    ImageCommand.addArguments(image);
  }

  // ---- what actions use

  /**
   * The cluster, made by {@link #createCluster} on first use; closed when the command has ended.
   */
  protected final Cluster cluster() {
    Cluster made = cluster;
    if (made == null) {
      made = makeCluster();
      made.setProgram(programName());
      Invocation running = invocation;
      if (running != null) {
        made.setProgress(new Notes(running.terminal()));
      }
      cluster = made;
      tellOfConfiguration();
    }
    return made;
  }

  /** With the options of the command line above those of the configuration. */
  private Cluster makeCluster() {
    if (madeUp != null) {
      // What else every command does on its way to its cluster.
      namedCluster();
      Cluster.backends();
      return madeUp.get();
    }
    Namespace given = arguments;
    Map<String, Object> options =
        given == null ? new HashMap<>() : LaunchCommand.clusterOptions(given);
    if (namespace != null) {
      options.put("namespace", namespace);
    }
    if (options.isEmpty()) {
      return createCluster();
    }
    SymphonyConfig config = SymphonyConfig.get();
    config.overrideOptions(options);
    try {
      Cluster made = createCluster();
      if (!config.overrodeOptions()) {
        made.close();
        throw new UsageException(
            "this program takes no "
                + (namespace != null ? "--namespace" : "options of images")
                + ": it makes its cluster in another way than by Cluster.of");
      }
      return made;
    } finally {
      config.overrideOptions(Map.of());
    }
  }

  /** Warns of what nobody reads in the configuration, once all handlers are registered. */
  private void tellOfConfiguration() {
    Invocation running = invocation;
    if (!toldOfConfiguration && running != null) {
      toldOfConfiguration = true;
      for (String line : SymphonyConfig.get().warnings()) {
        running.warn(line);
      }
    }
  }

  /** The backend: {@code --cluster}, else the configuration, else the default of the option. */
  protected final String clusterName() {
    String named = namedCluster();
    if (named != null) {
      return named;
    }
    return defaultCluster == null || defaultCluster.isEmpty() ? "local" : defaultCluster;
  }

  /** The backend that the option {@code --cluster} or the configuration names; null for none. */
  protected final @Nullable String namedCluster() {
    String option = clusterOption();
    return option != null ? option : SymphonyConfig.get().clusterName().orElse(null);
  }

  /** The value of {@code --cluster}; null where it was not given. */
  private @Nullable String clusterOption() {
    Namespace given = arguments;
    return given == null ? null : given.getString("cluster");
  }

  /** What was typed after the first {@code --}, as it was. */
  protected final List<String> remainder() {
    return invocation().remainder();
  }

  /** The environment that the program was run with. */
  protected final Map<String, String> environment() {
    return invocation().terminal().environment();
  }

  /** Where the program's results are printed. */
  protected final OutputStream out() {
    return invocation().terminal().out();
  }

  /** Where everything else is printed. */
  protected final OutputStream err() {
    return invocation().terminal().err();
  }

  /** Prints a warning to standard error. */
  protected final void warn(String line) {
    invocation().warn(line);
  }

  /**
   * Launches an experiment as the launch arguments say, makes it the current one, and tells what
   * runs; with {@code --attach} follows it to its end.
   *
   * @return the exit code
   */
  protected final int launch(ExperimentSpec experiment, Namespace args) {
    return LaunchCommand.run(invocation(), experiment, args);
  }

  // ---- running

  /**
   * Runs one command on this program's own streams and ends the program with its exit code: the
   * last that {@code main} does. Where all is well and no thread goes on, it returns and leaves the
   * end to {@code main}: since Java 21 {@code System.exit} wakes up all of logging first, which
   * takes as long as a short command.
   */
  public final void runAndExit(String... args) {
    int code = run(args);
    if (code != 0 || ThreadsLeft.any()) {
      System.exit(code);
    }
  }

  /**
   * Runs one command on this program's own streams.
   *
   * @return the exit code, for those who have more to do before the program ends
   */
  public final int run(String... args) {
    return run(Terminal.system(), true, args);
  }

  /**
   * Runs one command on given streams, none of which counts as a terminal.
   *
   * @param environment what the command takes for the program's environment
   * @return the exit code
   */
  public final int run(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment,
      String... args) {
    return run(Terminal.of(in, out, err, environment), false, args);
  }

  final int run(Terminal streams, boolean own, String... args) {
    try {
      int code = perform(streams, own, args);
      streams.flush();
      return code;
    } catch (UsageFailure e) {
      return ErrorReport.usage(streams, programName(), e);
    } catch (Throwable e) {
      return ErrorReport.of(streams, e, WordReader.wantsDebug(args));
    } finally {
      streams.err().flush();
      end();
    }
  }

  private int perform(Terminal streams, boolean own, String... args) throws Exception {
    CommandTable table = commands.prepare();
    if (Completions.isAsked(args)) {
      Namespace given = Completions.given(args);
      arguments = given;
      namespace = given.getString("namespace");
      invocation = new Invocation(clusters, streams, called(), List.of(), own);
      return new Completions(table, defaultCluster != null, invocation).print(args);
    }
    if (Rehearsal.isAsked(args)) {
      return Rehearsal.play(this::rehearse, args);
    }
    WordReader reader = new WordReader(table, defaultCluster != null);
    Words words = reader.take(args);
    Command command = words.command();
    if (words.version()) {
      streams.out().println(Versions.line(programName(), version()));
      return 0;
    }
    if (words.help() || command == null) {
      boolean asked = words.help();
      printHelp(asked ? streams.out() : streams.err(), streams.width(), command);
      return asked ? 0 : ErrorReport.USAGE;
    }
    Namespace values = reader.read(words);
    arguments = values;
    namespace = words.namespace();
    invocation = new Invocation(clusters, streams, called(), words.remainder(), own);
    if (own) {
      UndecodedWords.warn(invocation, args);
    }
    if (command.isBuiltin()) {
      return runBuiltin(command.name(), values);
    }
    return commands.action(command).run(values);
  }

  private void rehearse(Terminal nowhere, Invocation.Clusters stage, String... args) {
    madeUp = stage;
    run(nowhere, true, args);
  }

  private void printHelp(Output out, int width, @Nullable Command command) {
    HelpText help = new HelpText(width, out.hasColor());
    out.print(
        command == null
            ? help.program(commands.table(), description(), GlobalOptions.ofProgram(defaultCluster))
            : help.command(command, GlobalOptions.ofCommand(defaultCluster)));
  }

  private void end() {
    Cluster used = cluster;
    cluster = null;
    invocation = null;
    arguments = null;
    namespace = null;
    if (used != null) {
      used.close();
    }
  }

  @Override
  final Invocation invocation() {
    Invocation running = invocation;
    if (running == null) {
      throw new IllegalStateException("this is for actions, while a command runs");
    }
    return running;
  }

  /** How the program is called, with the options that lead to the same cluster. */
  private Program called() {
    String name = programName();
    Program file = startedFile();
    String typed = file == null ? name : file.commandLine();
    String where = "";
    if (clusterOption() != null) {
      where += " " + WordReader.CLUSTER + " " + clusterOption();
    }
    if (namespace != null) {
      where += " " + WordReader.NAMESPACE + " " + namespace;
    }
    return new Program(name, typed + where, file == null ? name : file.anywhere());
  }

  private static @Nullable Program startedFile() {
    return Program.of(
        System.getProperty("java.class.path", ""),
        System.getProperty("symphony.program"),
        System.getenv("PATH"));
  }
}
