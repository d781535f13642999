package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One API server, asked over HTTPS. Objects are plain data, see {@link Tree}.
 *
 * <p>Paths are absolute and encoded by the caller with {@link #encode}: {@code
 * /api/v1/namespaces/rl/pods?labelSelector=…}. Every method throws {@link ApiException} for a
 * refusal and for a server that cannot be reached; 429 and 5xx are asked again with growing pauses
 * where repeating is safe, in all for at most about 2 s. Interrupting the thread ends a request
 * with an ApiException and the interrupt flag set. Safe for use by several threads at once;
 * connections are kept and used again.
 */
public interface KubeApi extends AutoCloseable {
  /** The label that tells one launch's objects from another's. */
  String LAUNCH_LABEL = "symphony.dev/launch";

  /** Reads an answer as it arrives. */
  interface Reader<T> {
    /** Reads all it needs from the body. */
    T read(InputStream body) throws IOException;
  }

  /** An answer that goes on, such as a log that is followed. */
  interface Stream extends AutoCloseable {
    /**
     * The bytes; {@code available()} tells honestly how many can be read without waiting. Safe for
     * one thread at a time.
     */
    InputStream body();

    /** Whether a read answers without waiting: with bytes, the end or a failure. */
    boolean ready();

    /** Ends the stream at once, also while another thread reads. */
    @Override
    void close();
  }

  /** A frame socket with numbered channels, as exec and port-forward speak. */
  interface Socket extends AutoCloseable {
    /** What the server agreed to speak, such as {@code v5.channel.k8s.io}. */
    String protocol();

    /**
     * Sends bytes on a channel; waits where the server is slow. With {@code v5.channel.k8s.io} one
     * byte on channel 255 ends the channel of that number.
     */
    void send(int channel, byte[] bytes, int offset, int length) throws IOException;

    /**
     * The next message, channel number first; null once the server has closed. An empty message of
     * a channel is that number alone.
     *
     * @throws IOException where the connection broke, or the server closed it for a reason
     */
    byte @Nullable [] receive() throws IOException;

    /** Ends it at once, also while another thread waits. */
    @Override
    void close();
  }

  /** How a patch is meant. */
  enum Patch {
    /** RFC 7386. */
    MERGE("application/merge-patch+json"),
    /** RFC 6902; the body is a list. */
    JSON("application/json-patch+json"),
    /** Kubernetes' own, lists by key. */
    STRATEGIC("application/strategic-merge-patch+json");

    private final String type;

    Patch(String type) {
      this.type = type;
    }

    /** The content type. */
    public String type() {
      return type;
    }
  }

  /**
   * The same server for one who would rather wait than fail: a server that is down, refuses for the
   * moment or breaks off is asked again for this long, each request by itself.
   *
   * <p>A request that may be done twice otherwise, such as a JSON patch, fails as before once it is
   * on its way.
   *
   * @param told hears once that the server does not answer and is waited for, and once that it is
   *     back
   * @return shares the connections of this one, and need not be closed
   */
  KubeApi withPatience(Duration limit, Consumer<String> told);

  /** The namespace of the context; {@code default} where it names none. */
  String namespace();

  /** Which cluster this is, for messages: {@code https://host:port (context NAME)}. */
  String description();

  /** One object or list, whole. */
  Map<String, Object> get(String path);

  /** One object; null where the server says 404. */
  @Nullable Map<String, Object> find(String path);

  /** An object or list, read as it arrives; the reader may be called anew after a failure. */
  <T> T read(String path, Reader<T> reader);

  /**
   * Creates an object. Asked again after an answer was lost, a 409 for an object whose label {@code
   * symphony.dev/launch} is this one's counts as success.
   *
   * @return what the server made of it; only its metadata where {@code metadataOnly}
   */
  Map<String, Object> create(String path, Map<String, Object> object, boolean metadataOnly);

  /** Changes an object. */
  Map<String, Object> patch(String path, Patch how, Object change);

  /** Replaces an object. */
  Map<String, Object> put(String path, Map<String, Object> object);

  /**
   * Deletes an object or a collection.
   *
   * @param options {@code DeleteOptions}; null for none
   * @return the answer; null where the server says 404
   */
  @Nullable Map<String, Object> delete(String path, @Nullable Map<String, Object> options);

  /**
   * An answer that goes on. Waits for the server to begin, but at most 3 s, since some begin with
   * the first byte of the body; what is refused later, and a connection that breaks, is thrown by
   * reading, as an IOException whose cause is the ApiException.
   */
  Stream stream(String path);

  /** Opens a frame socket, offering protocols in order of preference; never asked twice. */
  Socket connect(String path, List<String> protocols);

  /** Ends all connections. */
  @Override
  void close();

  /** Encodes one part of a path or query. */
  static String encode(String part) {
    return java.net.URLEncoder.encode(part, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }
}
