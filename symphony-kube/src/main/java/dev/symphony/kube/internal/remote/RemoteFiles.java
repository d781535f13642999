package dev.symphony.kube.internal.remote;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.remote.RemoteFile.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        (int) number(known[0], 8),
        number(known[known.length - 1], 10),
        lines.get(3).equals("yes"));
  }

  private static long number(String text, int base) {
    try {
      return Long.parseLong(text, base);
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

  /** Whether what arrived is what the other side says, else an error. */
  void check(String path, Checksum checksum, String line) {
    boolean same =
        line.startsWith("- ")
            ? line.strip().equals("- " + checksum.length())
            : line.strip().equals(checksum.line());
    if (!same) {
      throw new SymphonyException(
          path + " in " + whose() + " changed while it was copied; try again");
    }
  }

  void requireTar(RemoteFile file) {
    if (!file.hasTar()) {
      throw new NotFoundException(
          "the container of "
              + whose()
              + " has no tar, which copying folders needs; copy file by file, or add tar to its"
              + " image");
    }
  }

  // ---- scripts

  /** A script that is sent bytes. */
  Dialogue talk(String script, String... arguments) {
    return new Dialogue(api, target, script, arguments);
  }

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
