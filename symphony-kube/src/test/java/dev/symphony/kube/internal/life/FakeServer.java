package dev.symphony.kube.internal.life;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Objects in memory and the shapes of a server's answers; no more than the tests here look at. */
final class FakeServer implements KubeApi {
  /** Looks at a request before it is answered, and may throw an answer of its own. */
  interface Watch {
    void on(String request);
  }

  final Map<String, Map<String, Object>> objects = new TreeMap<>();
  final List<String> requests = new ArrayList<>();
  Watch watch = request -> {};
  private int uids;
  private int versions;

  FakeServer() {
    put("/api/v1/namespaces/default", namespace("default", Map.of()));
  }

  static Map<String, Object> namespace(String name, Map<String, Object> labels) {
    return Tree.of(
        "apiVersion", "v1",
        "kind", "Namespace",
        "metadata", Tree.of("name", name, "labels", new LinkedHashMap<>(labels)));
  }

  static ApiException refusal(int status, String message) {
    return new ApiException(message, status, Tree.of("message", message));
  }

  /** The requests of a kind, such as {@code POST}. */
  synchronized List<String> requests(String start) {
    return requests.stream().filter(request -> request.startsWith(start)).toList();
  }

  synchronized @Nullable Map<String, Object> object(String path) {
    return objects.get(path);
  }

  /** Changes an object as others do; the change sees it whole. */
  synchronized void change(String path, java.util.function.Consumer<Map<String, Object>> change) {
    Map<String, Object> object = objects.get(path);
    if (object == null) {
      throw new AssertionError("no " + path);
    }
    change.accept(object);
    Tree.make(object, "metadata").put("resourceVersion", "v" + ++versions);
  }

  synchronized void removeIf(Predicate<String> path) {
    objects.keySet().removeIf(path);
  }

  @Override
  public synchronized Map<String, Object> put(String path, Map<String, Object> object) {
    Map<String, Object> copy = Tree.copy(object);
    Tree.make(copy, "metadata").put("uid", "uid-" + ++uids);
    Tree.make(copy, "metadata").put("resourceVersion", "v" + ++versions);
    Tree.make(copy, "metadata").put("creationTimestamp", "2026-01-02T03:04:05Z");
    objects.put(path, copy);
    return copy;
  }

  @Override
  public KubeApi withPatience(java.time.Duration limit, java.util.function.Consumer<String> told) {
    return this;
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public String description() {
    return "https://fake (context fake)";
  }

  @Override
  public Map<String, Object> get(String path) {
    if (path.contains("?labelSelector=")) {
      return Tree.of("items", list(path));
    }
    Map<String, Object> found = find(path);
    if (found == null) {
      throw refusal(404, "not found");
    }
    return found;
  }

  private List<Object> list(String path) {
    see("LIST " + path);
    String collection = path.substring(0, path.indexOf('?'));
    String selector = path.substring(path.indexOf('=') + 1);
    List<Object> items = new ArrayList<>();
    synchronized (this) {
      for (Map.Entry<String, Map<String, Object>> entry : objects.entrySet()) {
        if (entry.getKey().substring(0, entry.getKey().lastIndexOf('/')).equals(collection)
            && matches(entry.getValue(), URLDecoder.decode(selector, StandardCharsets.UTF_8))) {
          items.add(Tree.copy(entry.getValue()));
        }
      }
    }
    return items;
  }

  private static boolean matches(Map<String, Object> object, String selector) {
    for (String each : selector.split(",")) {
      int equals = each.indexOf('=');
      String value = KubeObjects.label(object, each.substring(0, equals));
      if (!each.substring(equals + 1).equals(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable Map<String, Object> find(String path) {
    see("GET " + path);
    synchronized (this) {
      Map<String, Object> found = objects.get(path);
      return found == null ? null : Tree.copy(found);
    }
  }

  @Override
  public <T> T read(String path, Reader<T> reader) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> create(String path, Map<String, Object> object, boolean metadataOnly) {
    int query = path.indexOf('?');
    String collection = query < 0 ? path : path.substring(0, query);
    String place = collection + "/" + KubeObjects.name(object);
    see("POST " + place + (query < 0 ? "" : path.substring(query)));
    synchronized (this) {
      String namespace = collection.substring(0, collection.lastIndexOf('/'));
      if (!collection.endsWith("/namespaces") && !objects.containsKey(namespace)) {
        throw refusal(404, "namespaces \"" + namespace + "\" not found");
      }
      if (objects.containsKey(place)) {
        throw refusal(409, place + " already exists");
      }
      return path.contains("dryRun=All") ? object : Tree.copy(put(place, object));
    }
  }

  @Override
  public Map<String, Object> patch(String path, Patch how, Object change) {
    see("PATCH " + path);
    synchronized (this) {
      Map<String, Object> object = objects.get(path);
      if (object == null) {
        throw refusal(404, path + " not found");
      }
      String uid = Tree.text(change, "metadata", "uid");
      if (uid != null && !uid.equals(KubeObjects.uid(object))) {
        throw refusal(409, "the UID in the precondition does not match");
      }
      merge(object, Tree.map(change));
      return Tree.copy(object);
    }
  }

  private static void merge(Map<String, Object> object, Map<String, Object> change) {
    for (Map.Entry<String, Object> entry : change.entrySet()) {
      if (entry.getValue() == null) {
        object.remove(entry.getKey());
      } else if (entry.getValue() instanceof Map<?, ?>) {
        merge(Tree.make(object, entry.getKey()), Tree.map(entry.getValue()));
      } else {
        object.put(entry.getKey(), entry.getValue());
      }
    }
  }

  @Override
  public @Nullable Map<String, Object> delete(String path, @Nullable Map<String, Object> options) {
    see("DELETE " + path);
    synchronized (this) {
      if (path.contains("?")) {
        return Tree.of();
      }
      Map<String, Object> object = objects.get(path);
      if (object == null) {
        return null;
      }
      requireSame(object, options, "uid");
      requireSame(object, options, "resourceVersion");
      objects.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
      return object;
    }
  }

  private static void requireSame(
      Map<String, Object> object, @Nullable Map<String, Object> options, String field) {
    String wanted = Tree.text(options, "preconditions", field);
    if (wanted != null && !wanted.equals(Tree.text(object, "metadata", field))) {
      throw refusal(409, "the " + field + " in the precondition does not match");
    }
  }

  private void see(String request) {
    synchronized (this) {
      requests.add(request);
    }
    watch.on(request);
  }

  @Override
  public Stream stream(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket connect(String path, List<String> protocols) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
