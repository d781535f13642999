package dev.symphony.kube.internal.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigEditTest {
  private static final String CONFIG =
      """
      # mine ☃ 🎻
      apiVersion: v1
      kind: Config
      users:
      - name: me   # who
        user: {token: "0123"}
      contexts:
      - name: other
        context:
          cluster: other
          user: me
          namespace: other
      - context:
          cluster: lab
          # where I work
          namespace: %s # now
          user: me
        name: lab
      current-context: lab
      clusters: [{name: lab, cluster: {server: 'https://lab'}}]
      """;

  @TempDir Path folder;

  private String changed(String text, String namespace) throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(file, text);
    KubeconfigEdit.setNamespace(List.of(file), "lab", namespace);
    return Files.readString(file);
  }

  @Test
  void changesTheOneValueAndNoByteBesideIt() throws IOException {
    assertEquals(CONFIG.formatted("rl"), changed(CONFIG.formatted("old"), "rl"));
    assertEquals(CONFIG.formatted("\"rl\""), changed(CONFIG.formatted("\"old\""), "rl"));
    assertEquals(CONFIG.formatted("rl"), changed(CONFIG.formatted("'old'"), "rl"));
    String windows = CONFIG.replace("\n", "\r\n");
    assertEquals(windows.formatted("rl"), changed(windows.formatted("old"), "rl"));
  }

  @Test
  void writesAsTextWhatWouldBeTakenForSomethingElse() throws IOException {
    assertEquals(CONFIG.formatted("\"123\""), changed(CONFIG.formatted("old"), "123"));
    assertEquals(CONFIG.formatted("\"no\""), changed(CONFIG.formatted("old"), "no"));
    assertEquals(CONFIG.formatted("\"1e3\""), changed(CONFIG.formatted("old"), "1e3"));
  }

  @Test
  void fillsAFieldWithoutAValue() throws IOException {
    assertEquals(
        "contexts:\n- name: lab\n  context:\n    namespace: rl\n    user: me\n",
        changed("contexts:\n- name: lab\n  context:\n    namespace:\n    user: me\n", "rl"));
  }

  @Test
  void addsALineWhereThereIsNone() throws IOException {
    assertEquals(
        "contexts:\n- context:\n    namespace: rl\n    cluster: lab # c\n    user: me\n  name: lab",
        changed("contexts:\n- context:\n    cluster: lab # c\n    user: me\n  name: lab", "rl"));
    assertEquals(
        "contexts:\r\n- name: lab\r\n  context:\r\n    namespace: rl\r\n    cluster: lab\r\n",
        changed("contexts:\r\n- name: lab\r\n  context:\r\n    cluster: lab\r\n", "rl"));
  }

  @Test
  void changesAndAddsInJsonAndOnOneLine() throws IOException {
    assertEquals(
        "{\"contexts\": [{\"name\": \"lab\", \"context\": {\"namespace\": \"rl\", \"user\": \"me\"}}]}",
        changed("{\"contexts\": [{\"name\": \"lab\", \"context\": {\"user\": \"me\"}}]}", "rl"));
    assertEquals(
        "{\"contexts\": [{\"name\": \"lab\", \"context\": {\"user\":\"me\",\"namespace\":\"rl\"}}]}",
        changed(
            "{\"contexts\": [{\"name\": \"lab\", \"context\":"
                + " {\"user\":\"me\",\"namespace\":\"x\"}}]}",
            "rl"));
    assertEquals(
        "{\n  \"contexts\": [{\"name\": \"lab\", \"context\": {\n    \"namespace\": \"rl\",\n"
            + "    \"user\": \"me\"\n  }}]\n}\n",
        changed(
            "{\n  \"contexts\": [{\"name\": \"lab\", \"context\": {\n    \"user\": \"me\"\n  }}]\n}\n",
            "rl"));
    assertEquals(
        "contexts: [{name: lab, context: {namespace: rl, user: me}}]\n",
        changed("contexts: [{name: lab, context: {user: me}}]\n", "rl"));
  }

  @Test
  void refusesWhatOtherContextsShareAndLeavesTheFileAsItWas() throws IOException {
    String shared =
        "contexts:\n- name: a\n  context: &c\n    user: me\n    namespace: x\n"
            + "- name: lab\n  context: *c\n";
    for (String text : List.of(shared, "contexts:\n- name: lab\n  context:\n")) {
      SymphonyException e = assertThrows(SymphonyException.class, () -> changed(text, "rl"));
      assertTrue(e.getMessage().contains("kubectl config set-context"), e.getMessage());
      assertEquals(text, Files.readString(folder.resolve("config")));
    }
    assertEquals(1, files());
  }

  @Test
  void followsLinksAndKeepsPermissions() throws IOException {
    Path real = folder.resolve("real");
    Files.writeString(real, CONFIG.formatted("old"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    assertEquals(real.toRealPath(), KubeconfigEdit.setNamespace(List.of(link), "lab", "rl"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(CONFIG.formatted("rl"), Files.readString(real));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    assertEquals(2, files());
  }

  @Test
  void changesTheFirstFileThatHasTheContext() throws IOException {
    Path missing = folder.resolve("missing");
    Path without = Files.writeString(folder.resolve("without"), "contexts: []\n");
    Path first = Files.writeString(folder.resolve("first"), CONFIG.formatted("old"));
    Path second = Files.writeString(folder.resolve("second"), CONFIG.formatted("old"));
    List<Path> all = List.of(missing, without, first, second);
    KubeconfigEdit.setNamespace(all, "lab", "rl");
    assertEquals(CONFIG.formatted("rl"), Files.readString(first));
    assertEquals(CONFIG.formatted("old"), Files.readString(second));
    assertThrows(NotFoundException.class, () -> KubeconfigEdit.setNamespace(all, "nowhere", "rl"));
  }

  @Test
  void twoProgramsDoNotChangeItAtOnce() throws IOException {
    Path lock = Files.createFile(folder.resolve("config.lock"));
    SymphonyException e =
        assertThrows(SymphonyException.class, () -> changed(CONFIG.formatted("old"), "rl"));
    assertTrue(e.getMessage().contains("another program"), e.getMessage());
    assertEquals(CONFIG.formatted("old"), Files.readString(folder.resolve("config")));
    Files.delete(lock);
    changed(CONFIG.formatted("old"), "rl");
    assertFalse(Files.exists(lock));
  }

  private long files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.count();
    }
  }
}
