/** What the API says of an experiment, as records. */
@NullMarked
package dev.symphony.kube.internal.state;

import org.jspecify.annotations.NullMarked;
