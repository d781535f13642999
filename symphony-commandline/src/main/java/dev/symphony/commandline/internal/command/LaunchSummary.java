package dev.symphony.commandline.internal.command;

import dev.symphony.commandline.internal.view.Output;
import dev.symphony.commandline.internal.view.Paint;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a launch says when it is done: what runs, what is exposed where, what to type next. */
public final class LaunchSummary {
  private LaunchSummary() {}

  /**
   * Prints it.
   *
   * @param program how the user starts the program, such as {@code symphony --cluster tmux}
   */
  public static void print(LaunchPlan plan, String program, Output out) {
    List<ProcessName> names = plan.processNames();
    StringBuilder text = new StringBuilder();
    text.append("launched ")
        .append(out.paint(Paint.BOLD, plan.experiment()))
        .append(" on ")
        .append(plan.backend())
        .append(": ");
    List<String> shown = collapsed(names);
    for (int i = 0; i < shown.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(shown.get(i));
    }
    text.append('\n');
    String exposed = null;
    for (ServiceAddress service : plan.services()) {
      if (service.exposed()) {
        exposed = exposed == null ? service.service() : exposed;
        text.append("  ").append(service.service());
        if (service.reachable()) {
          text.append(" at ").append(service.url());
        } else {
          text.append(" by ").append(program).append(" visit ").append(service.service());
        }
        text.append('\n');
      }
    }
    String logs = names.isEmpty() ? "" : " logs -f " + names.get(0);
    String visit = exposed == null ? "" : " visit " + exposed;
    int width = program.length() + Math.max(logs.length(), Math.max(visit.length(), 7));
    next(text, program + " p", width, "how the processes are");
    if (!logs.isEmpty()) {
      next(text, program + logs, width, "what one of them prints");
    }
    if (!visit.isEmpty()) {
      next(text, program + visit, width, "open it in the browser");
    }
    next(text, program + " delete", width, "end it and remove it");
    out.print(text.toString());
  }

  private static void next(StringBuilder text, String command, int width, String purpose) {
    text.append("  ").append(command);
    for (int i = command.length(); i < width; i++) {
      text.append(' ');
    }
    text.append("  # ").append(purpose).append('\n');
  }

  /** Names, with replicas that follow each other as one: {@code agent-0…agent-7}. */
  static List<String> collapsed(List<ProcessName> names) {
    List<String> shown = new ArrayList<>();
    int from = 0;
    while (from < names.size()) {
      int to = from;
      while (to + 1 < names.size() && follows(names.get(to), names.get(to + 1))) {
        to++;
      }
      if (to - from >= 2) {
        shown.add(names.get(from) + "…" + names.get(to).name());
        from = to + 1;
      } else {
        shown.add(names.get(from).toString());
        from++;
      }
    }
    return shown;
  }

  private static boolean follows(ProcessName one, ProcessName next) {
    int number = number(one.name());
    return number >= 0
        && Objects.equals(one.group(), next.group())
        && next.name().equals(base(one.name()) + (number + 1));
  }

  private static String base(String name) {
    return name.substring(0, name.lastIndexOf('-') + 1);
  }

  /** The number at the end of {@code agent-7}; -1 where there is none. */
  private static int number(String name) {
    String digits = name.substring(name.lastIndexOf('-') + 1);
    if (digits.equals(name) || digits.isEmpty() || digits.length() > 6) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(digits);
  }
}
