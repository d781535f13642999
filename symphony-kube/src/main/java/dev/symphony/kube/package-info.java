/** The backend that runs experiments as pods of a Kubernetes cluster. */
@NullMarked
package dev.symphony.kube;

import org.jspecify.annotations.NullMarked;
