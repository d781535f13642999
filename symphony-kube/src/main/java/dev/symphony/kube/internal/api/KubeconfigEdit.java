package dev.symphony.kube.internal.api;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Changes the namespace of one context in a kubeconfig, and not a byte beside it: the new file is
 * written whole and takes the place of the old one at once, with its permissions.
 */
public final class KubeconfigEdit {
  private KubeconfigEdit() {}

  /**
   * Changes it in the first of these files that has the context, where a link leads to.
   *
   * @param files as {@code $KUBECONFIG} lists them; those that do not exist are passed over
   * @return the file that was changed
   * @throws NotFoundException where none has the context
   * @throws SymphonyException where the file cannot be changed; then it is as it was
   */
  public static Path setNamespace(List<Path> files, String context, String namespace) {
    for (Path file : files) {
      if (!Files.exists(file)) {
        continue;
      }
      try {
        Path real = file.toRealPath();
        if (ContextText.of(real, read(real)).has(context)) {
          change(real, context, namespace);
          return real;
        }
      } catch (IOException e) {
        throw failed(file, e);
      }
    }
    throw new NotFoundException("no kubeconfig has a context '" + context + "'");
  }

  /** Holds kubectl's own lock meanwhile. */
  private static void change(Path file, String context, String namespace) throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      throw new SymphonyException(
          "the kubeconfig "
              + file
              + " is being changed by another program; where none runs, remove "
              + lock,
          e);
    }
    try {
      String text = read(file);
      String changed = ContextText.of(file, text).withNamespace(context, namespace);
      if (!changed.equals(text)) {
        replace(file, changed);
      }
    } finally {
      Files.deleteIfExists(lock);
    }
  }

  private static String read(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new SymphonyException("the kubeconfig " + file + " is not UTF-8", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mine =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".tmp", mine);
    try {
      Files.writeString(fresh, text, StandardOpenOption.SYNC);
      if (posix) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static SymphonyException failed(Path file, IOException e) {
    return new SymphonyException("cannot change the kubeconfig " + file + ": " + e, e);
  }
}
