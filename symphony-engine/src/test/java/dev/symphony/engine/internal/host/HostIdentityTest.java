package dev.symphony.engine.internal.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.HostIdentity.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIdentityTest {
  @TempDir Path root;

  private HostIdentity machine(String id, String host, String boot, String namespace)
      throws IOException {
    Path tree = Files.createTempDirectory(root, "machine");
    Files.createDirectories(tree.resolve("etc"));
    Files.createDirectories(tree.resolve("proc/sys/kernel/random"));
    Files.createDirectories(tree.resolve("proc/self/ns"));
    if (!id.isEmpty()) {
      Files.writeString(tree.resolve("etc/machine-id"), id + "\n");
    }
    Files.writeString(tree.resolve("proc/sys/kernel/hostname"), host + "\n");
    Files.writeString(tree.resolve("proc/sys/kernel/random/boot_id"), boot + "\n");
    Files.createSymbolicLink(tree.resolve("proc/self/ns/pid"), Path.of("pid:[" + namespace + "]"));
    return HostIdentity.read(tree);
  }

  @Test
  void readsThePartsFromTheKernelsFiles() throws IOException {
    assertEquals(
        new HostIdentity("3d12", "vm", "b-1", "4026531836"),
        machine("3d12", "vm", "b-1", "4026531836"));
  }

  @Test
  void thisMachineIsHere() {
    HostIdentity here = HostIdentity.read(Path.of("/"));
    assertEquals(Relation.HERE, HostIdentity.read(Path.of("/")).relationTo(here));
    assertFalse(here.hostName().isEmpty());
    assertFalse(here.bootId().isEmpty());
  }

  @Test
  void anotherBootOfTheSameMachineIsARebootAlsoInANewContainer() throws IOException {
    HostIdentity then = machine("m", "vm", "b-1", "1");
    assertEquals(Relation.REBOOTED, machine("m", "vm", "b-2", "1").relationTo(then));
    assertEquals(Relation.REBOOTED, machine("m", "vm", "b-2", "2").relationTo(then));
  }

  @Test
  void anotherMachineHostNameOrNamespaceIsElsewhere() throws IOException {
    HostIdentity then = machine("m", "vm", "b-1", "1");
    assertEquals(Relation.ELSEWHERE, machine("n", "vm", "b-1", "1").relationTo(then));
    assertEquals(Relation.ELSEWHERE, machine("m", "wm", "b-1", "1").relationTo(then));
    assertEquals(Relation.ELSEWHERE, machine("m", "wm", "b-2", "1").relationTo(then));
    assertEquals(Relation.ELSEWHERE, machine("m", "vm", "b-1", "2").relationTo(then));
  }

  @Test
  void missingPartsEqualEveryOther() throws IOException {
    HostIdentity then = machine("", "vm", "b-1", "1");
    assertEquals(Relation.HERE, machine("m", "vm", "b-1", "1").relationTo(then));
    assertEquals(Relation.REBOOTED, machine("", "vm", "b-2", "1").relationTo(then));
    assertEquals(
        Relation.HERE,
        new HostIdentity("", "", "", "").relationTo(new HostIdentity("m", "h", "b", "n")));
  }

  @Test
  void containersOfOneNameOnUnknownMachinesAreNotTakenForAReboot() throws IOException {
    HostIdentity then = machine("", "learner-0", "b-1", "1");
    assertEquals(Relation.ELSEWHERE, machine("", "learner-0", "b-2", "2").relationTo(then));
  }

  @Test
  void oneLineWithoutSpacesHoldsWhateverTheHostIsCalled() {
    HostIdentity odd = new HostIdentity("", "sarah's Mac / 100% über", "a\nb", "");
    String line = odd.encode();
    assertEquals(-1, line.indexOf(' '));
    assertEquals(-1, line.indexOf('\n'));
    assertEquals(odd, HostIdentity.decode(line));
  }

  @Test
  void refusesToDecodeAnythingElse() {
    for (String text : new String[] {"", "a", "a/b/c", "a/b/c/d/e"}) {
      assertThrows(SymphonyException.class, () -> HostIdentity.decode(text), text);
    }
  }
}
