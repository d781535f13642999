package dev.symphony.engine;

import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.engine.internal.data.DataWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A launched declaration kept for people: {@code FOLDER/EXPERIMENT/experiment.yaml} beside {@code
 * plan.yaml}.
 */
final class SavedDeclaration {
  private final Path folder;
  private final Path file;
  private final LaunchPlan plan;

  SavedDeclaration(Path folder, LaunchPlan plan) {
    this.folder = folder.resolve(plan.experiment());
    this.file = this.folder.resolve("experiment.yaml");
    this.plan = plan;
  }

  void refuseToOverwrite(boolean force) {
    if (!force && Files.exists(file)) {
      throw new AlreadyExistsException(
          file + " exists already; remove it, choose another name, or replace it with --force");
    }
  }

  void write() {
    AtomicFile.createDirectories(folder);
    AtomicFile.write(file, DataWriter.yaml(plan.declaration()).getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(folder.resolve("plan.yaml"), plan.toYaml().getBytes(StandardCharsets.UTF_8));
  }
}
