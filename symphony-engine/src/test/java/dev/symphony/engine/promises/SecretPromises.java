package dev.symphony.engine.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets stay secret wherever we print or save; files are for their owner alone. */
public abstract class SecretPromises extends Promises {
  private static final String FROM_ENV = "hunter2-from-the-environment";
  private static final String FROM_FILE = "hunter2 from 'a file'\nof two lines";
  private static final String LITERAL = "hunter2-given-$(literally)";

  @Test
  void secretsArriveAndAreMaskedEverywhereElse() throws Exception {
    environment.put("VAULT", FROM_ENV);
    Files.writeString(dir.resolve("home/secret.txt"), FROM_FILE + "\n");
    Path folder = dir.resolve("saved");
    Cluster saving = open(context().withExperimentFolder(folder));
    ExperimentSpec experiment = saving.newExperiment(NAME);
    experiment.secret("COMMON", Secret.env("VAULT"));
    experiment
        .newProcess("p")
        .inheritEnv(false)
        .secret("FILED", Secret.file("~/secret.txt"))
        .secret("GIVEN", Secret.of(LITERAL))
        .env("ADDRESS", "https://user:" + LITERAL + "@host")
        .command(
            "sh",
            "-c",
            "printf '%s|' \"$COMMON\" \"$FILED\" \"$GIVEN\" \"$ADDRESS\" \"$1\" >"
                + file("got")
                + "; exec sleep 600",
            "sh",
            "--token=" + LITERAL);
    experiment
        .newProcess("other")
        .inheritEnv(false)
        .env("ALSO", FROM_ENV)
        .shell("echo " + LITERAL.substring(0, 0));
    LaunchPlan plan = saving.launch(experiment);
    Eventually.that("the values", () -> Pids.text(file("got")).endsWith(LITERAL + "|"));
    assertEquals(
        String.join(
            "|",
            FROM_ENV,
            FROM_FILE,
            LITERAL,
            "https://user:" + LITERAL + "@host",
            "--token=" + LITERAL,
            ""),
        Pids.text(file("got")));

    ProcessDescription description = saving.inspectProcess(NAME, process("p"));
    for (String text :
        List.of(
            plan.toYaml(),
            plan.toString(),
            description.toString(),
            plan.declaration().toString())) {
      assertFalse(text.contains("hunter2"), text);
    }
    assertEquals("https://user:********@host", description.environment().get("ADDRESS"));
    assertEquals("--token=********", description.command().get(4));
    assertEquals(Secret.env("VAULT"), description.secrets().get("COMMON"));
    assertEquals(Secret.file("~/secret.txt"), description.secrets().get("FILED"));

    for (String name : below(dir)) {
      Path path = dir.resolve(name);
      boolean ours = path.startsWith(state()) || path.startsWith(folder);
      // What runs a process must hold its environment; nobody else may read it.
      boolean script = name.matches(".*/p/[0-9]+[.]sh") || name.endsWith(".env");
      if (ours && Files.isRegularFile(path) && !script) {
        assertFalse(Pids.text(path).contains("hunter2"), name);
      }
      if (path.startsWith(state()) && !Files.isSymbolicLink(path)) {
        int mode = (Integer) Files.getAttribute(path, "unix:mode") & 0777;
        assertEquals(0, mode & 077, name + " has mode " + Integer.toOctalString(mode));
      }
    }
    String saved = Files.readString(folder.resolve(NAME).resolve("experiment.yaml"));
    assertTrue(saved.contains("VAULT") && saved.contains("~/secret.txt"), saved);
    // Not in the arguments of anything of ours that all users can see either.
    for (long pid : Pids.mentioning(state() + "/")) {
      String arguments = Pids.text(Path.of("/proc/" + pid + "/cmdline"));
      assertFalse(
          arguments.contains("hunter2") && arguments.contains(state().toString()), arguments);
    }
  }

  @Test
  void aSecretThatCannotBeHadIsNamedWithoutAnyValue() {
    environment.put("VAULT", FROM_ENV);
    cluster = open(context());
    ExperimentSpec experiment = experiment();
    experiment
        .newProcess("p")
        .command("true")
        .secret("ONE", Secret.env("VAULT"))
        .secret("TWO", Secret.env("NOT_THERE"))
        .secret("THREE", Secret.file(dir.resolve("none").toString()))
        .secret("FOUR", Secret.missing())
        .secret("LONG", Secret.of("hunter2".repeat(20_000)));
    String message = refusal(() -> cluster.launch(experiment));
    for (String part : List.of("TWO", "NOT_THERE", "THREE", dir + "/none", "FOUR")) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("hunter2"), message);
  }
}
