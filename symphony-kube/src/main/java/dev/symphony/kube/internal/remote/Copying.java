package dev.symphony.kube.internal.remote;

import dev.symphony.engine.FileLocation;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.remote.RemoteFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/** Copies files and folders as {@code cp -r} does, between this machine and containers. */
final class Copying {
  private final Function<FileLocation, RemoteFiles> remote;
  private final Path workingDirectory;

  /**
   * Copies.
   *
   * @param remote the container's side of a location that has a process
   * @param workingDirectory what local relative paths start from
   */
  Copying(Function<FileLocation, RemoteFiles> remote, Path workingDirectory) {
    this.remote = remote;
    this.workingDirectory = workingDirectory;
  }

  void copy(FileLocation from, FileLocation to) {
    if (from.process() == null && to.process() == null) {
      throw new SymphonyException("neither side of the copy is a process; use cp");
    }
    try {
      if (from.process() == null) {
        upload(local(from.path()), remote.apply(to), to.path());
      } else if (to.process() == null) {
        download(remote.apply(from), from.path(), local(to.path()));
      } else {
        between(from, to);
      }
    } catch (IOException e) {
      String why = e.getMessage();
      throw new SymphonyException(
          "cannot copy " + from.path() + " to " + to.path() + ": " + (why == null ? e : why), e);
    }
  }

  private Path local(String path) {
    try {
      return workingDirectory.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new SymphonyException("'" + path + "' is no path: " + e.getReason(), e);
    }
  }

  // ---- from a container

  private void download(RemoteFiles there, String path, Path to) throws IOException {
    RemoteFile source = require(there, path);
    Path target =
        Files.isDirectory(to) && !source.name().isEmpty() ? to.resolve(source.name()) : to;
    Path parent = target.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new NotFoundException("there is no folder " + parent + " to copy to");
    }
    boolean isFolder = source.kind() == Kind.FOLDER;
    if (Files.exists(target) && Files.isDirectory(target) != isFolder) {
      throw new SymphonyException(
          "cannot replace " + target + ", which is a " + (isFolder ? "file" : "folder"));
    }
    Path partial = LocalFiles.beside(target);
    Thread atExit = new Thread(() -> LocalFiles.remove(partial));
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      if (isFolder) {
        there.getFolder(source, partial);
      } else {
        there.getFile(source, partial);
      }
      LocalFiles.place(partial, target);
    } finally {
      LocalFiles.remove(partial);
      forget(atExit);
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The program is ending.
    }
  }

  private static RemoteFile require(RemoteFiles there, String path) {
    RemoteFile source = there.look(path);
    if (source.kind() == Kind.NONE) {
      throw new NotFoundException("there is no file " + source.path() + " in " + there.whose());
    }
    if (source.kind() == Kind.OTHER) {
      throw new SymphonyException(
          source.path() + " in " + there.whose() + " is neither a file nor a folder");
    }
    return source;
  }

  // ---- to a container

  private static void upload(Path source, RemoteFiles there, String path) throws IOException {
    if (!Files.exists(source)) {
      throw new NotFoundException("there is no file " + source);
    }
    boolean isFolder = Files.isDirectory(source);
    RemoteFile target = there.look(path);
    Path name = source.getFileName();
    if (target.kind() == Kind.FOLDER && name != null) {
      target = there.look(target.path() + "/" + name);
    }
    if (!target.hasParent()) {
      throw new NotFoundException(
          "there is no folder " + target.parent() + " in " + there.whose() + " to copy to");
    }
    if (target.kind() != Kind.NONE && (target.kind() == Kind.FOLDER) != isFolder) {
      throw new SymphonyException(
          "cannot replace "
              + target.path()
              + " in "
              + there.whose()
              + ", which is a "
              + (isFolder ? "file" : "folder"));
    }
    if (isFolder) {
      new FileSender(there).putFolder(source.toRealPath(), target);
    } else if (Files.isRegularFile(source)) {
      new FileSender(there).putFile(source, target);
    } else {
      throw new SymphonyException(source + " is neither a file nor a folder");
    }
  }

  // ---- between containers

  private void between(FileLocation from, FileLocation to) throws IOException {
    RemoteFiles there = remote.apply(from);
    RemoteFile source = require(there, from.path());
    RemoteFiles other = remote.apply(to);
    if (String.valueOf(from.process()).equals(String.valueOf(to.process()))) {
      String inside = other.look(to.path()).path();
      if ((inside + "/").startsWith(source.path() + "/")) {
        throw new SymphonyException("cannot copy " + source.path() + " into itself");
      }
    }
    Path folder = Files.createTempDirectory("symphony-copy");
    try {
      Path here = folder.resolve(source.name().isEmpty() ? "root" : source.name());
      if (source.kind() == Kind.FOLDER) {
        there.getFolder(source, here);
      } else {
        there.getFile(source, here);
      }
      upload(here, other, to.path());
    } finally {
      LocalFiles.remove(folder);
    }
  }
}
