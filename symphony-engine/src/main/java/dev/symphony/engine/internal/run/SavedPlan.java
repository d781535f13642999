package dev.symphony.engine.internal.run;

import dev.symphony.engine.NotFoundException;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.data.DataNode;
import dev.symphony.engine.internal.data.DataReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan that an experiment was launched with, as it was saved: secrets masked. */
final class SavedPlan {
  private final Path file;
  private final DataNode root;

  SavedPlan(RunDirectory directory) {
    this.file = directory.file("plan.json");
    this.root = DataReader.file(file);
  }

  String directory(ProcessName process) {
    return find(process).requireField("workingDirectory").asString();
  }

  List<String> words(ProcessName process, String field) {
    List<String> words = new ArrayList<>();
    DataNode node = find(process).field(field);
    if (node != null) {
      for (DataNode item : node.items()) {
        words.add(item.asString());
      }
    }
    return words;
  }

  Map<String, String> environment(ProcessName process) {
    return strings(find(process).field("env"));
  }

  Map<String, Secret> secrets(ProcessName process) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : strings(find(process).field("secrets")).entrySet()) {
      String text = entry.getValue();
      secrets.put(
          entry.getKey(),
          text.startsWith("env:")
              ? Secret.env(text.substring(4))
              : text.startsWith("file:") ? Secret.file(text.substring(5)) : Secret.missing());
    }
    return secrets;
  }

  private static Map<String, String> strings(@Nullable DataNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (node != null) {
      for (Map.Entry<String, DataNode> entry : node.entries().entrySet()) {
        strings.put(entry.getKey(), entry.getValue().asString());
      }
    }
    return strings;
  }

  private DataNode find(ProcessName process) {
    DataNode processes = root.field("processes");
    if (processes == null) {
      throw new SymphonyException(file + " is damaged; delete the experiment");
    }
    for (DataNode node : processes.items()) {
      if (node.requireField("name").asString().equals(process.toString())) {
        return node;
      }
    }
    throw new NotFoundException("there is no process " + process + " in " + file);
  }
}
