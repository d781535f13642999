package dev.symphony.spi;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.RestartPolicy;
import dev.symphony.engine.Secret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One process of a plan for this host.
 *
 * @param index its number in declared order, from 0
 * @param name its name
 * @param command its argv; empty where a shell runs its lines
 * @param shell its shell lines; empty where it has an argv
 * @param preamble shell lines run before, in the same shell
 * @param directory where it runs, absolute
 * @param environment what Symphony and the declaration set
 * @param secretValues the values of its secrets, by variable
 * @param secrets where its secrets come from, by variable
 * @param inheritEnv whether the launching program's environment is passed on
 * @param passEnv variables of the launching program that are passed on in any case
 * @param gracePeriod from SIGTERM to SIGKILL
 * @param restart whether it runs again
 * @param successExitCodes codes that are a success beside 0
 * @param ports the ports it provides services at, which make it ready
 */
public record HostProcess(
    int index,
    ProcessName name,
    List<String> command,
    List<String> shell,
    List<String> preamble,
    String directory,
    Map<String, String> environment,
    Map<String, SecretText> secretValues,
    Map<String, Secret> secrets,
    boolean inheritEnv,
    Set<String> passEnv,
    Duration gracePeriod,
    RestartPolicy restart,
    Set<Integer> successExitCodes,
    List<Integer> ports) {

  /** Copies everything. */
  public HostProcess {
    command = List.copyOf(command);
    shell = List.copyOf(shell);
    preamble = List.copyOf(preamble);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    secretValues = Collections.unmodifiableMap(new LinkedHashMap<>(secretValues));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    passEnv = Set.copyOf(passEnv);
    successExitCodes = Set.copyOf(successExitCodes);
    ports = List.copyOf(ports);
  }
}
