package dev.symphony.engine.internal.run;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.HostIdentity;
import dev.symphony.spi.HostPlan;
import dev.symphony.spi.HostProcess;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every question about an experiment needs, in a file that is read at once: a line a fact,
 * words between blanks. Written once, before anything starts.
 *
 * @param launchId what tells this launch from any other
 * @param host where it was launched
 * @param createdMillis when, in milliseconds since 1970
 * @param bootMillis when that machine had booted, by the clock of then
 * @param processes in declared order
 * @param services with their addresses
 */
record RunIndex(
    String launchId,
    HostIdentity host,
    long createdMillis,
    long bootMillis,
    List<Entry> processes,
    List<ServiceAddress> services) {

  private static final String VERSION = "symphony 2";

  /**
   * One process.
   *
   * @param graceMillis from SIGTERM to SIGKILL
   * @param ports those that make it ready when something listens there
   */
  record Entry(ProcessName name, long graceMillis, List<Integer> ports) {}

  /** That of a plan. */
  static RunIndex of(
      HostPlan plan, String launchId, HostIdentity host, long createdMillis, long bootMillis) {
    List<Entry> processes = new ArrayList<>(plan.processes().size());
    for (HostProcess process : plan.processes()) {
      processes.add(new Entry(process.name(), process.gracePeriod().toMillis(), process.ports()));
    }
    return new RunIndex(launchId, host, createdMillis, bootMillis, processes, plan.services());
  }

  /** What {@link #read} reads. */
  byte[] encode() {
    StringBuilder text = new StringBuilder(64 * processes.size() + 256);
    text.append(beginning(launchId));
    text.append("host ").append(host.encode()).append('\n');
    text.append("created ").append(createdMillis);
    text.append(' ').append(bootMillis).append('\n');
    for (Entry process : processes) {
      text.append("process ").append(process.name());
      text.append(' ').append(process.graceMillis());
      for (int port : process.ports()) {
        text.append(' ').append(port);
      }
      text.append('\n');
    }
    for (ServiceAddress service : services) {
      text.append("service ").append(service.service()).append(' ').append(service.process());
      text.append(' ').append(service.host()).append(' ').append(service.port());
      text.append(service.exposed() ? " exposed" : " bound").append('\n');
    }
    return text.append("end\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String beginning(String launchId) {
    return VERSION + "\nlaunch " + launchId + "\n";
  }

  /** Whether a file is the index of this launch, told from its beginning alone. */
  static boolean isOf(String launchId, Path file) throws IOException {
    byte[] beginning = beginning(launchId).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new FileInputStream(file.toFile())) {
      return Arrays.equals(beginning, in.readNBytes(beginning.length));
    }
  }

  /**
   * Reads the index of an experiment.
   *
   * @throws IOException where it cannot be read
   * @throws SymphonyException where it is not one of ours
   */
  static RunIndex read(Path file) throws IOException {
    byte[] bytes;
    try (FileInputStream in = new FileInputStream(file.toString())) {
      bytes = in.readAllBytes();
    }
    List<String[]> lines = words(new String(bytes, StandardCharsets.UTF_8));
    if (lines.isEmpty() || !String.join(" ", lines.get(0)).equals(VERSION)) {
      throw new SymphonyException(
          file + " was written by another version of Symphony; use that one");
    }
    String launchId = "";
    HostIdentity host = null;
    long created = 0;
    long boot = 0;
    List<Entry> processes = new ArrayList<>(lines.size());
    List<ServiceAddress> services = new ArrayList<>();
    try {
      for (String[] line : lines) {
        switch (line[0]) {
          case "launch" -> launchId = line[1];
          case "host" -> host = HostIdentity.decode(line[1]);
          case "created" -> {
            created = Long.parseLong(line[1]);
            boot = Long.parseLong(line[2]);
          }
          case "process" -> processes.add(entry(line));
          case "service" ->
              services.add(
                  new ServiceAddress(
                      line[1],
                      ProcessName.parse(line[2]),
                      line[3],
                      Integer.parseInt(line[4]),
                      line[5].equals("exposed")));
          default -> {}
        }
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new SymphonyException(file + " is damaged; remove it with 'delete --forget'", e);
    }
    if (host == null) {
      throw new SymphonyException(file + " is damaged; remove it with 'delete --forget'");
    }
    return new RunIndex(launchId, host, created, boot, processes, services);
  }

  int indexOf(ProcessName name) {
    for (int i = 0; i < processes.size(); i++) {
      if (processes.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Entry entry(String[] line) {
    List<Integer> ports = line.length == 3 ? List.of() : new ArrayList<>(line.length - 3);
    for (int i = 3; i < line.length; i++) {
      ports.add(Integer.parseInt(line[i]));
    }
    return new Entry(ProcessName.parse(line[1]), Long.parseLong(line[2]), ports);
  }

  private static List<String[]> words(String text) {
    List<String[]> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      for (int blank = text.indexOf(' ', from);
          blank >= 0 && blank < end;
          blank = text.indexOf(' ', from)) {
        words.add(text.substring(from, blank));
        from = blank + 1;
      }
      words.add(text.substring(from, end));
      lines.add(words.toArray(new String[0]));
      words.clear();
      from = end + 1;
    }
    return lines;
  }
}
