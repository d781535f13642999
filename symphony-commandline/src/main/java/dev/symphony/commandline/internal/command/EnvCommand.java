package dev.symphony.commandline.internal.command;

import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/** {@code env}: the environment of a process as lines for a shell, secrets by reference. */
public final class EnvCommand {
  private EnvCommand() {}

  /** Runs it. */
  public static int run(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    ProcessName process = in.process(experiment, args.getString("process"));
    ProcessDescription description = in.cluster().inspectProcess(experiment, process);
    Map<String, String> environment = description.environment();
    Map<String, Secret> secrets = description.secrets();
    Set<String> names = new TreeSet<>(environment.keySet());
    names.addAll(secrets.keySet());
    for (String name : names) {
      Secret secret = secrets.get(name);
      String line = secret != null ? reference(name, secret) : literal(name, environment.get(name));
      in.terminal().out().println(line);
    }
    return 0;
  }

  private static String literal(String name, @Nullable String value) {
    if (!Shell.isVariable(name)) {
      return "# " + oneLine(name) + " is no name that a shell can set";
    }
    if (value == null || value.contains(Secret.MASK)) {
      return "# " + name + " contains a secret and is left out";
    }
    return "export " + name + "=" + Shell.quote(value);
  }

  private static String reference(String name, Secret secret) {
    String from = secret.reference();
    if (from == null) {
      return "# " + name + " is a secret that the program gives itself; set it by hand";
    }
    if (secret.kind() == Secret.Kind.ENV) {
      return "export " + name + "=\"$" + from + "\"";
    }
    String path = from.startsWith("~/") ? "\"$HOME\"/" + quoted(from.substring(2)) : quoted(from);
    return "export " + name + "=\"$(cat " + path + ")\"";
  }

  /** Always in quotes, as within a command substitution that people will read. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
