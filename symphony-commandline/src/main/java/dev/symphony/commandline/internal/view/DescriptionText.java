package dev.symphony.commandline.internal.view;

import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.Secret;
import dev.symphony.engine.ServiceAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All there is to say of one process, for people: a fact a line, its name in front. */
public final class DescriptionText {
  private static final int VALUES_BEGIN = 14;

  private final Output out;
  private final StringBuilder text = new StringBuilder();

  private DescriptionText(Output out) {
    this.out = out;
  }

  /** Prints it. */
  public static void print(
      String experiment, ProcessDescription description, StateText words, Instant now, Output out) {
    DescriptionText lines = new DescriptionText(out);
    lines.status(experiment, description.status(), words, now);
    lines.place(description);
    lines.network(description.services());
    lines.environment(description.environment(), description.secrets());
    out.print(lines.text.toString());
  }

  private void status(String experiment, ProcessStatus status, StateText words, Instant now) {
    fact("Process", status.name().toString());
    fact("Experiment", experiment);
    name("State");
    text.append(out.paint(StateText.paint(status.state()), words.full(status, now))).append('\n');
    fact("Ready", status.ready() ? "yes" : "no");
    fact("Restarts", Integer.toString(status.restarts()));
    fact("Exit code", status.exitCode());
    fact("Signal", status.signal());
    fact("Started", moment(status.start(), now));
    fact("Ended", moment(status.end(), now));
    fact("Node", status.node());
  }

  private void place(ProcessDescription description) {
    if (!description.command().isEmpty()) {
      fact("Command", Text.shell(description.command()));
    }
    String name = "Shell";
    for (String line : description.shell()) {
      fact(name, line);
      name = "";
    }
    fact("Directory", description.directory());
    fact("Log", description.logFile());
    for (Map.Entry<String, String> detail : description.details().entrySet()) {
      fact(capitalized(detail.getKey()), detail.getValue());
    }
  }

  private void network(List<ServiceAddress> services) {
    String name = "Services";
    for (ServiceAddress service : services) {
      fact(
          name,
          service.service()
              + " at "
              + (service.exposed() && service.reachable() ? service.url() : address(service))
              + (service.reachable() ? "" : " inside the cluster")
              + (service.exposed() ? ", exposed" : ""));
      name = "";
    }
  }

  private void environment(Map<String, String> environment, Map<String, Secret> secrets) {
    String name = "Environment";
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      fact(name, variable.getKey() + "=" + variable.getValue());
      name = "";
    }
    name = "Secrets";
    for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
      String reference = secret.getValue().reference();
      fact(
          name,
          secret.getKey()
              + (reference == null
                  ? ", given in the program"
                  : " from " + secret.getValue().toString()));
      name = "";
    }
  }

  private void fact(String name, @Nullable Integer value) {
    if (value != null) {
      fact(name, value.toString());
    }
  }

  private void fact(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name);
      text.append(Text.oneLine(value)).append('\n');
    }
  }

  private void name(String name) {
    String label = name.isEmpty() ? "" : name + ":";
    text.append(out.paint(Paint.BOLD, label));
    text.append(" ".repeat(Math.max(label.isEmpty() ? 0 : 1, VALUES_BEGIN - label.length())));
  }

  private static String address(ServiceAddress service) {
    String host = service.host();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + service.port();
  }

  private static @Nullable String moment(@Nullable Instant instant, Instant now) {
    return instant == null
        ? null
        : Times.isoSeconds(instant) + ", " + Times.between(instant, now) + " ago";
  }

  private static String capitalized(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
