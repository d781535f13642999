package dev.symphony.commandline.internal.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.MutuallyExclusiveGroup;
import org.junit.jupiter.api.Test;

class QuickReadingTest {
  private static Command command() {
    Command command = new CommandTable("prog").add("try", List.of(), null);
    command.addArgument("first").nargs("?").setDefault("rl");
    command.addArgument("second").choices("one", "two");
    command.addArgument("rest").nargs("+");
    command.addArgument("-f", "--follow").action(Arguments.storeTrue());
    command.addArgument("-n", "--number-of").type(Integer.class).setDefault(2);
    command.addArgument("-o").choices("a", "b").setDefault("a");
    command.addArgument("--quiet").setDefault(Arguments.SUPPRESS);
    command.addArgument("--named").dest("other");
    return command;
  }

  private static Map<String, Object> slowly(List<String> words) throws ArgumentParserException {
    Map<String, Object> values = new HashMap<>();
    command().parseArgs(words.toArray(new String[0]), values);
    return values;
  }

  @Test
  void readsWhatArgparseReadsOrGivesUp() throws Exception {
    String[] vocabulary = {
      "one",
      "two",
      "x",
      "",
      "-f",
      "--follow",
      "-n",
      "5",
      "-n5",
      "--number-of=7",
      "-o",
      "a",
      "z",
      "--quiet",
      "--named",
      "--named=",
      "-fn",
      "-5",
      "-",
      "--follow=x",
      "--unknown"
    };
    Random random = new Random(7);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        words.add(vocabulary[random.nextInt(vocabulary.length)]);
      }
      Map<String, Object> quick = QuickReading.read(command(), words);
      if (quick != null) {
        read++;
        assertEquals(slowly(words), quick, words.toString());
      }
    }
    assertFalse(read < 300, "most rounds gave up: " + read);
  }

  @Test
  void readsTheUsualWithoutAParser() {
    for (List<String> words :
        List.of(
            List.of("one", "more"),
            List.of("x", "two", "y", "z"),
            List.of("one", "-f", "-n", "9", "--named=v", "-o", "b", "x"))) {
      Command command = command();
      assertNotNull(QuickReading.read(command, words));
      assertFalse(command.needsParser());
    }
  }

  @Test
  void leavesToArgparseWhatIsNotRecorded() {
    Command exclusive = command();
    MutuallyExclusiveGroup group = exclusive.addMutuallyExclusiveGroup();
    group.addArgument("--yes").action(Arguments.storeTrue());
    group.addArgument("--no").action(Arguments.storeTrue());
    assertNull(QuickReading.read(exclusive, List.of("one", "x", "--yes")));
    assertThrows(
        ArgumentParserException.class,
        () -> exclusive.parseArgs(new String[] {"one", "x", "--yes", "--no"}));

    Command counting = command();
    counting.addArgument("-v").action(Arguments.count());
    assertNull(QuickReading.read(counting, List.of("one", "x", "-v")));

    Command defaults = command();
    defaults.setDefault("extra", 5);
    assertNull(QuickReading.read(defaults, List.of("one", "x")));
  }

  @Test
  void declaresGroupsAndLateArgumentsToArgparse() throws Exception {
    Command command = command();
    command.addArgumentGroup("more").description("of it").addArgument("--more").setDefault("m");
    assertEquals("m", QuickReading.read(command, List.of("one", "x")).get("more"));
    assertEquals("m", command.parseArgs(new String[] {"one", "x"}).getString("more"));
    command.addArgument("--late").setDefault("l");
    assertEquals(
        "x", command.parseArgs(new String[] {"one", "x", "--late", "x"}).getString("late"));
    assertEquals("l", command.parseArgs(new String[] {"one", "x"}).getString("late"));
    assertThrows(IllegalArgumentException.class, () -> command.addArgument("--late"));
  }
}
