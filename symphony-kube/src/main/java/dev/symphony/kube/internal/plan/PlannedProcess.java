package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process as the plan has it; secrets are masked.
 *
 * @param name which
 * @param pod the planned name of its pod; later attempts are {@code POD.r2}, {@code POD.r3}
 * @param container its container within the pod
 * @param command its argv; empty where a shell runs its lines, or the image's own entry point
 * @param shell its shell lines; empty where it has an argv
 * @param directory where it runs; null where the image decides
 * @param environment what Symphony and the declaration set
 * @param secrets where its secrets come from, by variable
 * @param successExitCodes exit codes that are a success beside 0
 * @param image its image
 */
public record PlannedProcess(
    ProcessName name,
    String pod,
    String container,
    List<String> command,
    List<String> shell,
    @Nullable String directory,
    Map<String, String> environment,
    Map<String, Secret> secrets,
    Set<Integer> successExitCodes,
    String image) {}
