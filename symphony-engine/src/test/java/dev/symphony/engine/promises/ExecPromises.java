package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.FileLocation;
import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ServiceAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the place of a process: its directory, its environment, its files, its services. */
public abstract class ExecPromises extends Promises {
  private Path place;

  @BeforeEach
  void launch() throws Exception {
    place = Files.createDirectory(file("place"));
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .workingDirectory("place")
        .env("SAID", "it's so")
        .exposes("web")
        .binds("inner", 31999)
        .command("sleep", "600");
    experiment.newProcess("other").workingDirectory("/").command("true");
    cluster.launch(experiment);
  }

  private int exec(
      String input, ByteArrayOutputStream out, ByteArrayOutputStream err, String... command) {
    return cluster.exec(
        NAME,
        process("p"),
        List.of(command),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        out,
        err);
  }

  @Test
  void execRunsInThePlaceOfTheProcessAndReturnsTheCommandsCode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String script = "pwd; echo \"$SAID\" $SYMPH_PROCESS; cat; echo wrong >&2; exit 23";
    assertEquals(23, exec("given\n", out, err, "sh", "-c", script));
    assertEquals(place + "\nit's so p\ngiven\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("wrong\n", err.toString(StandardCharsets.UTF_8));
    assertEquals(0, exec("", out, err, "true"));
    assertEquals(127, exec("", out, err, "no-such-program"));
    assertEquals(137, exec("", out, err, "sh", "-c", "kill -9 $$"));
    out.reset();
    assertEquals(0, exec("", out, err, "printf", "%s|", "a  b", "$HOME", "", "*", "';"));
    assertEquals("a  b|$HOME||*|';|", out.toString(StandardCharsets.UTF_8));
    out.reset();
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    assertEquals(
        0,
        cluster.exec(
            NAME, process("p"), List.of("cat"), new ByteArrayInputStream(bytes), out, err));
    assertArrayEquals(bytes, out.toByteArray());
  }

  @Test
  void filesAreCopiedBothWaysAndBetweenProcesses() throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    Files.write(file("up.bin"), bytes);
    cluster.transferFile(
        NAME, FileLocation.here("up.bin"), FileLocation.at(process("p"), "in.bin"));
    assertArrayEquals(bytes, Files.readAllBytes(place.resolve("in.bin")));
    cluster.transferFile(
        NAME,
        FileLocation.at(process("p"), "in.bin"),
        FileLocation.at(process("other"), dir + "/down.bin"));
    assertArrayEquals(bytes, Files.readAllBytes(dir.resolve("down.bin")));
    Files.createDirectories(place.resolve("results/deep"));
    Files.writeString(place.resolve("results/deep/text"), "x");
    cluster.transferFile(
        NAME, FileLocation.at(process("p"), "results"), FileLocation.here("fetched"));
    assertEquals("x", Files.readString(file("fetched/deep/text")));
    String message =
        refusalInOneLine(
            () ->
                cluster.transferFile(
                    NAME, FileLocation.at(process("p"), "none"), FileLocation.here("x")));
    assertTrue(message.contains(place.resolve("none").toString()), message);
    refusal(
        NotFoundException.class,
        () ->
            cluster.transferFile(
                NAME, FileLocation.here("up.bin"), FileLocation.at(process("nobody"), "x")));
  }

  @Test
  void onlyWhatIsExposedIsVisited() {
    ServiceAddress web = cluster.externalService(NAME, "web");
    assertEquals("127.0.0.1", web.host());
    assertEquals(
        cluster.services(NAME).stream().filter(ServiceAddress::exposed).toList(), List.of(web));
    String message = refusal(NotFoundException.class, () -> cluster.externalService(NAME, "inner"));
    assertTrue(message.contains("web"), message);
  }

  @Test
  void aProcessIsDescribedWhole() {
    var description = cluster.inspectProcess(NAME, process("p"));
    assertEquals(List.of("sleep", "600"), description.command());
    assertEquals(place.toString(), description.directory());
    assertEquals("it's so", description.environment().get("SAID"));
    assertEquals(2, description.services().size());
    assertEquals(cluster.logFile(NAME, process("p")).toString(), description.logFile());
  }
}
