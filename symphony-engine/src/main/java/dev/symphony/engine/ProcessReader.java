package dev.symphony.engine;

import dev.symphony.engine.internal.data.DataNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one process into its spec. */
final class ProcessReader {
  static final List<String> FIELDS =
      List.of(
          SpecFields.NAME,
          SpecFields.COMMAND,
          SpecFields.SHELL,
          SpecFields.MAIN,
          SpecFields.ARGS,
          SpecFields.JVM_OPTIONS,
          SpecFields.ENV,
          SpecFields.SECRETS,
          SpecFields.INHERIT_ENV,
          SpecFields.PASS_ENV,
          SpecFields.WORKING_DIRECTORY,
          SpecFields.IMAGE,
          SpecFields.RESOURCES,
          SpecFields.GRACE_PERIOD,
          SpecFields.RESTART,
          SpecFields.SUCCESS_EXIT_CODES,
          SpecFields.BINDS,
          SpecFields.CONNECTS,
          SpecFields.EXPOSES,
          SpecFields.REPLICA);

  private final DataNode node;
  private final ProcessSpec spec;

  ProcessReader(DataNode node, ProcessSpec spec) {
    this.node = node;
    this.spec = spec;
  }

  void read() {
    work();
    environment();
    place();
    end();
    services();
    replica();
  }

  private void work() {
    DataNode command = node.field(SpecFields.COMMAND);
    if (command != null) {
      List<String> argv = texts(command);
      set(command, () -> spec.command(argv));
    }
    DataNode shell = node.field(SpecFields.SHELL);
    if (shell != null) {
      List<String> lines = SpecReader.lines(shell);
      set(shell, () -> spec.shell(lines));
    }
    DataNode main = node.field(SpecFields.MAIN);
    DataNode args = node.field(SpecFields.ARGS);
    if (main != null) {
      String type = main.asString();
      List<String> words = args == null ? List.of() : texts(args);
      set(main, () -> spec.main(type, words));
    } else if (args != null) {
      throw args.problem(
          "these go with 'main' only; 'command' takes the program and its arguments");
    }
    DataNode options = node.field(SpecFields.JVM_OPTIONS);
    if (options != null) {
      String[] words = texts(options).toArray(new String[0]);
      set(options, () -> spec.jvmOptions(words));
    }
  }

  private void environment() {
    for (Map.Entry<String, DataNode> entry : SpecReader.entries(node.field(SpecFields.ENV))) {
      DataNode value = entry.getValue();
      String text = value.asText();
      set(value, () -> spec.env(entry.getKey(), text));
    }
    for (Map.Entry<String, DataNode> entry : SpecReader.entries(node.field(SpecFields.SECRETS))) {
      Secret secret = SpecReader.secret(entry.getValue());
      set(entry.getValue(), () -> spec.secret(entry.getKey(), secret));
    }
    spec.inheritEnv(node.getBoolean(SpecFields.INHERIT_ENV, true));
    DataNode pass = node.field(SpecFields.PASS_ENV);
    if (pass != null) {
      String[] variables = SpecReader.lines(pass).toArray(new String[0]);
      set(pass, () -> spec.passEnv(variables));
    }
  }

  private void place() {
    DataNode directory = node.field(SpecFields.WORKING_DIRECTORY);
    if (directory != null) {
      String text = directory.asString();
      set(directory, () -> spec.workingDirectory(text));
    }
    String image = node.getString(SpecFields.IMAGE);
    if (image != null) {
      spec.image(image);
    }
    DataNode resources = node.field(SpecFields.RESOURCES);
    if (resources != null) {
      resources.rejectUnknown("cpu", "memory", "gpus");
      String cpu = text(resources.field("cpu"));
      String memory = text(resources.field("memory"));
      int gpus = resources.getInt("gpus", 0);
      set(resources, () -> spec.resources(new Resources(cpu, memory, gpus)));
    }
  }

  private void end() {
    DataNode grace = node.field(SpecFields.GRACE_PERIOD);
    if (grace != null) {
      Duration period = SpecReader.duration(grace);
      set(grace, () -> spec.gracePeriod(period));
    }
    DataNode restart = node.field(SpecFields.RESTART);
    if (restart != null) {
      boolean isMap = restart.kind() == DataNode.Kind.MAP;
      if (isMap) {
        restart.rejectUnknown("when", "maximum");
      }
      DataNode when = isMap ? restart.requireField("when") : restart;
      DataNode most = isMap ? restart.field("maximum") : null;
      RestartPolicy.Kind kind = SpecFields.restart(when.asString());
      if (kind == null) {
        throw when.problem("expected never, on-failure or always, found " + when.inWords());
      }
      Integer maximum = most == null ? null : (Integer) most.asInt();
      set(most == null ? when : most, () -> spec.restart(new RestartPolicy(kind, maximum)));
    }
    for (DataNode code : SpecReader.items(node.field(SpecFields.SUCCESS_EXIT_CODES))) {
      int number = code.asInt();
      set(code, () -> spec.successExitCodes(number));
    }
  }

  private void services() {
    DataNode binds = node.field(SpecFields.BINDS);
    if (binds != null) {
      Map<String, @Nullable Integer> services = SpecReader.services(binds);
      set(binds, () -> spec.binds(services));
    }
    DataNode connects = node.field(SpecFields.CONNECTS);
    if (connects != null) {
      String[] services = SpecReader.lines(connects).toArray(new String[0]);
      set(connects, () -> spec.connects(services));
    }
    DataNode exposes = node.field(SpecFields.EXPOSES);
    if (exposes != null) {
      Map<String, @Nullable Integer> services = SpecReader.services(exposes);
      set(exposes, () -> spec.exposes(services));
    }
  }

  private void replica() {
    DataNode replica = node.field(SpecFields.REPLICA);
    if (replica != null) {
      replica.rejectUnknown("index", "count");
      int index = replica.requireField("index").asInt();
      int count = replica.requireField("count").asInt();
      if (index < 0 || index >= count) {
        throw replica.problem("there is no number " + index + " of " + count + ", counted from 0");
      }
      spec.replica(new ProcessSpec.Replica(index, count));
    }
  }

  /** Words of a command line, where a number needs no quotes. */
  private static List<String> texts(DataNode list) {
    List<String> texts = new java.util.ArrayList<>();
    for (DataNode item : list.items()) {
      texts.add(item.asText());
    }
    return texts;
  }

  private static @Nullable String text(@Nullable DataNode node) {
    return node == null ? null : node.asText();
  }

  private static void set(DataNode node, Supplier<?> setter) {
    SpecReader.at(node, setter);
  }
}
