/**
 * What a backend is written with: how it is found, what it may know of its surroundings, how
 * services become addresses, and how processes of one host are run.
 */
@NullMarked
package dev.symphony.spi;

import org.jspecify.annotations.NullMarked;
