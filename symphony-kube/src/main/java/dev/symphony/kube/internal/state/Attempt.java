package dev.symphony.kube.internal.state;

import dev.symphony.engine.ProcessName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pod of a process by the user's hand: the first launch, or a later start.
 *
 * @param process which process
 * @param pod the pod's name, {@code agent-0} or {@code agent-0.r2}
 * @param uid the pod's uid
 * @param container the process's container within it
 * @param number from 1
 * @param node the node it is on; null while it is on none
 * @param phase the pod's phase
 * @param restarts how often the kubelet restarted the container
 * @param running whether the container runs now
 * @param hasRun whether the container has run, so that there may be a log
 * @param ended whether the container has ended and will not run again by itself
 * @param startedAt when the container's present or last run began; null for none
 * @param previousStartedAt when the run before that one began; null where there is none
 */
public record Attempt(
    ProcessName process,
    String pod,
    String uid,
    String container,
    int number,
    @Nullable String node,
    String phase,
    int restarts,
    boolean running,
    boolean hasRun,
    boolean ended,
    @Nullable Instant startedAt,
    @Nullable Instant previousStartedAt) {}
