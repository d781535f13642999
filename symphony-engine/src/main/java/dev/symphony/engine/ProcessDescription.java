package dev.symphony.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of one process.
 *
 * @param status where it stands
 * @param command its argv, secrets masked; empty where a shell runs its lines
 * @param shell its shell lines, secrets masked; empty where it has an argv
 * @param directory where it runs; null where the backend decides
 * @param environment what Symphony and the declaration set, secrets masked, in order of names; not
 *     what it inherits
 * @param secrets where its secrets come from, by variable
 * @param services the services it provides
 * @param logFile its log on this machine; null where there is none
 * @param details what only this backend knows, such as {@code pid} or {@code node}, in order
 */
public record ProcessDescription(
    ProcessStatus status,
    List<String> command,
    List<String> shell,
    @Nullable String directory,
    Map<String, String> environment,
    Map<String, Secret> secrets,
    List<ServiceAddress> services,
    @Nullable String logFile,
    Map<String, String> details) {

  /** Copies lists; the maps keep their order. */
  public ProcessDescription {
    command = List.copyOf(command);
    shell = List.copyOf(shell);
    services = List.copyOf(services);
    environment = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(environment));
    secrets = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(secrets));
    details = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(details));
  }
}
