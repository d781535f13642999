package dev.symphony.image.internal.content;

import java.nio.file.Path;

/**
 * A file of a layer.
 *
 * @param path where it is in the image, absolute
 * @param source where it is here
 * @param size in bytes
 * @param hash of its content, SHA-256 in hexadecimal digits
 * @param executable whether it may be run as a program
 */
public record LayerFile(String path, Path source, long size, String hash, boolean executable) {}
