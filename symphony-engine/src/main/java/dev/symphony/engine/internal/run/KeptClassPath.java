package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.spi.HostPlan.KeptPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Copies of class path elements, one for each content; an element stays as long as a launch uses
 * it.
 *
 * <p>{@code DIGEST/NAME} is the copy, {@code DIGEST/used-by/LAUNCH} says who uses it.
 */
final class KeptClassPath {
  private static final String USERS = "used-by";

  private final Path state;
  private final Path store;

  KeptClassPath(Path state) {
    this.state = state;
    this.store = folder(state);
  }

  /** Where copies are. */
  static Path folder(Path state) {
    return state.resolve("classpath");
  }

  /** Copies what is not there yet, and notes the launch as a user of all. */
  void keep(List<KeptPath> elements, String launchId) throws IOException {
    if (elements.isEmpty()) {
      return;
    }
    AtomicFile.createDirectories(store);
    try (RunLock lock = RunLock.take(store.resolve("lock"), "the kept class path")) {
      for (KeptPath element : elements) {
        Path kept = Path.of(element.kept());
        Path folder = store.resolve(store.relativize(kept).getName(0));
        AtomicFile.createDirectories(folder.resolve(USERS));
        Files.write(folder.resolve(USERS).resolve(launchId), new byte[0]);
        if (!Files.exists(kept)) {
          Path copy = folder.resolve(".copy");
          Trees.remove(copy);
          Trees.copy(Path.of(element.source()), copy, state);
          if (!folder.endsWith(ClassPath.digest(copy, state))) {
            Trees.remove(copy);
            throw new SymphonyException(
                element.source()
                    + " of the class path has changed since the plan was made; plan again");
          }
          Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  /** Removes a launch from the users, and with the last user the copy. */
  void release(String launchId) {
    if (!Files.isDirectory(store)) {
      return;
    }
    try (RunLock lock = RunLock.take(store.resolve("lock"), "the kept class path");
        DirectoryStream<Path> elements = Files.newDirectoryStream(store, Files::isDirectory)) {
      for (Path element : elements) {
        boolean used = Files.deleteIfExists(element.resolve(USERS).resolve(launchId));
        if (used && isEmpty(element.resolve(USERS))) {
          Trees.remove(element);
        }
      }
    } catch (IOException e) {
      throw RunDirectory.failure("clean", store, e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
