/** Talking to an API server: configuration, requests, streams, errors. */
@NullMarked
package dev.symphony.kube.internal.api;

import org.jspecify.annotations.NullMarked;
