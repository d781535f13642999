package dev.symphony.engine.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.internal.host.ProcessRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script around a process, with a clock that only the process moves and pauses only noted. */
class WrapperTest {
  @TempDir Path directory;

  /** How long the attempts run one after the other, in hundredths of a second. */
  private static final String RUNS = "0 0 0 0 0 0 0 0 59999 60000 0 0";

  @Test
  void pausesDoubleToAMinuteAndBeginAnewAfterTenMinutesOfRunning() throws Exception {
    String wrapper = new String(Wrapper.script(), UTF_8);
    wrapper =
        replaceOne(
            wrapper, "command -p sleep $symph_delay", "echo $symph_delay >>\"$symph_d.pauses\"");
    wrapper =
        replaceOne(
            wrapper, "\nwhile :; do\n", "\nsymph_now() { read -r symph_u <\"$symph_d.clock\"; }$0");
    Path p = Files.createDirectory(directory.resolve("p"));
    Path script = p.resolve("0.sh");
    Files.writeString(
        script,
        ProcessRecord.pending(0, 0, "boot", 0)
            + """
        symph_d='%s' symph_policy=always symph_max=11 symph_ok=' 0 ' symph_tty=0
        symph_work() {
          symph_now
          set -- %s
          shift $((symph_attempt - 1))
          echo $((symph_u + $1)) >"$symph_d.clock"
        }
        """
                .formatted(p.resolve("0"), RUNS)
            + wrapper);
    Files.writeString(p.resolve("0.clock"), "1000\n");
    Files.createFile(p.resolve("0.go"));
    Files.createFile(p.resolve("0.log"));
    Process sh =
        new ProcessBuilder("sh", script.toString(), "0", "boot", "0")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(sh.waitFor(1, TimeUnit.MINUTES), "it goes on");
    } finally {
      sh.destroyForcibly();
    }
    assertEquals(
        List.of("1", "2", "4", "8", "16", "32", "60", "60", "60", "1", "2"),
        Files.readAllLines(p.resolve("0.pauses")));
    assertEquals(12, Files.readAllLines(p.resolve("0.attempts")).size());
  }

  private static String replaceOne(String text, String part, String by) {
    int at = text.indexOf(part);
    assertTrue(at >= 0 && text.indexOf(part, at + 1) < 0, part);
    return text.substring(0, at) + by.replace("$0", part) + text.substring(at + part.length());
  }
}
