package dev.symphony.commandline;

import dev.symphony.commandline.internal.command.ChangeCommands;
import dev.symphony.commandline.internal.command.CompletionCommand;
import dev.symphony.commandline.internal.command.DeleteCommands;
import dev.symphony.commandline.internal.command.EnvCommand;
import dev.symphony.commandline.internal.command.Invocation;
import dev.symphony.commandline.internal.command.PlaceCommands;
import dev.symphony.commandline.internal.command.QueryCommands;
import dev.symphony.commandline.internal.command.VisitCommand;
import dev.symphony.commandline.internal.command.WaitCommand;
import net.sourceforge.argparse4j.inf.Namespace;

/** What the commands do that every program has; each may be overridden. */
abstract class BuiltinActions {
  BuiltinActions() {}

  /** What the running command works with. */
  abstract Invocation invocation();

  /** {@code list-experiments}: which there are, and how each one is. */
  protected int actionListExperiments(Namespace args) throws Exception {
    return QueryCommands.listExperiments(invocation(), args);
  }

  /** {@code list-processes}: how the processes of an experiment are. */
  protected int actionListProcesses(Namespace args) throws Exception {
    return QueryCommands.listProcesses(invocation(), args);
  }

  /** {@code describe}: all there is to say of one process. */
  protected int actionDescribe(Namespace args) throws Exception {
    return QueryCommands.describe(invocation(), args);
  }

  /** {@code logs}: what processes have printed. */
  protected int actionLogs(Namespace args) throws Exception {
    return QueryCommands.logs(invocation(), args);
  }

  /** {@code wait}: until processes have ended. */
  protected int actionWait(Namespace args) throws Exception {
    return WaitCommand.run(invocation(), args);
  }

  /** {@code visit}: opens an exposed service, or lists them. */
  protected int actionVisit(Namespace args) throws Exception {
    return VisitCommand.run(invocation(), args);
  }

  /** {@code switch-experiment}: shows or sets the current experiment. */
  protected int actionSwitchExperiment(Namespace args) throws Exception {
    return ChangeCommands.switchExperiment(invocation(), args);
  }

  /** {@code stop}: ends processes without forgetting them. */
  protected int actionStop(Namespace args) throws Exception {
    return ChangeCommands.stop(invocation(), args);
  }

  /** {@code start}: runs again what has ended. */
  protected int actionStart(Namespace args) throws Exception {
    return ChangeCommands.start(invocation(), args);
  }

  /** {@code restart}: stops and starts. */
  protected int actionRestart(Namespace args) throws Exception {
    return ChangeCommands.restart(invocation(), args);
  }

  /** {@code delete}: ends an experiment and removes what is kept of it. */
  protected int actionDelete(Namespace args) throws Exception {
    return DeleteCommands.delete(invocation(), args);
  }

  /** {@code delete-batch}: deletes all experiments whose names match. */
  protected int actionDeleteBatch(Namespace args) throws Exception {
    return DeleteCommands.deleteBatch(invocation(), args);
  }

  /** {@code exec}: runs a command in the place of a process. */
  protected int actionExec(Namespace args) throws Exception {
    return PlaceCommands.exec(invocation(), args);
  }

  /** {@code ssh}: opens a shell in the place of a process. */
  protected int actionSsh(Namespace args) throws Exception {
    return PlaceCommands.ssh(invocation(), args);
  }

  /** {@code scp}: copies files to or from the place of a process. */
  protected int actionScp(Namespace args) throws Exception {
    return PlaceCommands.scp(invocation(), args);
  }

  /** {@code env}: the environment of a process as lines for a shell. */
  protected int actionEnv(Namespace args) throws Exception {
    return EnvCommand.run(invocation(), args);
  }

  /** {@code completion}: a script for a shell that completes words. */
  protected int actionCompletion(Namespace args) throws Exception {
    return CompletionCommand.run(invocation(), args);
  }

  /** Runs the action of a built-in command; a switch, since a table of lambdas is slow to start. */
  final int runBuiltin(String command, Namespace args) throws Exception {
    return switch (command) {
      case "list-experiments" -> actionListExperiments(args);
      case "list-processes" -> actionListProcesses(args);
      case "describe" -> actionDescribe(args);
      case "logs" -> actionLogs(args);
      case "wait" -> actionWait(args);
      case "visit" -> actionVisit(args);
      case "switch-experiment" -> actionSwitchExperiment(args);
      case "stop" -> actionStop(args);
      case "start" -> actionStart(args);
      case "restart" -> actionRestart(args);
      case "delete" -> actionDelete(args);
      case "delete-batch" -> actionDeleteBatch(args);
      case "exec" -> actionExec(args);
      case "ssh" -> actionSsh(args);
      case "scp" -> actionScp(args);
      case "env" -> actionEnv(args);
      case "completion" -> actionCompletion(args);
      default -> throw new IllegalArgumentException(command);
    };
  }
}
