package dev.symphony.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.symphony.engine.local.LocalProvider;
import dev.symphony.spi.Attribute;
import dev.symphony.spi.ClusterProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/backends.md} to what the backends say of themselves. */
class BackendsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "backends.md");

  @Test
  void saysWhatEachBackendDoesAboutEachAttribute() throws Exception {
    String document = Files.readString(DOCUMENT);
    String table = table();

    assertEquals(
        table,
        document.substring(
            document.indexOf("| attribute"),
            document.indexOf("\n\n", document.indexOf("| attribute")) + 1),
        "the table of docs/backends.md should be:\n" + table);
  }

  private static String table() {
    List<ClusterProvider> providers = new ArrayList<>();
    providers.add(new LocalProvider());
    ServiceLoader.load(ClusterProvider.class).forEach(providers::add);
    StringBuilder text = new StringBuilder("| attribute |");
    StringBuilder rule = new StringBuilder("|---|");
    for (ClusterProvider provider : providers) {
      text.append(' ').append(provider.name()).append(" |");
      rule.append("---|");
    }
    text.append('\n').append(rule).append('\n');
    for (Attribute attribute : Attribute.values()) {
      text.append("| `").append(attribute.text()).append("` |");
      for (ClusterProvider provider : providers) {
        String support = provider.support(attribute).name().toLowerCase(Locale.ROOT);
        text.append(' ').append(support).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
