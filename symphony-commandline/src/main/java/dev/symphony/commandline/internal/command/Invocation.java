package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.Cluster;
import dev.symphony.engine.ProcessName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/** One run of one command: what it may use, and what its words mean. */
public final class Invocation {
  /** Gives the cluster, which is made on first use. */
  public interface Clusters {
    /** The cluster. */
    Cluster get();
  }

  private static final InstantSource CLOCK = InstantSource.system();

  private final Clusters clusters;
  private final Terminal terminal;
  private final Program program;
  private final List<String> remainder;
  private final boolean ownStreams;

  /**
   * Creates one.
   *
   * @param ownStreams whether the terminal is that of this program, which processes inherit
   */
  public Invocation(
      Clusters clusters,
      Terminal terminal,
      Program program,
      List<String> remainder,
      boolean ownStreams) {
    this.clusters = clusters;
    this.terminal = terminal;
    this.program = program;
    this.remainder = remainder;
    this.ownStreams = ownStreams;
  }

  /** The cluster, made on first use. */
  public Cluster cluster() {
    return clusters.get();
  }

  /** Where to print and ask. */
  public Terminal terminal() {
    return terminal;
  }

  /** The program's name, as in usage. */
  public String program() {
    return program.name();
  }

  /** What a user types for a command of this program, such as {@code java -jar x.jar logs -f}. */
  public String commandLine(String rest) {
    return rest.isEmpty() ? program.commandLine() : program.commandLine() + " " + rest;
  }

  /** The same from any directory. */
  String anywhere() {
    return program.anywhere();
  }

  /** What stood after the first {@code --}. */
  public List<String> remainder() {
    return remainder;
  }

  /** Whether processes may inherit this program's streams: they are those of the terminal. */
  boolean ownStreams() {
    return ownStreams;
  }

  /** What the commands that only print work with. */
  public Session session() {
    return new Session(terminal, cluster(), CLOCK);
  }

  /** The time of day. */
  Instant now() {
    return CLOCK.instant();
  }

  /** A word of the command; null where it was not given. */
  static @Nullable String word(Namespace args, String name) {
    return args.getString(name);
  }

  /** Whether a flag was given; false also for a flag that the command does not have. */
  public static boolean flag(Namespace args, String name) {
    return Boolean.TRUE.equals(args.get(name));
  }

  /**
   * The experiment that the command is about: its argument {@code experiment}, matched; by default
   * the current one, or the only one.
   */
  public String experiment(Namespace args) {
    return matching().experiment(word(args, "experiment"), false, mayTakeProcess(args));
  }

  /** The experiment that a word means. */
  String experiment(String typed) {
    return matching().experiment(typed, false, false);
  }

  /** The same for a command that changes it, which guesses nothing unless a person can say no. */
  String experimentToChange(Namespace args) {
    return matching().experiment(word(args, "experiment"), true, mayTakeProcess(args));
  }

  /** Whether the command has the option {@code -p}, and it was not given. */
  private static boolean mayTakeProcess(Namespace args) {
    return args.getAttrs().containsKey("process") && args.get("process") == null;
  }

  /** The one process that a word means. */
  public ProcessName process(String experiment, String typed) {
    return matching().process(experiment, typed, false);
  }

  /**
   * The processes that words separated by commas mean, each once, in the order of the words: {@code
   * group/} is a whole group, a pattern with {@code *} or {@code ?} matches whole names.
   */
  public List<ProcessName> processes(String experiment, String typed) {
    return matching().processes(experiment, typed, false);
  }

  /** Those of the option {@code -p} of a command that changes them; empty where it is not given. */
  List<ProcessName> processesToChange(String experiment, Namespace args) {
    String typed = word(args, "process");
    return typed == null ? List.of() : matching().processes(experiment, typed, true);
  }

  private Matching matching() {
    return new Matching(cluster(), terminal);
  }

  /** Prints a line of what is going on. */
  public void note(String line) {
    terminal.err().println(line);
  }

  /** Prints a warning. */
  public void warn(String line) {
    warn(terminal, line);
  }

  static void warn(Terminal terminal, String line) {
    terminal.err().println(terminal.err().paint(Paint.YELLOW, "warning:") + " " + line);
  }
}
