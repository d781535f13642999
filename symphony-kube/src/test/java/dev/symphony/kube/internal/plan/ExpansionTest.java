package dev.symphony.kube.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  @Test
  void leavesAloneWhatKubernetesLeavesAlone() {
    for (String text : List.of("", "a", "$", "$HOME", "${X:-a}", "a$", "$@ $? $1")) {
      assertEquals(text, Expansion.literal(text));
    }
    assertEquals("$$(A)", Expansion.literal("$(A)"));
    assertEquals("$$$", Expansion.literal("$$"));
    assertEquals("$$é", Expansion.literal("$é"));
    assertFalse(Expansion.isLiteral("a$(B)"));
    assertFalse(Expansion.isLiteral("$$$(B)"));
    assertTrue(Expansion.isLiteral("$$(B)"));
  }

  @Test
  void whateverIsWrittenArrives() {
    Random random = new Random(7);
    String letters = "$$$()aé{ ";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String literal = Expansion.literal(text.toString());
      assertEquals(text.toString(), expand(literal), literal);
      assertEquals(text.toString(), Expansion.plain(literal));
      assertTrue(Expansion.isLiteral(literal), literal);
    }
  }

  /** As the kubelet does it: forked/golang/expansion. */
  private static String expand(String input) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      if (c != '$' || i + 1 == input.length()) {
        out.append(c);
        continue;
      }
      char next = input.charAt(++i);
      int close = input.indexOf(')', i);
      if (next == '$') {
        out.append('$');
      } else if (next == '(' && close >= 0) {
        out.append("EXPANDED");
        i = close;
      } else {
        out.append('$').append(next > '~' ? '?' : next);
      }
    }
    return out.toString();
  }
}
