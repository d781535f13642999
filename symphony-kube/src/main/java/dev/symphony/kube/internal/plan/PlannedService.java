package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessName;

/**
 * A service as the plan has it.
 *
 * @param name as declared
 * @param object the name of the Service object, which is its DNS name within the namespace
 * @param provider the process that provides it
 * @param port the port, the same in pod and service
 * @param exposed whether it is for the user's browser
 * @param isPublic whether it asks for an address from outside (type LoadBalancer)
 */
public record PlannedService(
    String name,
    String object,
    ProcessName provider,
    int port,
    boolean exposed,
    boolean isPublic) {}
