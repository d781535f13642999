package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.CommandTable;
import dev.symphony.commandline.internal.parse.JoinedByCommas;
import java.util.List;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Subparser;

/** Names, aliases and arguments of the commands that every program has. */
public final class BuiltinCommands implements Command.Definition {
  private static final String PROCESSES =
      "processes, separated by commas; 'group/' is a whole group, 'agent-*' a pattern of whole"
          + " names";

  /** Creates one. */
  public BuiltinCommands() {}

  /** Adds them all. */
  public void addTo(CommandTable table) {
    add(table, "list-experiments", "list the experiments", "ls", "lse");
    add(table, "list-processes", "show the processes of an experiment", "process", "p", "lsp");
    add(table, "describe", "tell all about one process");
    add(table, "logs", "print or follow the output of processes", "log", "l");
    add(table, "wait", "wait until processes have ended, and say how", "w");
    add(table, "visit", "open an exposed service in the browser", "vi");
    add(table, "switch-experiment", "show or set the current experiment", "se", "e");
    add(table, "stop", "end processes and keep their state and logs");
    add(table, "start", "run again what has ended");
    add(table, "restart", "stop processes and start them again");
    add(table, "delete", "end an experiment and remove all that is kept of it", "d");
    add(table, "delete-batch", "delete all experiments whose names match", "db");
    add(table, "exec", "run a command in the place of a process", "x");
    add(table, "ssh", "open a shell in the place of a process");
    add(table, "scp", "copy files to or from the place of a process", "cp");
    add(table, "env", "print the environment of a process for a shell");
    add(table, "completion", "print a script that completes words in a shell");
  }

  private void add(CommandTable table, String name, String help, String... aliases) {
    table.add(name, List.of(aliases), this).help(help);
  }

  @Override
  public void define(Command command) {
    switch (command.name()) {
      case "list-experiments" -> output(command);
      case "list-processes" -> listProcesses(command);
      case "describe", "env" -> describe(command);
      case "logs" -> logs(command);
      case "wait" -> await(command);
      case "visit" -> visit(command);
      case "switch-experiment" -> switchExperiment(command);
      case "stop", "start", "restart" -> experimentAndProcesses(command);
      case "delete" -> delete(command);
      case "delete-batch" -> deleteBatch(command);
      case "exec" -> exec(command);
      case "ssh" -> processAndExperiment(command);
      case "scp" -> scp(command);
      case "completion" ->
          command.addArgument("shell").choices("bash", "zsh", "fish").help("which shell");
      default -> throw new IllegalArgumentException(command.name());
    }
  }

  private static void listProcesses(Command command) {
    experiment(command, "whose processes");
    command
        .addArgument("-w", "--watch")
        .action(Arguments.storeTrue())
        .help("go on showing until all have ended");
    output(command);
  }

  private static void describe(Command command) {
    processAndExperiment(command);
    if (command.name().equals("describe")) {
      output(command);
      return;
    }
    command.description(
        "Prints the variables that Symphony and the declaration set for a process as lines for a"
            + " shell, to run one process by hand or in an IDE: eval \"$("
            + command.fullName()
            + " PROC)\". Secrets are printed as references to where they come from.");
  }

  private static void logs(Command command) {
    command.addArgument("process").nargs("?").metavar("PROC[,PROC…]").help(PROCESSES);
    experiment(command, "whose processes");
    command
        .addArgument("-a", "--all")
        .action(Arguments.storeTrue())
        .help("all processes; the one argument is then EXP");
    command
        .addArgument("-f", "--follow")
        .action(Arguments.storeTrue())
        .help("go on until all have ended");
    command
        .addArgument("-s", "--since")
        .metavar("TIME")
        .type(new DurationType())
        .help("only what came within this time, such as 30s, 5m or 2h");
    command
        .addArgument("-t", "--tail")
        .metavar("N")
        .type(new TailType())
        .setDefault((Object) ShowLogs.USUAL_TAIL)
        .help("at most the last N lines of each, or 'all'; by default " + ShowLogs.USUAL_TAIL);
    flag(command, "--timestamps", "print when each line came");
    flag(command, "--previous", "the last but one attempt instead of all");
    flag(command, "--raw", "pass on colours and control characters as they are");
    flag(command, "--path", "print where the log files are instead");
    command
        .addArgument("-o", "--output")
        .choices("table", "json")
        .setDefault("table")
        .help("json: an object a line");
    command.epilog("Several processes are printed together, with their names in front.");
  }

  private static void await(Command command) {
    experiment(command, "which to wait for");
    processes(command, PROCESSES);
    command
        .addArgument("--exit-code-from")
        .metavar("PROC")
        .help("exit as this process did, not as the verdict says");
    flag(command, "--fail-fast", "end at the first failure");
    command
        .addArgument("--timeout")
        .metavar("TIME")
        .type(new DurationType())
        .help("wait this long at most, such as 90 (seconds) or 5m; then exit with 124");
    command.epilog(
        "Exits with 0 when all succeeded, with the exit code of the first process that failed by"
            + " itself, or with 130 when they were stopped.");
  }

  private static void visit(Command command) {
    command
        .addArgument("service")
        .nargs("?")
        .metavar("SERVICE")
        .help("which; without it, list what is exposed");
    experiment(command, "whose service");
    command
        .addArgument("-u", "--url-only")
        .action(Arguments.storeTrue())
        .help("print the address and open nothing");
    flag(command, "--forward", "lead there from a port of this machine, until Ctrl-C");
    command
        .addArgument("--port")
        .metavar("N")
        .type(new PortType())
        .help("that port; by default any free one");
    output(command);
    command.epilog(
        "A service that is not reached from here, such as one of a pod, is forwarded to as with"
            + " --forward.");
  }

  private static void switchExperiment(Command command) {
    experiment(command, "the one to make current");
    flag(
        command,
        "--set-context",
        "on kube: also make its namespace that of the kubeconfig's context, for other tools");
  }

  private static void experimentAndProcesses(Command command) {
    experiment(command, "whose processes");
    processes(command, "only these " + PROCESSES);
  }

  private static void processes(Command command, String help) {
    command
        .addArgument("-p", "--process")
        .metavar("PROC[,PROC…]")
        .action(new JoinedByCommas())
        .help(help);
  }

  private static void delete(Command command) {
    experiment(command, "which");
    command.addArgument("-f", "--force").action(Arguments.storeTrue()).help("do not ask");
    flag(command, "--dry-run", "only say what would be deleted");
    flag(command, "--ended", "all experiments that have ended");
    command
        .addArgument("--older-than")
        .metavar("TIME")
        .type(new DurationType())
        .help("with --ended: only those that ended longer ago than this, such as 7d");
    flag(
        command,
        "--forget",
        "end nothing, only remove what is kept here, of an experiment that ran on another machine");
  }

  private static void deleteBatch(Command command) {
    command
        .addArgument("pattern")
        .nargs("+")
        .metavar("PATTERN")
        .help("matches whole names; '*' is any text, '?' any character");
    command.addArgument("-f", "--force").action(Arguments.storeTrue()).help("do not ask");
    flag(command, "--dry-run", "only say what would be deleted");
  }

  private static void exec(Command command) {
    processAndExperiment(command);
    command
        .addArgument("-t", "--tty")
        .action(Arguments.storeTrue())
        .help("on a terminal there, also where this program has none");
    command
        .addArgument("-i", "--stdin")
        .action(Arguments.storeTrue())
        .help("changes nothing: the input is always passed on");
    command.description(
        "Runs a command in the working directory and environment of a process, and exits as it"
            + " does.");
  }

  private static void scp(Command command) {
    command.addArgument("source").metavar("SRC").help("PROC:PATH, or a path here");
    command.addArgument("target").metavar("DST").help("PROC:PATH, or a path here");
    experiment(command, "whose processes");
    command.epilog("A path here that contains a colon is written ./a:b.");
  }

  private static void processAndExperiment(Command command) {
    command.addArgument("process").metavar("PROC").help("'process' or 'group/process'");
    experiment(command, "whose process");
  }

  private static void experiment(Subparser command, String what) {
    command
        .addArgument("experiment")
        .nargs("?")
        .metavar("EXP")
        .help(what + "; by default the current experiment");
  }

  private static void output(Subparser command) {
    command
        .addArgument("-o", "--output")
        .choices("table", "wide", "json", "yaml", "name")
        .setDefault("table")
        .help("how to print it");
  }

  private static void flag(Subparser command, String flag, String help) {
    command.addArgument(flag).action(Arguments.storeTrue()).help(help);
  }
}
