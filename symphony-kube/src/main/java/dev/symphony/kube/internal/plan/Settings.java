package dev.symphony.kube.internal.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's options say about plans.
 *
 * @param identity which cluster, see {@code Cluster.identity}
 * @param namespace the namespace that holds everything; null where each experiment has its own
 * @param forwardExposed whether exposed services get no public address
 * @param image the image of processes that name none; null for none
 * @param classPath the class path of {@code main(…)} within the image
 * @param serviceAnnotations put on services with a public address
 * @param sourceRanges who may reach public addresses, CIDR; empty for everybody
 */
public record Settings(
    String identity,
    @Nullable String namespace,
    boolean forwardExposed,
    @Nullable String image,
    String classPath,
    Map<String, String> serviceAnnotations,
    List<String> sourceRanges) {}
