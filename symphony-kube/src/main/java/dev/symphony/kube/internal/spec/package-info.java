/** What declarations say to Kubernetes alone: fragments of pods and containers, and their rules. */
@NullMarked
package dev.symphony.kube.internal.spec;

import org.jspecify.annotations.NullMarked;
