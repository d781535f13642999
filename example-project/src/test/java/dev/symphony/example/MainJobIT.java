package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The training as a user runs it: the built jar, command by command. */
class MainJobIT {
  @TempDir Path directory;
  private Map<String, String> environment;
  private Program myproject;

  @BeforeEach
  void prepare() throws Exception {
    environment = Surroundings.below(directory);
    myproject = new Program(directory, environment);
  }

  @AfterEach
  void end() throws Exception {
    for (String backend : List.of("local", "tmux")) {
      myproject.run("--cluster", backend, "delete", "-f", "rl");
    }
    Surroundings.endTmux(environment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tmux"})
  void learnsCartPoleAndEndsWithSuccess(String backend) throws Exception {
    myproject.succeed("create", "--cluster", backend, "--seed", "7");

    // Nobody but the users' browsers visits it: the page is there until the training has ended.
    String url = myproject.succeed("--cluster", backend, "visit", "-u", "tensorboard").strip();
    assertTrue(page(url).contains("<svg"), "no picture at " + url);

    // Half a minute on two cores that have nothing else to do.
    myproject.succeed("--cluster", backend, "wait", "--timeout", "6m");

    List<String> lines =
        myproject.succeed("--cluster", backend, "logs", "-t", "all", "eval-0").lines().toList();
    assertTrue(lines.size() >= 2, "evaluations: " + lines);
    for (String line : lines) {
      assertTrue(line.matches("mean return \\d+\\.\\d over 100 episodes"), line);
    }
    double last = Double.parseDouble(lines.get(lines.size() - 1).split(" ")[2]);
    assertTrue(last >= 450, "reached " + last);

    String processes = myproject.succeed("--cluster", backend, "p");
    assertEquals(6, processes.lines().filter(l -> l.contains("succeeded")).count(), processes);
    assertFalse(processes.contains("failed"), processes);

    assertEquals(
        url, myproject.succeed("--cluster", backend, "visit", "-u", "tensorboard").strip());

    myproject.succeed("--cluster", backend, "delete", "-f");
    assertFalse(myproject.succeed("--cluster", backend, "ls").contains("rl"));
  }

  @Test
  void aDryRunStartsNothing() throws Exception {
    String plan = myproject.succeed("create", "--dry-run", "--agents", "3");
    assertTrue(plan.contains("agent-2") && plan.contains("nonagent"), plan);
    assertFalse(myproject.succeed("ls").contains("rl"));
  }

  @Test
  void oneCrashedAgentEndsTheTrainingWithItsExitCode() throws Exception {
    myproject.succeed("create", "--speed", "1");
    // Before it has introduced itself nobody misses it.
    Program.await("agent-1 plays", () -> myproject.succeed("logs", "agent-1").contains("playing"));
    long pid = pid(myproject.succeed("describe", "agent-1", "-o", "json"));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    Program.Result verdict = myproject.run("wait", "--timeout", "1m");
    assertEquals(137, verdict.exitCode(), verdict.toString());
    assertTrue(verdict.err().contains("agent-1"), verdict.err());
  }

  private static long pid(String json) {
    Matcher matcher = Pattern.compile("\"pid\": \"(\\d+)\"").matcher(json);
    assertTrue(matcher.find(), json);
    return Long.parseLong(matcher.group(1));
  }

  /** The page, as soon as it is served. */
  private static String page(String url) throws Exception {
    HttpClient browser = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    String[] page = new String[1];
    Program.await(
        "somebody listens at " + url,
        () -> {
          try {
            page[0] = browser.send(request, BodyHandlers.ofString()).body();
            return true;
          } catch (ConnectException e) {
            return false;
          }
        });
    return page[0];
  }
}
