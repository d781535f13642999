package dev.symphony.kube.internal.remote;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.remote.RemoteFile.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A container's side of a copy, by its own shell and few tools. */
final class RemoteFiles {
  private static final String LOOK =
      """
      p=$1; pwd
      if [ -d "$p" ]; then echo folder; elif [ -f "$p" ]; then echo file
      elif [ -e "$p" ] || [ -L "$p" ]; then echo other; else echo none; fi
      [ -d "$(dirname "$p")" ] && echo yes || echo no
      command -v tar >/dev/null 2>&1 && echo yes || echo no
      stat -L -c '%a %Y' "$p" 2>/dev/null || echo '? ?'
      """;

  private static final String SUM =
      """
      if command -v cksum >/dev/null 2>&1; then head -c "$2" <"$1" | cksum; else echo "- $2"; fi
      """;

  private static final String SUMS =
      """
      cd "$1" || exit 1
      if command -v cksum >/dev/null 2>&1; then find . -type f -exec cksum {} +; fi
      """;

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
          mv -f "$t" "$2"
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
          if ! [ -d "$2" ]; then mv "$t" "$2"; exit; fi
          cd "$t" || exit 1
          find . -type d -exec sh -c 'for d; do mkdir -p "$0/$d" || exit 1; done' "../$2" {} +
          find . ! -type d -exec sh -c 'for f; do
            if [ -d "$0/$f" ]; then echo "$0/$f is a folder" >&2; exit 1; fi
            mv -f "$f" "$0/$f" || exit 1
          done' "../$2" {} +
          left=$(find . ! -type d)
          cd .. && [ -z "$left" ]
          """;

  private final KubeApi api;
  private final Target target;

  RemoteFiles(KubeApi api, Target target) {
    this.api = api;
    this.target = target;
  }

  /** Whose container it is, for messages. */
  String whose() {
    return "process " + target.process();
  }

  /** What is at a path, relative ones from the process's working directory. */
  RemoteFile look(String path) {
    List<String> lines = run(LOOK, path.isEmpty() ? "." : path);
    if (lines.size() < 5) {
      throw new SymphonyException("cannot look at " + path + " in " + whose());
    }
    String[] known = lines.get(4).split(" ", -1);
    return new RemoteFile(
        RemoteFile.absolute(lines.get(0), path),
        Kind.valueOf(lines.get(1).toUpperCase(Locale.ROOT)),
        lines.get(2).equals("yes"),
        number(known[0], 8) & 0777 | (known[0].equals("?") ? -1 : 0),
        number(known[known.length - 1], 10),
        lines.get(3).equals("yes"));
  }

  private static int number(String text, int base) {
    try {
      return Integer.parseInt(text, base);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  // ---- from there

  /** Reads a file into a new one here; checked. */
  void getFile(RemoteFile file, Path into) throws IOException {
    Checksum checksum = new Checksum();
    try (OutputStream out = Files.newOutputStream(into)) {
      OutputStream counted =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              out.write(bytes, offset, length);
              checksum.update(bytes, offset, length);
            }
          };
      run("cat <\"$1\"", counted, file.path());
    }
    String length = String.valueOf(checksum.length());
    check(file.path(), checksum, run(SUM, file.path(), length).get(0));
    LocalFiles.dress(into, file.mode(), file.modified());
  }

  /** Reads a folder into a new one here; checked. */
  void getFolder(RemoteFile folder, Path into) throws IOException {
    requireTar(folder);
    Map<String, Checksum> files;
    List<String> command = Dialogue.command("tar cf - -C \"$1\" .", folder.path());
    try (Exec exec = new Exec(api, target, command, Exec.Streams.OUT);
        Unpacking unpacking = new Unpacking(into)) {
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      int code;
      try {
        code = exec.await(unpacking.archive(), errors);
      } catch (IOException e) {
        unpacking.files(); // Its reason is the first one.
        throw e;
      }
      String said = errors.toString(StandardCharsets.UTF_8).strip();
      if (code != 0 && !isOnlyChanging(said)) {
        throw failed(said, code);
      }
      files = unpacking.files();
    }
    for (String line : run(SUMS, folder.path())) {
      int name = line.indexOf(" ./");
      Checksum checksum = name < 0 ? null : files.get(line.substring(name + 1));
      if (checksum != null && !line.startsWith(checksum.line() + " ")) {
        // It may have grown since, as logs do.
        String path = folder.path() + line.substring(name + 2);
        String length = String.valueOf(checksum.length());
        check(path, checksum, run(SUM, path, length).get(0));
      }
    }
  }

  private static boolean isOnlyChanging(String said) {
    return said.contains("changed as we read it") && said.indexOf("Cannot") < 0;
  }

  private void check(String path, Checksum checksum, String line) {
    boolean same =
        line.startsWith("- ")
            ? line.strip().equals("- " + checksum.length())
            : line.strip().equals(checksum.line());
    if (!same) {
      throw new SymphonyException(
          path + " in " + whose() + " changed while it was copied; try again");
    }
  }

  // ---- to there

  /** Writes a file there, under its name only once it is complete and checked. */
  void putFile(Path file, RemoteFile to) throws IOException {
    long size = Files.size(file);
    long modified = Files.getLastModifiedTime(file).toMillis() / 1000;
    try (Dialogue put =
        new Dialogue(
            api,
            target,
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
        check(to.path(), checksum, line);
        commit(put);
      }
      end(put, to);
    }
  }

  /** Writes a folder there, under its name only once it is complete and checked. */
  void putFolder(Path folder, RemoteFile to) throws IOException {
    requireTar(to);
    Map<TarEntry, Path> entries = LocalFiles.entries(folder);
    String size = String.valueOf(TarWriter.size(entries.keySet()));
    try (Dialogue put =
        new Dialogue(api, target, PUT_FOLDER, to.parent(), to.name(), LocalFiles.unique(), size)) {
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
      throw new SymphonyException("cannot read " + file + ": " + e.getMessage(), e);
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
              "not all of it arrived at " + to.path() + " in " + whose() + "; try again");
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
        check(to.path() + line.substring(name + 2), checksum, line.substring(0, name));
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
      throw new SymphonyException("cannot write " + to.path() + " in " + whose() + ": " + problem);
    }
  }

  private void requireTar(RemoteFile file) {
    if (!file.hasTar()) {
      throw new NotFoundException(
          "the container of "
              + whose()
              + " has no tar, which copying folders needs; copy file by file, or add tar to its"
              + " image");
    }
  }

  // ---- scripts

  private List<String> run(String script, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      run(script, out, arguments);
    } catch (IOException e) {
      throw new SymphonyException("cannot copy: " + e.getMessage(), e);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void run(String script, OutputStream out, String... arguments) throws IOException {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> command = Dialogue.command(script, arguments);
    try (Exec exec = new Exec(api, target, command, Exec.Streams.OUT)) {
      int code = exec.await(out, errors);
      if (code != 0) {
        throw failed(errors.toString(StandardCharsets.UTF_8).strip(), code);
      }
    } catch (NotStartedException e) {
      throw e.isMissing()
          ? new NotFoundException("the container of " + whose() + " has no sh, which copying needs")
          : e;
    }
  }

  private SymphonyException failed(String said, int code) {
    int end = said.indexOf('\n');
    String first = end < 0 ? said : said.substring(0, end);
    return new SymphonyException(
        "copying from " + whose() + " failed: " + (first.isEmpty() ? "exit code " + code : first));
  }
}
