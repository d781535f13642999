package dev.symphony.engine.internal.run;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What processes take over from the launching program: its environment, umask, limit of open files
 * and ignored signals.
 */
final class Inherited {
  /** What a process gets that asked to inherit nothing: what a login gives. */
  private static final List<String> FEW = List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL");

  /** Variables of ours that are settings and not what an outer experiment says. */
  private static final List<String> SETTINGS =
      List.of("SYMPH_GLOBAL_CONFIG", "SYMPH_USERNAME", "SYMPH_EXPERIMENT_FOLDER", "SYMPH_CLUSTER");

  private final Map<String, byte[]> all = new LinkedHashMap<>();

  /** Takes a given environment, or the program's own byte for byte where it is that one. */
  Inherited(Map<String, String> environment) {
    byte[] own = environment.equals(System.getenv()) ? read("/proc/self/environ") : new byte[0];
    if (own.length > 0) {
      addOwn(own);
    } else {
      environment.forEach(
          (variable, value) -> add(variable, value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  byte[] all() {
    return Scripts.exports(all);
  }

  byte[] few() {
    return only(FEW);
  }

  byte[] only(Collection<String> variables) {
    Map<String, byte[]> chosen = new LinkedHashMap<>();
    for (String variable : variables) {
      byte[] value = all.get(variable);
      if (value != null) {
        chosen.put(variable, value);
      }
    }
    return Scripts.exports(chosen);
  }

  /** Lines that put umask, limit and ignored signals back where something between changes them. */
  static byte[] limits() {
    StringBuilder text = new StringBuilder();
    String status = new String(read("/proc/self/status"), StandardCharsets.ISO_8859_1);
    String umask = field(status, "Umask:");
    if (!umask.isEmpty()) {
      text.append("umask ").append(umask).append('\n');
    }
    String soft = softLimit();
    if (!soft.isEmpty()) {
      text.append("ulimit -Sn ").append(soft).append(" 2>/dev/null\n");
    }
    String ignored = field(status, "SigIgn:");
    if (!ignored.isEmpty()) {
      long mask = Long.parseUnsignedLong(ignored, 16);
      int[] signals = {1, 2, 3, 15};
      for (int signal : signals) {
        if (((mask >> (signal - 1)) & 1) == 1) {
          text.append("trap '' ").append(signal).append('\n');
        }
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The soft limit of open files. A Java virtual machine raises its own to the hard limit; what the
   * user set is still that of the shell that started it.
   */
  private static String softLimit() {
    String[] own = openFiles("/proc/self/limits");
    String[] parent = openFiles("/proc/" + parentPid() + "/limits");
    if (own.length < 2) {
      return "";
    }
    return parent.length == 2 && parent[1].equals(own[1]) ? parent[0] : own[0];
  }

  private static long parentPid() {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    return parent.isPresent() ? parent.get().pid() : 0;
  }

  private static String[] openFiles(String file) {
    String limits = new String(read(file), StandardCharsets.ISO_8859_1);
    String line = field(limits, "Max open files");
    int space = line.indexOf(' ');
    if (space < 0) {
      return new String[0];
    }
    String rest = line.substring(space).trim();
    int end = rest.indexOf(' ');
    return new String[] {line.substring(0, space), end < 0 ? rest : rest.substring(0, end)};
  }

  private static String field(String text, String name) {
    int at = text.indexOf(name);
    if (at < 0) {
      return "";
    }
    int end = text.indexOf('\n', at);
    return text.substring(at + name.length(), end < 0 ? text.length() : end).trim();
  }

  private void addOwn(byte[] entries) {
    int from = 0;
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] == 0) {
        int equals = from;
        while (equals < i && entries[equals] != '=') {
          equals++;
        }
        if (equals < i) {
          add(
              new String(entries, from, equals - from, StandardCharsets.ISO_8859_1),
              Arrays.copyOfRange(entries, equals + 1, i));
        }
        from = i + 1;
      }
    }
  }

  /** Leaves out what no shell can set, and what belongs to an outer experiment. */
  private void add(String variable, byte[] value) {
    if (!isName(variable) || variable.equals("_") || variable.equals(Scripts.MARKER)) {
      return;
    }
    if (variable.startsWith("SYMPH_") && !SETTINGS.contains(variable)) {
      return;
    }
    all.put(variable, value);
  }

  private static boolean isName(String variable) {
    for (int i = 0; i < variable.length(); i++) {
      char c = variable.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
        return false;
      }
    }
    return !variable.isEmpty();
  }

  private static byte[] read(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
