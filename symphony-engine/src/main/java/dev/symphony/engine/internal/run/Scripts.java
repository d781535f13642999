package dev.symphony.engine.internal.run;

import dev.symphony.spi.HostProcess;
import dev.symphony.spi.SecretText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the shell scripts that run processes: POSIX sh, every value quoted. */
final class Scripts {
  /** What a terminal says of itself holds in it, not what the launching program's terminal says. */
  private static final String OWN_TERMINAL =
      """
      unset COLUMNS LINES TERMCAP TERM_PROGRAM TERM_PROGRAM_VERSION TMUX TMUX_PANE
      [ -z "$symph_term" ] || export TERM="$symph_term"
      [ -z "$symph_tmux" ] || export TMUX="$symph_tmux" TMUX_PANE="$symph_pane"
      """;

  /** The variable that marks every process of a launch, wherever it goes. */
  static final String MARKER = "SYMPHONY_RUN";

  private Scripts() {}

  /**
   * The script of one process. Its first line is the process's record, which saves a file, and so
   * time where hundreds are launched or deleted.
   *
   * @param record the record of a process that is about to be started
   * @param directory the experiment's directory, which holds the shared scripts
   * @param marker the value of {@link #MARKER}
   * @param terminal whether the log is what a terminal shows
   */
  static byte[] run(
      HostProcess process, String record, RunDirectory directory, String marker, boolean terminal) {
    StringBuilder text = new StringBuilder(1536);
    Path experiment = directory.root();
    int index = process.index();
    text.append(record);
    text.append("symph_term=${TERM-} symph_tmux=${TMUX-} symph_pane=${TMUX_PANE-}\n");
    // In a function, so that no variable of the process, such as IFS, changes what the wrapper
    // does.
    text.append("symph_env() {\n");
    if (terminal) {
      // A terminal's server says which shell it likes; only the launching program's word counts.
      text.append("unset SHELL\n");
    }
    text.append(". ").append(quote(experiment + "/limits.sh")).append('\n');
    text.append(". ").append(quote(experiment + (process.inheritEnv() ? "/all.env" : "/few.env")));
    text.append('\n');
    if (!process.inheritEnv() && !process.passEnv().isEmpty()) {
      text.append(". ").append(quote(directory.environment(index).toString())).append('\n');
    }
    if (terminal) {
      text.append(OWN_TERMINAL);
    }
    for (Map.Entry<String, String> entry : process.environment().entrySet()) {
      export(text, entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, SecretText> entry : process.secretValues().entrySet()) {
      export(text, entry.getKey(), entry.getValue().reveal());
    }
    text.append("cd -- ").append(quote(process.directory())).append(" || exit 126\n}\n");
    text.append("if [ \"$1\" = --exec ]; then\n  shift\n  symph_env\n  exec \"$@\"\nfi\n");
    // Started late by a launch whose experiment was replaced meanwhile: this is another's script.
    text.append("[ \"${").append(MARKER).append("-}\" = ").append(quote(marker));
    text.append(" ] || exit 0\n");
    text.append("symph_d=").append(quote(directory.files(index).toString())).append('\n');
    text.append("symph_policy=").append(policy(process)).append('\n');
    Integer maximum = process.restart().maximum();
    text.append("symph_max=").append(maximum == null ? -1 : maximum).append('\n');
    text.append("symph_ok=' 0 ");
    for (int code : process.successExitCodes()) {
      text.append(code).append(' ');
    }
    text.append("'\nsymph_tty=").append(terminal ? 1 : 0).append('\n');
    text.append("symph_work() {\n  symph_env\n");
    export(text, MARKER, marker);
    work(text, process);
    text.append("}\n. ").append(quote(experiment + "/wrapper.sh")).append('\n');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void work(StringBuilder text, HostProcess process) {
    if (process.preamble().isEmpty() && process.shell().isEmpty()) {
      text.append("  exec");
      words(text, process.command());
      text.append('\n');
      return;
    }
    StringBuilder lines = new StringBuilder();
    for (String line : process.preamble()) {
      lines.append(line).append('\n');
    }
    for (String line : process.shell()) {
      lines.append(line).append('\n');
    }
    if (!process.command().isEmpty()) {
      lines.append("exec \"$@\"\n");
    }
    text.append("  symph_sh=$(command -v bash) || symph_sh=/bin/sh\n");
    text.append("  exec \"$symph_sh\" -e -c ").append(quote(lines.toString())).append(" sh");
    words(text, process.command());
    text.append('\n');
  }

  private static void words(StringBuilder text, List<String> words) {
    for (String word : words) {
      text.append(' ').append(quote(word));
    }
  }

  private static String policy(HostProcess process) {
    return process.restart().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void export(StringBuilder text, String variable, String value) {
    text.append("export ").append(variable).append('=').append(quote(value)).append('\n');
  }

  /** Lines that export variables, byte for byte. */
  static byte[] exports(Map<String, byte[]> variables) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
    for (Map.Entry<String, byte[]> entry : variables.entrySet()) {
      text.writeBytes(("export " + entry.getKey() + "='").getBytes(StandardCharsets.ISO_8859_1));
      for (byte b : entry.getValue()) {
        if (b == '\'') {
          text.writeBytes(QUOTE);
        } else {
          text.write(b);
        }
      }
      text.write('\'');
      text.write('\n');
    }
    return text.toByteArray();
  }

  private static final byte[] QUOTE = "'\\''".getBytes(StandardCharsets.ISO_8859_1);

  /** One word of sh, whatever is in it. */
  static String quote(String word) {
    if (word.indexOf('\'') < 0) {
      return "'" + word + "'";
    }
    StringBuilder text = new StringBuilder(word.length() + 2);
    text.append('\'');
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\'') {
        text.append("'\\''");
      } else {
        text.append(c);
      }
    }
    return text.append('\'').toString();
  }
}
