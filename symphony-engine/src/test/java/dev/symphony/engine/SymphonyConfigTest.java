package dev.symphony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SymphonyConfigTest {
  @TempDir Path folder;
  private Path work;
  private Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeFolders() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    home = Files.createDirectories(folder.resolve("home"));
  }

  @AfterEach
  void forget() {
    SymphonyConfig.reset();
  }

  @Test
  void isEmptyWhereNothingIsConfigured() {
    SymphonyConfig config = load();
    assertEquals(Optional.empty(), config.username());
    assertEquals(Optional.empty(), config.experimentFolder());
    assertEquals(Optional.empty(), config.clusterName());
    assertEquals(Map.of(), config.options("tmux"));
    assertEquals(List.of(), config.warnings());
    assertEquals("rl", config.prefixed("rl"));
  }

  @Test
  void takesEachFieldFromTheFirstFileThatHasIt() throws IOException {
    Path global = folder.resolve("global.json");
    environment.put("SYMPH_GLOBAL_CONFIG", global.toString());
    Files.writeString(work.resolve(".symphony.yml"), "username: near\ntmux: {serverName: near}\n");
    Files.writeString(
        global,
        "{\"username\": \"middle\", \"cluster\": \"tmux\","
            + " \"tmux\": {\"serverName\": \"middle\", \"width\": 80}}");
    Files.writeString(
        home.resolve(".symphony.yml"), "username: far\ncluster: kube\nexperiment_folder: runs\n");
    SymphonyConfig config = load();
    assertEquals(Optional.of("near"), config.username());
    assertEquals(Optional.of("tmux"), config.clusterName());
    assertEquals(Optional.of(home.resolve("runs")), config.experimentFolder());
    assertEquals(Map.of("serverName", "near"), config.options("tmux"));
  }

  @Test
  void optionsOfTheCommandLineBeatThoseOfEverySectionUntilOthersAreGiven() throws IOException {
    write("kube: {namespace: file, context: lab}\n");
    SymphonyConfig config = load();
    config.overrideOptions(Map.of("namespace", "typed"));
    assertFalse(config.overrodeOptions());
    assertEquals(Map.of("namespace", "typed", "context", "lab"), config.options("kube"));
    assertEquals(Map.of("namespace", "typed"), config.options("slurm"));
    assertTrue(config.overrodeOptions());
    config.overrideOptions(Map.of());
    assertEquals(Map.of("namespace", "file", "context", "lab"), config.options("kube"));
    assertFalse(config.overrodeOptions());
  }

  @Test
  void programBeatsEnvironmentBeatsFiles() throws IOException {
    write("username: Not good\nexperiment_folder: a\ncluster: kube\n");
    environment.put("SYMPH_USERNAME", "env");
    environment.put("SYMPH_EXPERIMENT_FOLDER", "~/b");
    environment.put("SYMPH_CLUSTER", "tmux");
    SymphonyConfig config = load();
    assertEquals(Optional.of("env"), config.username());
    assertEquals(Optional.of(home.resolve("b")), config.experimentFolder());
    assertEquals(Optional.of("tmux"), config.clusterName());
    config.setUsername("sarah");
    config.setUsername("tom");
    config.setExperimentFolder("c/../d");
    config.update(Map.of("cluster", "local"));
    assertEquals(Optional.of("tom"), config.username());
    assertEquals(Optional.of(work.resolve("d")), config.experimentFolder());
    assertEquals(Optional.of("local"), config.clusterName());
    config.setExperimentFolder(Path.of("/x/y"));
    assertEquals(Optional.of(Path.of("/x/y")), config.experimentFolder());
    Path more = Files.writeString(folder.resolve("more.json"), "{\"username\": \"file\"}");
    config.load(more);
    assertEquals(Optional.of("file"), config.username());
    config.setUsername("");
    config.setExperimentFolder("");
    assertEquals(Optional.empty(), config.username());
    assertEquals(Optional.empty(), config.experimentFolder());
  }

  @Test
  void expandsTheHomeFolderAndNoOther() {
    SymphonyConfig config = load();
    config.setExperimentFolder("~");
    assertEquals(Optional.of(home), config.experimentFolder());
    config.setExperimentFolder("~/foo");
    assertEquals(Optional.of(home.resolve("foo")), config.experimentFolder());
    assertProblem(
        "the configuration's field 'experiment_folder', set by the program: '~tom/x': only one's own"
            + " home can be written as ~; give the whole path",
        () -> config.setExperimentFolder("~tom/x"));
  }

  @Test
  void prefixesNamesOnce() {
    SymphonyConfig config = load();
    config.setUsername("sarah");
    assertEquals("sarah-rl", config.prefixed("rl"));
    assertEquals("sarah-rl", config.prefixed("sarah-rl"));
    assertEquals("sarah-sarahrl", config.prefixed("sarahrl"));
    assertEquals("sarah", config.prefixed("sarah"));
  }

  @Test
  void refusesUsernamesThatCannotBeginAName() throws IOException {
    SymphonyConfig config = load();
    for (String bad : List.of("Sarah", "9a", "-a", "a-", "a b", "a_b", "é", "a".repeat(62))) {
      assertProblem(
          "the configuration's field 'username', set by the program: '" + bad + "' cannot begin",
          () -> config.setUsername(bad));
    }
    config.setUsername("a".repeat(61));
    environment.put("SYMPH_USERNAME", "B");
    assertProblem("SYMPH_USERNAME: 'B' cannot begin the name of an experiment; use", this::load);
    environment.clear();
    Path file = write("\n\nusername: B\n");
    assertProblem(file + " line 3: username: 'B' cannot begin", this::load);
    write("username: 12\n");
    assertProblem(
        file + " line 1: username: expected text, found 12; put it in quotes", this::load);
  }

  @Test
  void namesFileAndLineOfWhatIsMalformed() throws IOException {
    Path file = write("username: sarah\ntmux:\n  - a\n");
    assertProblem(
        file + " line 2: tmux: expected a map of the backend's options, found a list", this::load);
    write("username: a\nusername: b\n");
    assertProblem(file + " line 2: 'username' is given twice", this::load);
    write("- a\n");
    assertProblem(file + " line 1: expected a map, found a list", this::load);
    write("a: [\n");
    assertProblem(file + " line 2: ", this::load);
    write("");
    assertEquals(Optional.empty(), load().username());
    environment.put("SYMPH_GLOBAL_CONFIG", "none.yml");
    assertProblem(
        "SYMPH_GLOBAL_CONFIG: cannot read " + work.resolve("none.yml") + ": there is no such file",
        this::load);
  }

  @Test
  void valuesWaitForTheirHandler() throws IOException {
    write("learner: {rate: 0.5, layers: [1, 2], name: x}\nplain: 7\n");
    SymphonyConfig config = load();
    List<Object> seen = new ArrayList<>();
    config.registerHandler(
        "learner",
        value -> {
          seen.add(value);
          return seen.size();
        });
    assertEquals(List.of(Map.of("rate", 0.5, "layers", List.of(1L, 2L), "name", "x")), seen);
    assertEquals(1, config.section("learner", Integer.class));
    config.update(Map.of("learner", "again"));
    assertEquals(2, config.section("learner", Integer.class));
    config.registerHandler("later", String::valueOf);
    assertNull(config.section("later", String.class));
    config.update(Map.of("later", 3));
    assertEquals("3", config.section("later", String.class));
    assertProblem(
        "the configuration's field 'plain' has no handler; call registerHandler first",
        () -> config.section("plain", Long.class));
  }

  @Test
  void refusesASecondHandler() {
    SymphonyConfig config = load();
    config.registerHandler("learner", value -> value);
    for (String field : List.of("learner", "username", "experiment_folder", "cluster", "tmux")) {
      assertProblem(
          "the configuration's field '" + field + "' has a handler already",
          () -> config.registerHandler(field, value -> value));
    }
  }

  @Test
  void saysWhereAValueStandsThatItsHandlerRefuses() throws IOException {
    Path file = write("a: 1\nlearner:\n  rate: x\n");
    SymphonyConfig config = load();
    assertProblem(
        file + " line 2: learner: the rate is no number",
        () ->
            config.registerHandler(
                "learner",
                value -> {
                  throw new IllegalArgumentException("the rate is no number");
                }));
    config.registerHandler("learner", value -> "good");
    assertEquals("good", config.section("learner", String.class));
  }

  record Learner(double rate, List<Integer> layers, Net net) {}

  record Net(String name, int width) {}

  @Test
  void turnsASectionIntoAProjectsOwnType() throws IOException {
    Path file = write("learner:\n  rate: 0.5\n  layers: [1, 2]\n  net: {name: x, width: 3}\n");
    SymphonyConfig config = load();
    config.registerHandler("learner", Learner.class);
    assertEquals(
        new Learner(0.5, List.of(1, 2), new Net("x", 3)), config.section("learner", Learner.class));
    Learner own = new Learner(1, List.of(), new Net("y", 1));
    config.update(Map.of("learner", own));
    assertSame(own, config.section("learner", Learner.class));
    write("learner:\n  rate: 0.5\n  net: {name: x, widht: 3}\n");
    String unknown =
        assertProblem(
            file + " line 1: learner: this is no Learner: net.widht: ",
            () -> load().registerHandler("learner", Learner.class));
    assertTrue(unknown.contains("widht"), unknown);
    write("learner: {layers: [1, many]}\n");
    assertProblem(
        file + " line 1: learner: this is no Learner: layers[1]: ",
        () -> load().registerHandler("learner", Learner.class));
  }

  @Test
  void warnsOfWhatNobodyReads() throws IOException {
    Path file =
        write("usernmae: sarah\nlearner: 1\nslurm: {queue: long}\ncluster: slurm\nown: 1\n");
    SymphonyConfig config = load();
    config.registerHandler("own", value -> value);
    assertEquals(
        List.of(
            file + " line 1: usernmae: nobody reads this field; did you mean 'username'?",
            file
                + " line 2: learner: nobody reads this field; those known are username,"
                + " experiment_folder, cluster, local, tmux, kube, own"),
        config.warnings());
    assertEquals(Map.of("queue", "long"), config.options("slurm"));
    config.update(Map.of("xyz", 1));
    assertTrue(
        config
            .warnings()
            .get(2)
            .startsWith("the configuration's field 'xyz', set by the program: "),
        config.warnings().toString());
  }

  @Test
  void isOneForTheWholeProgramUntilItIsReset() {
    environment.put("SYMPH_USERNAME", "env");
    SymphonyConfig.reset(new ConfigSources(work, home, environment));
    SymphonyConfig config = SymphonyConfig.get();
    assertSame(config, SymphonyConfig.get());
    assertEquals(Optional.of("env"), config.username());
    SymphonyConfig.reset();
    SymphonyConfig.reset(new ConfigSources(work, home, Map.of()));
    assertNotSame(config, SymphonyConfig.get());
    assertEquals(Optional.empty(), SymphonyConfig.get().username());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(work.resolve(".symphony.yml"), text);
  }

  private SymphonyConfig load() {
    return SymphonyConfig.load(new ConfigSources(work, home, environment));
  }

  private static String assertProblem(String start, Executable run) {
    String said = assertThrows(SymphonyException.class, run).getMessage();
    assertTrue(said.startsWith(start), said);
    assertFalse(said.contains("\n"), said);
    return said;
  }
}
