package dev.symphony.commandline.internal.command;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/** {@code visit}: opens an exposed service, or lists them. */
public final class VisitCommand {
  private VisitCommand() {}

  /** Runs it. */
  public static int run(Invocation in, Namespace args) {
    String experiment = in.experiment(args);
    String service = Invocation.word(args, "service");
    boolean urlOnly = Invocation.flag(args, "url_only");
    if (service == null) {
      new ListServices(in.session()).run(experiment, QueryCommands.format(args));
      return 0;
    }
    String url = in.cluster().externalService(experiment, service).url();
    in.terminal().out().println(url);
    if (!urlOnly && !open(in.terminal().environment(), url)) {
      in.note("no browser can be opened from here; open the address yourself");
    }
    return 0;
  }

  /** Opens a browser on the user's desktop; false where there is neither. */
  private static boolean open(Map<String, String> environment, String url) {
    boolean desktop =
        isSet(environment, "DISPLAY")
            || isSet(environment, "WAYLAND_DISPLAY")
            || isSet(environment, "BROWSER")
            || isSet(environment, "__CFBundleIdentifier")
            || new File("/System/Library/CoreServices").isDirectory();
    String opener = desktop ? find(environment, "xdg-open", "open", "wslview") : null;
    if (opener == null) {
      return false;
    }
    try {
      ProcessBuilder builder =
          new ProcessBuilder(opener, url)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.start().getOutputStream().close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value != null && !value.isEmpty();
  }

  private static @Nullable String find(Map<String, String> environment, String... programs) {
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    for (String program : programs) {
      for (String directory : path.split(":")) {
        File file = new File(directory, program);
        if (!directory.isEmpty() && file.isFile() && file.canExecute()) {
          return file.getPath();
        }
      }
    }
    return null;
  }
}
