package dev.symphony.engine;

import dev.symphony.engine.internal.data.AtomicFile;
import dev.symphony.engine.internal.data.DataReader;
import dev.symphony.engine.internal.data.DataWriter;
import dev.symphony.spi.SecretText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What experiments, process groups and processes have in common: a name, and a form in files.
 *
 * <p>What is saved and loaded again is the same in every field. Of secrets it keeps where they come
 * from; a literal has to be given again, which launching says. Where the value of a literal stands
 * in another field it is masked, and loading refuses that field.
 */
public abstract class BaseSpec {
  final String name;
  private final Map<String, Object> sections = new LinkedHashMap<>();

  BaseSpec(String name) {
    this.name = name;
  }

  /** Its name: an experiment's with the prefix, a process's without its group. */
  public final String getName() {
    return name;
  }

  /**
   * What only one backend understands, by the backend's name, as its files say it: maps, lists,
   * strings, numbers and booleans. Other backends keep it as it is.
   */
  public final Map<String, Object> getSections() {
    return sections;
  }

  /**
   * Told when a file's section for a backend has been put into {@link #getSections}; by default
   * does nothing.
   *
   * @throws SymphonyException for what that backend cannot take; the file's place is added
   */
  protected void sectionLoaded(String backend) {}

  /** The declaration as it is saved: ordered maps, lists, strings, numbers, booleans and nulls. */
  public final Map<String, Object> toPlain() {
    return write(new SpecWriter(List.of(), this));
  }

  /**
   * The declaration as it is saved, with these values masked too wherever they occur.
   *
   * @param secrets the values of secrets that come from files and the environment
   */
  public final Map<String, Object> toPlain(Iterable<SecretText> secrets) {
    return write(new SpecWriter(secrets, this));
  }

  /** The declaration in YAML. */
  public final String toYaml() {
    return DataWriter.yaml(toPlain());
  }

  /** The declaration in JSON, for people too. */
  public final String toJson() {
    return DataWriter.json(toPlain(), true);
  }

  /**
   * Saves the declaration, whole or not at all, readable by its owner alone.
   *
   * @param file ends in {@code .yaml}, {@code .yml} or {@code .json}, which says how it is written
   * @throws SymphonyException for another ending, or where it cannot be written
   */
  public final void dump(Path file) {
    String text = DataReader.isJson(file) ? toJson() : toYaml();
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  abstract Map<String, Object> write(SpecWriter writer);

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
