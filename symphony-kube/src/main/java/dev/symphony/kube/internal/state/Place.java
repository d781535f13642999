package dev.symphony.kube.internal.state;

import java.time.Instant;
import java.util.Map;

/**
 * Where an experiment is.
 *
 * @param experiment its whole name
 * @param namespace where its objects are
 * @param shared whether that namespace is not its own
 * @param uid of its namespace, or of its anchor in a shared one
 * @param launchId what tells this launch from any other of the same name
 * @param created when its namespace or anchor was made
 * @param terminating whether it is being deleted
 * @param holder the Namespace or the anchor ConfigMap as it is now
 */
public record Place(
    String experiment,
    String namespace,
    boolean shared,
    String uid,
    String launchId,
    Instant created,
    boolean terminating,
    Map<String, Object> holder) {}
