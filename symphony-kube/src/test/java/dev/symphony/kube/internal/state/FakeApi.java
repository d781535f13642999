package dev.symphony.kube.internal.state;

import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers by path what a test put there, and nothing that changes anything. */
final class FakeApi implements KubeApi {
  final Map<String, Map<String, Object>> answers = new HashMap<>();
  final List<String> requests = new ArrayList<>();
  byte[] pods = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);

  /** Answers an object. */
  void answer(String path, Map<String, Object> object) {
    answers.put(path, object);
  }

  /** Answers a list, whatever its query. */
  void answerList(String path, List<Map<String, Object>> items) {
    answers.put(path, Tree.of("items", new ArrayList<Object>(items)));
  }

  /** Refuses what asks for a path. */
  void refuse(String path, int status, String message) {
    answers.put(path, Tree.of("refused", status, "message", message));
  }

  private @Nullable Map<String, Object> ask(String path) {
    requests.add("GET " + URLDecoder.decode(path, StandardCharsets.UTF_8));
    int query = path.indexOf('?');
    Map<String, Object> answer = answers.get(query < 0 ? path : path.substring(0, query));
    if (answer != null && answer.containsKey("refused")) {
      String message = String.valueOf(answer.get("message"));
      throw new ApiException(message, (int) Tree.number(answer, 0, "refused"), Map.of());
    }
    return answer;
  }

  @Override
  public Map<String, Object> get(String path) {
    Map<String, Object> answer = ask(path);
    if (answer == null) {
      throw new ApiException(path + ": not found", 404, Map.of());
    }
    return answer;
  }

  @Override
  public @Nullable Map<String, Object> find(String path) {
    return ask(path);
  }

  @Override
  public <T> T read(String path, Reader<T> reader) {
    requests.add("READ " + URLDecoder.decode(path, StandardCharsets.UTF_8));
    try {
      return reader.read(new ByteArrayInputStream(pods));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public KubeApi withPatience(Duration limit, Consumer<String> told) {
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
  public Map<String, Object> create(String path, Map<String, Object> object, boolean metadataOnly) {
    throw new AssertionError("changes " + path);
  }

  @Override
  public Map<String, Object> patch(String path, Patch how, Object change) {
    throw new AssertionError("changes " + path);
  }

  @Override
  public Map<String, Object> put(String path, Map<String, Object> object) {
    throw new AssertionError("changes " + path);
  }

  @Override
  public @Nullable Map<String, Object> delete(String path, @Nullable Map<String, Object> options) {
    throw new AssertionError("changes " + path);
  }

  @Override
  public Stream stream(String path) {
    throw new AssertionError("streams " + path);
  }

  @Override
  public Socket connect(String path, List<String> protocols) {
    throw new AssertionError("connects to " + path);
  }

  @Override
  public void close() {}
}
