package dev.symphony.kube.internal.remote;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a tar archive.
 *
 * @param name relative, with slashes
 * @param type {@link #FILE}, {@link #FOLDER}, {@link #LINK}, {@link #HARD_LINK}, or another that is
 *     nothing to copy
 * @param mode permissions
 * @param modified seconds since 1970
 * @param size of a file's content
 * @param target of a link
 */
record TarEntry(
    String name, char type, int mode, long modified, long size, @Nullable String target) {
  static final char FILE = '0';
  static final char HARD_LINK = '1';
  static final char LINK = '2';
  static final char FOLDER = '5';
}
