package dev.symphony.image.internal.docker;

import java.nio.file.Path;

/**
 * A file or folder that a build's context is to hold.
 *
 * @param name its path in the context, relative and without {@code .} or {@code ..}
 * @param path where it is copied from, absolute
 * @param forceUpdate whether a copy of the last build is brought up to date
 */
public record ContextSource(Path name, Path path, boolean forceUpdate) {}
