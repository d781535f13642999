package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.Secret;
import dev.symphony.engine.SymphonyException;
import dev.symphony.kube.internal.api.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a plan the cluster keeps beside the pods: ConfigMaps {@code symphony-plan}, {@code
 * symphony-plan-1}, … (in a shared namespace with {@code EXP-} in front) with gzipped JSON in their
 * {@code binaryData}, each below the size limit. No secret is in it.
 *
 * @param processes in declared order
 * @param services in declared order
 * @param pods as they were created first, in declared order; values of secrets are references
 * @param annotations those of the first ConfigMap, as they are now
 */
public record StoredPlan(
    List<PlannedProcess> processes,
    List<PlannedService> services,
    List<Map<String, Object>> pods,
    Map<String, Object> annotations) {
  /** The most that is put into one ConfigMap or Secret; Kubernetes takes 1 MiB. */
  static final int LARGEST = 900_000;

  private static final String NAME = "symphony-plan";
  private static final String DATA = "plan.json.gz";

  /**
   * The ConfigMaps: name, annotations and data.
   *
   * @param prefix stands in front of their names: empty, or {@code EXP-}
   */
  public List<Map<String, Object>> toConfigMaps(String prefix) {
    byte[] packed = Packed.write(toPlain());
    int parts = Math.max(1, (packed.length + LARGEST - 1) / LARGEST);
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int end = Math.min(packed.length, (part + 1) * LARGEST);
      byte[] chunk = Arrays.copyOfRange(packed, part * LARGEST, end);
      Map<String, Object> all = new LinkedHashMap<>(part == 0 ? annotations : Map.of());
      all.put(Names.PLACE, part + "/" + parts);
      Map<String, Object> metadata =
          Tree.of("name", prefix + NAME + (part == 0 ? "" : "-" + part), "annotations", all);
      maps.add(
          Tree.of(
              "apiVersion",
              "v1",
              "kind",
              "ConfigMap",
              "metadata",
              metadata,
              "binaryData",
              Tree.of(DATA, Base64.getEncoder().encodeToString(chunk))));
    }
    return maps;
  }

  /**
   * Reads the ConfigMaps with label {@code symphony.dev/kind=plan} of one experiment, in any order.
   *
   * @throws SymphonyException where a part is missing or damaged
   */
  public static StoredPlan fromConfigMaps(List<Map<String, Object>> configMaps) {
    List<byte[]> chunks = new ArrayList<>();
    Map<String, Object> annotations = Map.of();
    int parts = 1;
    for (int part = 0; part < parts; part++) {
      Map<String, Object> map = part(configMaps, part);
      if (part == 0) {
        annotations = Tree.map(map, "metadata", "annotations");
        parts = parts(annotations);
      }
      chunks.add(chunk(map, part));
    }
    return fromPlain(Packed.read(chunks), annotations);
  }

  private static Map<String, Object> part(List<Map<String, Object>> configMaps, int part) {
    for (Map<String, Object> map : configMaps) {
      String place = Tree.text(map, "metadata", "annotations", Names.PLACE);
      if (place != null && place.startsWith(part + "/")) {
        return map;
      }
    }
    throw new SymphonyException(
        "the plan of this experiment is incomplete in the cluster: ConfigMap "
            + NAME
            + (part == 0 ? "" : "-" + part)
            + " is missing; delete the experiment and launch it again");
  }

  private static int parts(Map<String, Object> annotations) {
    String place = String.valueOf(Tree.text(annotations, Names.PLACE));
    try {
      return Integer.parseInt(place.substring(place.indexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw Packed.damaged(e);
    }
  }

  private static byte[] chunk(Map<String, Object> map, int part) {
    String data = Tree.text(map, "binaryData", DATA);
    try {
      return Base64.getDecoder().decode(data == null ? "" : data);
    } catch (IllegalArgumentException e) {
      throw Packed.damaged(new IllegalArgumentException("part " + part, e));
    }
  }

  // ---- as plain data

  /** What is packed. */
  Map<String, Object> toPlain() {
    Map<String, String> shared = Map.of();
    List<Object> listed = new ArrayList<>();
    for (PlannedProcess process : processes) {
      if (process.environment() instanceof Overlay overlay) {
        shared = overlay.base();
      }
      listed.add(plain(process));
    }
    List<Object> addresses = new ArrayList<>();
    for (PlannedService service : services) {
      addresses.add(
          Tree.of(
              "name",
              service.name(),
              "object",
              service.object(),
              "provider",
              service.provider().toString(),
              "port",
              service.port(),
              "exposed",
              service.exposed(),
              "public",
              service.isPublic()));
    }
    return Tree.of(
        "format", 1, "services", addresses, "addresses", shared, "processes", listed, "pods", pods);
  }

  private static Map<String, Object> plain(PlannedProcess process) {
    Map<String, Object> secrets = new LinkedHashMap<>();
    process.secrets().forEach((variable, secret) -> secrets.put(variable, secret.toString()));
    boolean overlaid = process.environment() instanceof Overlay;
    return Tree.of(
        "name",
        process.name().toString(),
        "pod",
        process.pod(),
        "container",
        process.container(),
        "command",
        process.command(),
        "shell",
        process.shell(),
        "directory",
        process.directory(),
        "overlaid",
        overlaid ? true : null,
        "environment",
        process.environment() instanceof Overlay overlay ? overlay.own() : process.environment(),
        "secrets",
        secrets,
        "successExitCodes",
        new ArrayList<>(process.successExitCodes()),
        "image",
        process.image());
  }

  private static StoredPlan fromPlain(Map<String, Object> plain, Map<String, Object> annotations) {
    Map<String, String> shared = strings(plain, "addresses");
    List<PlannedProcess> processes = new ArrayList<>();
    for (Object process : Tree.list(plain, "processes")) {
      processes.add(process(process, shared));
    }
    List<PlannedService> services = new ArrayList<>();
    for (Object service : Tree.list(plain, "services")) {
      services.add(
          new PlannedService(
              text(service, "name"),
              text(service, "object"),
              ProcessName.parse(text(service, "provider")),
              (int) Tree.number(service, 0, "port"),
              Tree.isTrue(service, "exposed"),
              Tree.isTrue(service, "public")));
    }
    List<Map<String, Object>> pods = new ArrayList<>();
    for (Object pod : Tree.list(plain, "pods")) {
      pods.add(Tree.map(pod));
    }
    return new StoredPlan(processes, services, pods, annotations);
  }

  private static PlannedProcess process(@Nullable Object plain, Map<String, String> shared) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    strings(plain, "secrets").forEach((variable, text) -> secrets.put(variable, secret(text)));
    Set<Integer> codes = new LinkedHashSet<>();
    for (Object code : Tree.list(plain, "successExitCodes")) {
      codes.add(((Number) code).intValue());
    }
    Map<String, String> own = strings(plain, "environment");
    return new PlannedProcess(
        ProcessName.parse(text(plain, "name")),
        text(plain, "pod"),
        text(plain, "container"),
        texts(plain, "command"),
        texts(plain, "shell"),
        Tree.text(plain, "directory"),
        Tree.isTrue(plain, "overlaid") ? new Overlay(shared, own) : own,
        secrets,
        codes,
        text(plain, "image"));
  }

  private static Secret secret(String text) {
    if (text.startsWith("env:")) {
      return Secret.env(text.substring(4));
    }
    return text.startsWith("file:") ? Secret.file(text.substring(5)) : Secret.missing();
  }

  private static String text(@Nullable Object plain, String field) {
    String text = Tree.text(plain, field);
    if (text == null) {
      throw Packed.damaged(new IllegalArgumentException("no " + field));
    }
    return text;
  }

  private static List<String> texts(@Nullable Object plain, String field) {
    List<String> texts = new ArrayList<>();
    for (Object item : Tree.list(plain, field)) {
      texts.add(String.valueOf(item));
    }
    return texts;
  }

  private static Map<String, String> strings(@Nullable Object plain, String field) {
    Map<String, String> strings = new LinkedHashMap<>();
    Tree.map(plain, field).forEach((name, value) -> strings.put(name, String.valueOf(value)));
    return strings;
  }
}
