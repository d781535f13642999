package dev.symphony.engine.internal.host;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.FileProblem;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directory that all users of a machine write their leases to, and its dangers. */
final class LeaseDirectory {
  /** Read and written by all, each file changed only by its owner: as {@code /tmp} itself. */
  private static final int MODE = 01777;

  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_ALL = 0002;

  /** Longer than 65,535 ports need; whatever is longer is no lease. */
  private static final int LONGEST = 512 * 1024;

  final Path path;
  private @Nullable String uid;

  LeaseDirectory(Path path) {
    this.path = path;
  }

  /** The number of this user, asked for when it is needed first. */
  String uid() {
    String known = uid;
    if (known == null) {
      Map<String, Object> self = attributes(Path.of("/proc/self/stat"), "unix:uid");
      known = self == null ? Answer.of("id", "-u") : owner(self);
      uid = known;
    }
    return known;
  }

  /** Makes sure that there is a directory which leases can be written to. */
  void prepare() {
    Map<String, Object> found = attributes(path, "unix:mode,uid,isDirectory,isSymbolicLink");
    if (found == null) {
      create();
      found = attributes(path, "unix:mode,uid,isDirectory,isSymbolicLink");
    }
    if (found == null) {
      throw refused("it vanishes as soon as it is made");
    }
    if (Boolean.TRUE.equals(found.get("isSymbolicLink"))) {
      throw refused("it is a symbolic link");
    }
    if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
      throw refused("it is not a directory");
    }
    if (!Files.isWritable(path)) {
      throw refused("permission denied; it should have mode 1777 and belongs to " + owner(found));
    }
    int mode = found.get("mode") instanceof Integer value ? value : 0;
    if ((mode & WRITABLE_BY_ALL) != 0 && (mode & STICKY) == 0) {
      throw refused("anybody could remove another's leases; it should have mode 1777");
    }
  }

  /** All leases, of every user, but for what somebody put there in another's name. */
  List<Lease> list() {
    String[] names = path.toFile().list();
    List<Lease> all = new ArrayList<>();
    if (names == null || Files.isSymbolicLink(path)) {
      return all;
    }
    KernelFile reader = new KernelFile();
    for (String name : names) {
      int dot = name.indexOf('.');
      if (dot <= 0 || name.startsWith(".new.", dot)) {
        continue;
      }
      Path file = path.resolve(name);
      Map<String, Object> found = attributes(file, "unix:uid,size,isRegularFile");
      if (found == null
          || !Boolean.TRUE.equals(found.get("isRegularFile"))
          || !name.startsWith(owner(found) + ".")
          || !(found.get("size") instanceof Long size && size <= LONGEST)) {
        continue;
      }
      int length = reader.read(file.toString());
      Lease lease = length < 0 ? null : Lease.parse(name, reader.bytes, length);
      if (lease != null) {
        all.add(lease);
      }
    }
    return all;
  }

  /** Writes a lease, whole or not at all. */
  void write(Lease lease) {
    Path file = path.resolve(lease.fileName());
    Path fresh = path.resolve(uid() + ".new." + lease.launchId());
    try {
      // Only the holder of the lock writes: what is there was left by a program that was killed.
      Files.deleteIfExists(fresh);
      Files.createFile(fresh);
      try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
        out.write(lease.content());
      }
      // Other users read it, whatever the umask is.
      Files.setAttribute(fresh, "unix:mode", 0644);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(fresh);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw new SymphonyException(
          "cannot lease ports: cannot write " + file + ": " + FileProblem.reason(e), e);
    }
  }

  /** Renames a lease to what it is called after its release. */
  void release(Lease lease, long uptime) {
    String name = Lease.releasedName(uid(), lease.launchId(), uptime);
    try {
      Files.move(
          path.resolve(lease.fileName()), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException gone) {
      // Swept away from /tmp: as good as released.
      return;
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot release ports: cannot rename "
              + path.resolve(lease.fileName())
              + ": "
              + FileProblem.reason(e),
          e);
    }
  }

  /** Removes an own lease that no longer says anything; tidiness, so failing does not matter. */
  void forget(Lease lease) {
    try {
      Files.deleteIfExists(path.resolve(lease.fileName()));
    } catch (IOException left) {
      return;
    }
  }

  /** The attributes of a file that is not followed if it is a link; null when there is none. */
  static @Nullable Map<String, Object> attributes(Path file, String names) {
    try {
      return Files.readAttributes(file, names, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException none) {
      return null;
    }
  }

  /** Makes the directory beside its place first, so that nobody sees it before all may write. */
  private void create() {
    Path parent = path.getParent();
    try {
      Path beside = Files.createTempDirectory(parent == null ? path : parent, ".symphony-ports");
      try {
        Files.setAttribute(beside, "unix:mode", MODE);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException faster) {
        Files.delete(beside);
      } catch (FileSystemException e) {
        Files.delete(beside);
        // Another user's empty one is in place: a sticky parent does not let it be replaced.
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw refused(FileProblem.reason(e));
    }
  }

  private SymphonyException refused(String reason) {
    return new SymphonyException(
        "cannot use the directory of port leases "
            + path
            + ": "
            + reason
            + " (SYMPHONY_PORTS can name another one)");
  }

  private static String owner(Map<String, Object> found) {
    return String.valueOf(found.get("uid"));
  }
}
