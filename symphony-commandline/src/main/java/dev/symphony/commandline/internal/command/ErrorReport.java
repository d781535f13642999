package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.parse.Command;
import dev.symphony.commandline.internal.parse.UsageFailure;
import dev.symphony.commandline.internal.view.BrokenPipeException;
import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.commandline.internal.view.Terminal;
import dev.symphony.engine.SymphonyException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tells a person what went wrong, and says what the program ends with. */
public final class ErrorReport {
  /** What a program ends with that the user interrupted. */
  public static final int INTERRUPTED = 130;

  /** What a program ends with that was used wrongly. */
  public static final int USAGE = 2;

  private static final int FAILURE = 1;

  private ErrorReport() {}

  /** Prints a line about words that cannot be taken. */
  public static int usage(Terminal terminal, String program, UsageFailure failure) {
    Command command = failure.command();
    String where = command == null ? program : command.fullName();
    error(terminal.err(), failure.getMessage() + " (try '" + where + " --help')");
    return USAGE;
  }

  /**
   * Prints what ended a command.
   *
   * @param debug whether with the stack trace
   * @return the exit code
   */
  public static int of(Terminal terminal, Throwable thrown, boolean debug) {
    Output err = terminal.err();
    if (thrown instanceof BrokenPipeException) {
      return BrokenPipeException.EXIT_CODE;
    }
    if (debug) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      err.print(trace.toString());
    }
    if (thrown instanceof Declined) {
      err.println(String.valueOf(thrown.getMessage()));
      return FAILURE;
    }
    if (thrown instanceof SymphonyException known) {
      error(err, String.valueOf(known.getMessage()));
      return known.exitCode();
    }
    String message = thrown.getMessage();
    err.println(
        err.paint(Paint.RED, "internal error:")
            + " "
            + thrown.getClass().getSimpleName()
            + (message == null ? "" : ": " + firstLine(message))
            + (debug ? "" : "; run again with --debug to see where"));
    return FAILURE;
  }

  private static void error(Output err, String message) {
    for (String line : message.split("\n")) {
      err.println(err.paint(Paint.RED, "error:") + " " + line);
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end) + " …";
  }
}
