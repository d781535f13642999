package dev.symphony.kube.internal.plan;

import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.spec.SecretFiles;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Problems;
import dev.symphony.spi.SecretText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of the launching machine that every container finds below {@code /etc/secrets}. */
final class MountedFiles {
  private static final String OBJECT = "symphony-files";
  private static final String DIRECTORY = "/etc/secrets";

  private final ClusterContext context;
  private final Problems problems;
  private final Map<String, byte[]> contents = new LinkedHashMap<>();

  /** Reads them. */
  MountedFiles(List<String> files, ClusterContext context, Problems problems) {
    this.context = context;
    this.problems = problems;
    for (String file : files) {
      read(file);
    }
  }

  private void read(String file) {
    try {
      Path path =
          file.startsWith("~/")
              ? context.home().resolve(file.substring(2))
              : context.workingDirectory().resolve(file);
      contents.put(SecretFiles.key(file), Files.readAllBytes(path));
    } catch (InvalidPathException e) {
      problems.add("secret file '" + file + "' is no path here: " + e.getReason());
    } catch (IOException e) {
      problems.add("secret file " + file + " cannot be read; it must be a readable file");
    }
  }

  /** What is text in them. */
  List<KnownSecret> known() {
    List<KnownSecret> known = new ArrayList<>();
    contents.forEach(
        (key, content) -> {
          for (SecretText text : texts(content)) {
            known.add(new KnownSecret(text, "secret file " + key, DIRECTORY + "/" + key));
          }
        });
    return known;
  }

  /** A text with and without its last line break; empty for what is no text. */
  static List<SecretText> texts(byte[] content) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      return List.of();
    }
    return text.endsWith("\n")
        ? List.of(new SecretText(text), new SecretText(text.substring(0, text.length() - 1)))
        : List.of(new SecretText(text));
  }

  boolean isEmpty() {
    return contents.isEmpty();
  }

  /** The object that holds them. */
  Map<String, Object> object(Scope scope) {
    return Vault.secret(scope, OBJECT, contents, problems);
  }

  /** The volume of a pod. */
  static Map<String, Object> volume(Scope scope) {
    return Tree.of("name", OBJECT, "secret", Tree.of("secretName", scope.object(OBJECT)));
  }

  /** Where a container has it. */
  static Map<String, Object> mount() {
    return Tree.of("name", OBJECT, "mountPath", DIRECTORY, "readOnly", true);
  }
}
