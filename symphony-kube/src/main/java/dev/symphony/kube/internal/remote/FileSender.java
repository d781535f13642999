package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes files and folders of this machine into a container. */
final class FileSender {
  /** Nothing is left but what was committed. */
  private static final String BEGIN_PUT =
      """
      cd "$1" || exit 1
      t="$PWD/.$2.symphony-$3"
      trap 'rm -rf "$t"' 0
      trap 'exit 1' 1 2 13 15
      gaveUp() {
        df -Pk . 2>/dev/null | tail -n 1 | (read -r a b c f g; echo "$f KiB are free there" >&2)
        echo fail; cat >/dev/null; exit 1
      }
      """;

  private static final String COMMIT =
      """
      read -r answer && [ "$answer" = commit ] || exit 1
      """;

  private static final String PUT_FILE =
      BEGIN_PUT
          + """
          head -c "$4" >"$t" || gaveUp
          chmod "$5" "$t"; touch -d "@$6" "$t" 2>/dev/null
          if command -v cksum >/dev/null 2>&1; then cksum <"$t"; else echo "- $(wc -c <"$t")"; fi
          """
          + COMMIT
          + """
          mv -f "$t" "./$2"
          """;

  private static final String PUT_FOLDER =
      BEGIN_PUT
          + """
          mkdir "$t" || gaveUp
          head -c "$4" | tar xf - -C "$t" || gaveUp
          if command -v cksum >/dev/null 2>&1; then
            (cd "$t" && find . -type f -exec cksum {} +) || gaveUp
          fi
          echo end
          """
          + COMMIT
          + """
          if ! [ -d "$2" ]; then mv "$t" "./$2"; exit; fi
          cd "$t" || exit 1
          find . -type d -exec sh -c 'for d; do mkdir -p "$0/$d" || exit 1; done' "../$2" {} +
          find . ! -type d -exec sh -c 'for f; do
            if [ -d "$0/$f" ]; then echo "$0/$f is a folder" >&2; exit 1; fi
            mv -f "$f" "$0/$f" || exit 1
          done' "../$2" {} +
          left=$(find . ! -type d)
          cd .. && [ -z "$left" ]
          """;

  private final RemoteFiles there;

  FileSender(RemoteFiles there) {
    this.there = there;
  }

  /** Writes a file there, under its name only once it is complete and checked. */
  void putFile(Path file, RemoteFile to) throws IOException {
    long size = Files.size(file);
    long modified = Files.getLastModifiedTime(file).toMillis() / 1000;
    try (Dialogue put =
        there.talk(
            PUT_FILE,
            to.parent(),
            to.name(),
            LocalFiles.unique(),
            String.valueOf(size),
            Integer.toOctalString(LocalFiles.mode(file)),
            String.valueOf(modified))) {
      Checksum checksum = new Checksum();
      boolean sent = sent(() -> send(file, size, checksum, put::send));
      String line = sent ? put.line() : null;
      if (line != null && !line.equals("fail")) {
        there.check(to.path(), checksum, line);
        commit(put);
      }
      end(put, to);
    }
  }

  /** Writes a folder there, under its name only once it is complete and checked. */
  void putFolder(Path folder, RemoteFile to) throws IOException {
    there.requireTar(to);
    Map<TarEntry, Path> entries = LocalFiles.entries(folder);
    String size = String.valueOf(TarWriter.size(entries.keySet()));
    try (Dialogue put = there.talk(PUT_FOLDER, to.parent(), to.name(), LocalFiles.unique(), size)) {
      Map<String, Checksum> files = new HashMap<>();
      boolean sent = sent(() -> send(entries, files, put));
      if (sent && isWhole(put, files, to)) {
        commit(put);
      }
      end(put, to);
    }
  }

  /** Something that is sent. */
  private interface Sending {
    /** Sends it. */
    void run() throws IOException;
  }

  /** Whether the other side took it; where it did not, its own words say why. */
  private static boolean sent(Sending sending) throws IOException {
    try {
      sending.run();
      return true;
    } catch (SymphonyException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static void send(Map<TarEntry, Path> entries, Map<String, Checksum> files, Dialogue put)
      throws IOException {
    TarWriter tar = new TarWriter(put::send);
    for (Map.Entry<TarEntry, Path> item : entries.entrySet()) {
      TarEntry entry = item.getKey();
      tar.begin(entry);
      if (entry.type() == TarEntry.FILE) {
        Checksum checksum = new Checksum();
        send(item.getValue(), entry.size(), checksum, tar::content);
        tar.endContent();
        files.put(entry.name(), checksum);
      }
    }
    tar.end();
  }

  /** As much of a file as it had; one that grows meanwhile is copied as it was. */
  private static void send(Path file, long size, Checksum checksum, TarWriter.Sink to)
      throws IOException {
    byte[] buffer = new byte[32 * 1024];
    long left = size;
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file + ": " + Problems.reason(e), e);
    }
    try (in) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new SymphonyException(file + " became shorter while it was copied; try again");
        }
        checksum.update(buffer, 0, count);
        to.write(buffer, count);
        left -= count;
      }
    }
  }

  private boolean isWhole(Dialogue put, Map<String, Checksum> files, RemoteFile to) {
    boolean any = false;
    for (String line = put.line(); line != null; line = put.line()) {
      if (line.equals("end")) {
        if (any && !files.isEmpty()) {
          throw new SymphonyException(
              "not all of it arrived at " + to.path() + " in " + there.whose() + "; try again");
        }
        return true;
      }
      if (line.equals("fail")) {
        return false;
      }
      any = true;
      int name = line.indexOf(" ./");
      Checksum checksum = name < 0 ? null : files.remove(line.substring(name + 1));
      if (checksum != null) {
        there.check(to.path() + line.substring(name + 2), checksum, line.substring(0, name));
      }
    }
    return false;
  }

  private static void commit(Dialogue put) throws IOException {
    byte[] commit = "commit\n".getBytes(StandardCharsets.US_ASCII);
    put.send(commit, commit.length);
  }

  private void end(Dialogue put, RemoteFile to) {
    String problem = put.end();
    if (problem != null) {
      throw new SymphonyException(
          "cannot write " + to.path() + " in " + there.whose() + ": " + problem);
    }
  }
}
