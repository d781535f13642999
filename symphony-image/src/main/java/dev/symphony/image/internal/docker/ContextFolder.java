package dev.symphony.image.internal.docker;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a build's context is gathered in, held until it is closed.
 *
 * <pre>
 * symphony-docker-build/
 *   .symphony-docker-build  the mark: nothing in a folder without it is written or deleted
 *   context/                what the program builds from
 *   complete/NAME           where a copy that is complete came from
 *   image-id                the image of the last build
 * </pre>
 */
public final class ContextFolder implements AutoCloseable {
  private static final String NAME = "symphony-docker-build";
  private static final String MARK = "." + NAME;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> EVERYBODY =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path folder;
  private final FileChannel lock;

  private ContextFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the context folder below a temporary directory, and makes both where they are missing.
   *
   * @throws SymphonyException where it belongs to another program or to a build that is running
   */
  public static ContextFolder open(Path temporary) {
    Path wanted = temporary.resolve(NAME);
    try {
      Files.createDirectories(temporary);
      Path folder = temporary.toRealPath().resolve(NAME);
      Path mark = folder.resolve(MARK);
      if (!Files.isRegularFile(mark)) {
        begin(folder, mark);
      }
      return new ContextFolder(folder.toRealPath(), lock(mark));
    } catch (IOException e) {
      throw new SymphonyException("cannot use " + wanted + ": " + Problems.reason(e), e);
    }
  }

  private static void begin(Path folder, Path mark) throws IOException {
    boolean isForeign =
        Trees.exists(folder) && (!Trees.isFolder(folder) || !Trees.children(folder).isEmpty());
    if (isForeign) {
      throw new SymphonyException(
          folder
              + " was not made by a DockerBuilder and is left as it is; remove it, or choose another"
              + " temp_directory");
    }
    Trees.makeFolder(folder, OWNER);
    Files.writeString(
        mark, "Made by Symphony's DockerBuilder, which may delete what is in here.\n");
  }

  private static FileChannel lock(Path mark) throws IOException {
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // By another thread of this program: the same to the user.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new SymphonyException(
          "another build uses "
              + mark.getParent()
              + ": wait until it has ended, or give each a temp_directory of its own");
    }
    return channel;
  }

  /** What the program is to build from. */
  public Path context() {
    return folder.resolve("context");
  }

  /** Where the program is to leave the image's id. */
  public Path imageIdFile() {
    return folder.resolve("image-id");
  }

  /**
   * Makes the context hold exactly these.
   *
   * @param told gets a line for each
   */
  public void gather(Collection<ContextSource> sources, Consumer<String> told) {
    try {
      Trees.makeFolder(context(), EVERYBODY);
      Trees.makeFolder(folder.resolve("complete"), OWNER);
      Set<Path> names = sources.stream().map(ContextSource::name).collect(Collectors.toSet());
      removeOthers(context(), null, names);
      Set<Path> records = names.stream().map(this::record).collect(Collectors.toSet());
      for (Path record : Trees.children(folder.resolve("complete"))) {
        if (!records.contains(record)) {
          Files.delete(record);
        }
      }
      for (ContextSource source : sources) {
        told.accept(source.name() + ": " + gather(source));
      }
    } catch (IOException e) {
      throw new SymphonyException("cannot gather " + context() + ": " + Problems.reason(e), e);
    }
  }

  private void removeOthers(Path directory, @Nullable Path name, Set<Path> names)
      throws IOException {
    for (Path child : Trees.children(directory)) {
      Path own = name == null ? child.getFileName() : name.resolve(child.getFileName());
      if (names.contains(own)) {
        continue;
      }
      if (Trees.isFolder(child) && names.stream().anyMatch(wanted -> wanted.startsWith(own))) {
        removeOthers(child, own, names);
      } else {
        Trees.delete(child);
      }
    }
  }

  private String gather(ContextSource source) throws IOException {
    Path target = context().resolve(source.name());
    Path record = record(source.name());
    String origin = source.path().toString();
    boolean isComplete = Files.exists(record) && Files.readString(record).equals(origin);
    if (!source.forceUpdate() && isComplete && Trees.exists(target)) {
      return "kept the copy of an earlier build";
    }
    refuseOwn(source);
    makeParents(source.name());
    Files.deleteIfExists(record);
    TreeCopy.Result result = TreeCopy.copy(source, target, folder);
    Files.writeString(record, origin);
    return result.copied()
        + " copied, "
        + result.unchanged()
        + " unchanged, "
        + result.removed()
        + " removed";
  }

  private void refuseOwn(ContextSource source) throws IOException {
    if (Files.exists(source.path()) && source.path().toRealPath().startsWith(folder)) {
      throw new SymphonyException(
          "context " + source.name() + ": " + source.path() + " is in the context folder itself");
    }
  }

  private void makeParents(Path name) throws IOException {
    for (int length = 1; length < name.getNameCount(); length++) {
      Trees.makeFolder(context().resolve(name.subpath(0, length)), EVERYBODY);
    }
  }

  private Path record(Path name) {
    String encoded = URLEncoder.encode(name.toString(), StandardCharsets.UTF_8);
    return folder.resolve("complete").resolve(encoded);
  }

  /** Lets other builds use it. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new SymphonyException("cannot let go of " + folder + ": " + Problems.reason(e), e);
    }
  }
}
