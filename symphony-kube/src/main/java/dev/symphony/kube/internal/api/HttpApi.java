package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An API server over HTTP/1.1 and TLS of the Java runtime, and nothing else: fast from cold. */
final class HttpApi implements KubeApi {
  private static final long LONGEST_OPENING = 3000;

  private final KubeAccess access;
  private final Exchange exchange;
  private final Patience patience;
  private final boolean owner;

  HttpApi(KubeAccess access, Limits limits, Consumer<String> told) {
    this(access, new Exchange(access, limits, told), Patience.little(limits.retry()), true);
  }

  private HttpApi(KubeAccess access, Exchange exchange, Patience patience, boolean owner) {
    this.access = access;
    this.exchange = exchange;
    this.patience = patience;
    this.owner = owner;
  }

  @Override
  public KubeApi withPatience(Duration limit, Consumer<String> told) {
    return new HttpApi(access, exchange, Patience.great(limit, told), false);
  }

  @Override
  public String namespace() {
    return access.namespace();
  }

  @Override
  public String description() {
    return access.describe();
  }

  @Override
  public Map<String, Object> get(String path) {
    return read(path, Json::object);
  }

  @Override
  public @Nullable Map<String, Object> find(String path) {
    try {
      return get(path);
    } catch (ApiException e) {
      return nullIfGone(e);
    }
  }

  @Override
  public <T> T read(String path, Reader<T> reader) {
    return ask(Request.get(path), (wire, answer) -> reader.read(answer.content()));
  }

  @Override
  public Map<String, Object> create(String path, Map<String, Object> object, boolean metadataOnly) {
    Request request = Request.create(path, object, metadataOnly);
    Attempts attempts = new Attempts(request, patience);
    try {
      return ask(request, attempts, (wire, answer) -> Json.object(answer.content()));
    } catch (ApiException e) {
      Map<String, Object> existing =
          e.status() == 409 && attempts.perhapsDone() ? created(path, object) : null;
      if (existing == null) {
        throw e;
      }
      return existing;
    }
  }

  /** The object that an earlier attempt made; null where the one there is another's. */
  private @Nullable Map<String, Object> created(String path, Map<String, Object> object) {
    String launch = Tree.text(object, "metadata", "labels", LAUNCH_LABEL);
    String name = Tree.text(object, "metadata", "name");
    if (launch == null || name == null) {
      return null;
    }
    int query = path.indexOf('?');
    String collection = query < 0 ? path : path.substring(0, query);
    Map<String, Object> there = find(collection + "/" + KubeApi.encode(name));
    return there != null
            && Objects.equals(launch, Tree.text(there, "metadata", "labels", LAUNCH_LABEL))
        ? there
        : null;
  }

  @Override
  public Map<String, Object> patch(String path, Patch how, Object change) {
    return ask(Request.patch(path, how, change), (wire, answer) -> Json.object(answer.content()));
  }

  @Override
  public Map<String, Object> put(String path, Map<String, Object> object) {
    return ask(Request.put(path, object), (wire, answer) -> Json.object(answer.content()));
  }

  @Override
  public @Nullable Map<String, Object> delete(String path, @Nullable Map<String, Object> options) {
    try {
      return ask(Request.delete(path, options), (wire, answer) -> Json.object(answer.content()));
    } catch (ApiException e) {
      return nullIfGone(e);
    }
  }

  /** A 404 without the server's own word for it comes from a path that is no API server's. */
  private static @Nullable Map<String, Object> nullIfGone(ApiException e) {
    if (e.status() == 404 && !e.body().isEmpty()) {
      return null;
    }
    throw e;
  }

  @Override
  public Stream stream(String path) {
    Request request = Request.stream(path);
    PumpedStream stream = new PumpedStream(filled -> fill(filled, request));
    stream.awaitOpening(LONGEST_OPENING);
    return stream;
  }

  /** What breaks once it has begun is never asked again, since its beginning has been read. */
  private void fill(PumpedStream stream, Request request) {
    Begun begun = ask(request, new Beginning());
    try {
      begun.wire.readWithin(Duration.ZERO);
      begun.wire.watch();
      stream.fill(begun.answer.body());
    } catch (IOException e) {
      throw exchange.problems().lost(request, e).told();
    } finally {
      exchange.connections().end(begun.wire);
    }
  }

  private record Begun(Wire wire, Answer answer) {}

  /** Takes a connection with an answer whose body is read later. */
  private static final class Beginning implements Exchange.Handler<Begun> {
    @Override
    public Begun handle(Wire wire, Answer answer) {
      return new Begun(wire, answer);
    }

    @Override
    public boolean keepsWire() {
      return true;
    }
  }

  @Override
  public Socket connect(String path, List<String> protocols) {
    String key = WebSocket.key();
    return ask(Request.socket(path, protocols, key), new Opening(exchange.connections(), key));
  }

  /** Turns a connection into a socket. */
  private record Opening(Connections connections, String key) implements Exchange.Handler<Socket> {
    @Override
    public Socket handle(Wire wire, Answer answer) throws IOException {
      return WebSocket.of(wire, answer, connections, key);
    }

    @Override
    public boolean keepsWire() {
      return true;
    }
  }

  @Override
  public void close() {
    if (owner) {
      exchange.connections().close();
    }
  }

  // ---- asking

  private <T> T ask(Request request, Exchange.Handler<T> handler) {
    return ask(request, new Attempts(request, patience), handler);
  }

  private <T> T ask(Request request, Attempts attempts, Exchange.Handler<T> handler) {
    while (true) {
      try {
        T value = exchange.attempt(request, patience, handler);
        patience.answered();
        return value;
      } catch (Failure failure) {
        pause(attempts, failure);
      }
    }
  }

  private void pause(Attempts attempts, Failure failure) {
    try {
      attempts.next(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.problems().interrupted(e).told();
    }
  }
}
