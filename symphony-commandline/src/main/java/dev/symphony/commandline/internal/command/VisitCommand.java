package dev.symphony.commandline.internal.command;

import dev.symphony.engine.Forward;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
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
    Integer port = args.getInt("port");
    boolean forward = port != null || Invocation.flag(args, "forward");
    if (forward && (urlOnly || service == null)) {
      throw new UsageException(
          (port == null ? "--forward" : "--port")
              + (urlOnly ? " does not go with --url-only, which opens nothing" : " needs SERVICE"));
    }
    if (service == null) {
      new ListServices(in.session()).run(experiment, QueryCommands.format(args));
      return 0;
    }
    ServiceAddress address = in.cluster().externalService(experiment, service);
    if (urlOnly) {
      return print(in, address);
    }
    if (forward || !address.reachable()) {
      return forward(in, experiment, address, port == null ? 0 : port);
    }
    show(in, address.url());
    return 0;
  }

  private static int print(Invocation in, ServiceAddress address) {
    in.terminal().out().println(address.url());
    if (!address.reachable()) {
      in.note(
          "this address is known inside the cluster only; '"
              + in.commandLine("visit " + address.service())
              + "' leads there");
    }
    return 0;
  }

  /** Keeps a way to a service open until Ctrl-C, which ends the program as it ends others. */
  private static int forward(Invocation in, String experiment, ServiceAddress to, int port) {
    try (Interrupts interrupts = Interrupts.ofThisThread()) {
      try (Forward way = in.cluster().forward(experiment, to, port)) {
        show(in, way.address().url());
        if (way.address().equals(to)) {
          return 0; // it leads there by itself
        }
        in.note("this leads to " + to.service() + " of " + experiment + " until Ctrl-C");
        way.await();
        return interrupts.happened() ? ErrorReport.INTERRUPTED : 0;
      } catch (InterruptedException | SymphonyException e) {
        if (interrupts.happened()) {
          return ErrorReport.INTERRUPTED;
        }
        throw e instanceof SymphonyException known
            ? known
            : new SymphonyException("visiting " + to.service() + " was interrupted", e);
      }
    }
  }

  private static void show(Invocation in, String url) {
    in.terminal().out().println(url);
    if (!open(in.terminal().environment(), url)) {
      in.note("no browser can be opened from here; open the address yourself");
    }
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
