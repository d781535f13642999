package dev.symphony.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.SymphonyException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.junit.jupiter.api.Test;

class SymphonyParserTest {
  private final TinyParser tiny = new TinyParser();

  @Test
  void carriesOutPublicProtectedInheritedAndOverriddenMethods() {
    assertEquals(7, Ran.of(tiny, "create").code());
    assertEquals(0, Ran.of(tiny, "say-hello").code());
    assertEquals(11, Ran.of(tiny, "inherited-one").code());
    assertEquals(12, Ran.of(tiny, "overridden-one").code());
  }

  @Test
  void carriesOutMethodReferencesThatReturnACodeOrNothing() {
    assertEquals(21, Ran.of(tiny, "br").code());
    assertEquals(0, Ran.of(tiny, "by-void-reference").code());
  }

  @Test
  void passesArgumentsAndDefaults() {
    Ran.of(tiny, "c", "--agents", "5", "--force");
    assertEquals("rl", tiny.seen.getString("name"));
    assertEquals(5, tiny.seen.getInt("agents"));
    assertEquals(true, tiny.seen.getBoolean("force"));
    assertEquals(false, tiny.seen.getBoolean("dry_run"));
    Ran.of(tiny, "create", "other", "-n3");
    assertEquals("other", tiny.seen.getString("name"));
    assertEquals(3, tiny.seen.getInt("agents"));
  }

  @Test
  void runsAgainAndAgainWithSetupOnce() {
    assertEquals(7, Ran.of(tiny, "create").code());
    assertEquals(7, Ran.of(tiny, "create").code());
    assertEquals(2, Ran.of(tiny, "nothing").code());
    assertEquals(7, Ran.of(tiny, "create").code());
  }

  @Test
  void takesClusterBeforeAndAfterTheCommand() {
    Ran.of(tiny, "--cluster", "tmux", "create");
    assertEquals("tmux", tiny.cluster);
    Ran.of(tiny, "create", "--cluster=kube", "x");
    assertEquals("kube", tiny.cluster);
    Ran.of(tiny, "create");
    assertEquals("local", tiny.cluster);
  }

  @Test
  void keepsWhatFollowsTheDashesAsItIs() {
    assertEquals(7, Ran.of(tiny, "create", "x", "--", "ls", "-alf", "/fs", "--force").code());
    assertEquals(List.of("ls", "-alf", "/fs", "--force"), tiny.rest);
    assertEquals("x", tiny.seen.getString("name"));
    assertEquals(false, tiny.seen.getBoolean("force"));
  }

  @Test
  void refusesASecondPairOfDashes() {
    Ran ran = Ran.of(tiny, "create", "--", "git", "log", "--", "file");
    assertEquals(2, ran.code());
    assertTrue(ran.error().contains("second '--'"), ran.err());
  }

  @Test
  void refusesBeginningsOfOptionsAndNamesTheWholeOnes() {
    Ran ran = Ran.of(tiny, "create", "--agent", "5");
    assertEquals(2, ran.code());
    assertEquals(
        "error: create has no option '--agent'; did you mean --agents? (try 'tiny create --help')",
        ran.error());
    assertEquals(2, Ran.of(tiny, "delete", "-dr").code());
    assertEquals(2, Ran.of(tiny, "delete", "--dry").code());
  }

  @Test
  void refusesBeginningsOfCommandsAndNamesTheWholeOnes() {
    Ran ran = Ran.of(tiny, "lo");
    assertEquals(2, ran.code());
    assertEquals(
        "error: there is no command 'lo'; did you mean logs or log? (try 'tiny --help')",
        ran.error());
    assertTrue(Ran.of(tiny, "crate").error().contains("did you mean create?"));
  }

  @Test
  void tellsUsageErrorsInOneLine() {
    for (String[] wrong :
        new String[][] {
          {"create", "--agents", "many"},
          {"create", "--agents"},
          {"create", "a", "b"},
          {"exec"},
          {"logs", "x", "--since", "soon"},
          {"logs", "x", "--tail", "few"},
          {"completion", "powershell"},
          {"--cluster"},
          {"--verbose", "create"},
          {"ls", "--", "x"}
        }) {
      Ran ran = Ran.of(tiny, wrong);
      assertEquals(2, ran.code(), ran.err());
      assertEquals(ran.error() + "\n", ran.err());
      assertTrue(ran.error().startsWith("error: "), ran.err());
      assertTrue(ran.error().contains("(try 'tiny"), ran.err());
    }
  }

  @Test
  void speaksEnglishWhateverTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.JAPANESE);
      assertTrue(Ran.of(tiny, "create", "--agents").error().contains("expected one argument"));
      assertTrue(Ran.of(tiny, "exec").error().contains("exec needs PROC"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void printsHelpWithoutACluster() {
    Ran ran = Ran.of(tiny, "--help");
    assertEquals(0, ran.code());
    assertEquals("", ran.err());
    assertTrue(ran.out().contains("  create, c             launch well-known things\n"), ran.out());
    assertTrue(ran.out().contains("  list-processes, process, p, lsp\n"), ran.out());
    assertTrue(ran.out().contains("--cluster NAME"), ran.out());
  }

  @Test
  void printsHelpOfACommandAlsoByAlias() {
    Ran ran = Ran.of(tiny, "c", "--help");
    assertEquals(0, ran.code());
    assertTrue(ran.out().startsWith("usage: tiny create [options] [name]\n"), ran.out());
    assertTrue(ran.out().contains("  -n, --agents AGENTS   how many\n"), ran.out());
    assertTrue(ran.out().contains("--dry-run"), ran.out());
    for (String name : List.of("logs", "wait", "delete", "exec", "scp", "visit", "completion")) {
      assertEquals(0, Ran.of(tiny, name, "-h").code());
    }
  }

  @Test
  void wrapsHelpAtSpacesToTheWidthOfTheTerminal() {
    Ran ran = Ran.of(tiny, Map.of("COLUMNS", "60"), "logs", "--help");
    for (String line : ran.out().split("\n")) {
      assertTrue(line.length() <= 60, line);
    }
  }

  @Test
  void printsHelpWhereNoCommandIsGivenAndCountsItAsAnError() {
    Ran ran = Ran.of(tiny);
    assertEquals(2, ran.code());
    assertEquals("", ran.out());
    assertTrue(ran.err().startsWith("usage: tiny"), ran.err());
  }

  @Test
  void printsTheVersionAndReturns() {
    Ran ran = Ran.of(tiny, "--version");
    assertEquals(0, ran.code());
    assertTrue(ran.out().startsWith("tiny (Symphony 0."), ran.out());
  }

  @Test
  void tellsAKnownFailureALineEachWithItsExitCode() {
    Ran ran = Ran.of(tiny, "fail", "known");
    assertEquals(3, ran.code());
    assertEquals("error: there is no such thing\nerror: nor another\n", ran.err());
    Ran debug = Ran.of(tiny, "fail", "known", "--debug");
    assertEquals(3, debug.code());
    assertTrue(debug.err().contains("\tat "), debug.err());
  }

  @Test
  void tellsABugInOneLineAndWhereWithDebug() {
    Ran ran = Ran.of(tiny, "fail", "checked");
    assertEquals(1, ran.code());
    assertEquals(
        "internal error: Exception: on purpose; run again with --debug to see where\n", ran.err());
    assertTrue(Ran.of(tiny, "--debug", "fail", "checked").err().contains("actionFail"));
    assertEquals(1, Ran.of(tiny, "fail", "error").code());
  }

  @Test
  void refusesACommandWithoutHelp() {
    SymphonyParser parser = new With("mute", null);
    SymphonyException e = assertThrows(SymphonyException.class, () -> parser.getSubparser("mute"));
    assertTrue(e.getMessage().contains("command 'mute' has no help"), e.getMessage());
    assertEquals(1, Ran.of(parser, "ls").code());
  }

  @Test
  void refusesACommandWithoutActionAndSaysWhichMethodItNeeds() {
    SymphonyParser parser = new With("do-it", "does it");
    Ran ran = Ran.of(parser, "--help");
    assertEquals(1, ran.code());
    assertTrue(
        ran.err().contains("With needs a method protected int actionDoIt(Namespace args)"),
        ran.err());
  }

  @Test
  void refusesNamesThatAreTaken() {
    assertTrue(
        Ran.of(new With("delete", "x"), "ls")
            .error()
            .contains("there is a command delete already"));
    assertTrue(Ran.of(new With("ls", "x"), "ls").error().contains("alias of list-experiments"));
  }

  @Test
  void letsAProjectChangeABuiltinCommand() {
    SymphonyParser parser =
        new TinyParser() {
          @Override
          protected void setup() {
            super.setup();
            Subparser delete = getSubparser("d");
            delete.addArgument("--really").help("yes");
          }

          @Override
          protected int actionDelete(Namespace args) {
            return "yes".equals(args.getString("really")) ? 33 : 1;
          }
        };
    assertEquals(33, Ran.of(parser, "delete", "--really", "yes").code());
    assertTrue(Ran.of(parser, "delete", "--help").out().contains("--really"));
  }

  @Test
  void doesNothingInItsConstructor() {
    SymphonyParser parser = new With("mute", null);
    assertNull(((With) parser).asked);
    assertThrows(SymphonyException.class, () -> parser.getSubparser("mute"));
    assertEquals("setup", ((With) parser).asked);
  }

  @Test
  void givesNoOptionClusterToAProgramThatWantsNone() {
    SymphonyParser parser = new With("any", "any", args -> 5);
    assertEquals(2, Ran.of(parser, "--cluster", "local", "any").code());
    assertFalse(Ran.of(parser, "--help").out().contains("--cluster"));
    assertEquals(5, Ran.of(parser, "any").code());
  }

  /** A program with one command more than all have. */
  /** A program that has the command {@code image}, and nothing that makes one. */
  private static final class OfImages extends SymphonyParser {
    @Override
    protected Cluster createCluster() {
      throw new AssertionError("a cluster was asked for");
    }

    @Override
    protected void setup() {
      super.setup();
      addImageCommands();
    }
  }

  @Test
  void imagesWithNamesThatNoRegistryTakesAreWrongUsage() {
    for (String what : List.of("build", "push")) {
      Ran ran = Ran.of(new OfImages(), "image", what, "--registry", "localhost:5000/UPPER/x");
      assertEquals(2, ran.code());
      assertEquals(
          "error: registry 'localhost:5000/UPPER/x': 'UPPER' is no part of a path; use lower-case"
              + " letters and digits, with '.', '_', '__' or '-' between them\n",
          ran.err());
    }
    Ran ran =
        Ran.of(
            new OfImages(), "image", "push", "--registry", "localhost:5000", "--base-image", "a:");
    assertEquals(2, ran.code());
    assertEquals(
        "error: base image 'a:': '' is no tag; use letters, digits, '_', '.' and '-', 128 at most",
        ran.error());
  }

  private static final class With extends SymphonyParser {
    private final String name;
    private final String help;
    private final Action action;
    String asked;

    With(String name, String help) {
      this(name, help, null);
    }

    With(String name, String help, Action action) {
      this.name = name;
      this.help = help;
      this.action = action;
    }

    @Override
    protected Cluster createCluster() {
      throw new AssertionError("a cluster was asked for");
    }

    @Override
    protected void setup() {
      asked = "setup";
      super.setup();
      Subparser command = action == null ? addSubparser(name) : addSubparser(name, action);
      if (help != null) {
        command.help(help);
      }
    }
  }
}
