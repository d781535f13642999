package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API server refused, or could not be asked.
 *
 * <p>The message is one line for people: what was asked, the server's own message, and what to do
 * where that is known.
 */
public final class ApiException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, Object> body;
  private final String brief;

  /**
   * Tells of a refusal.
   *
   * @param status the HTTP status; 0 where there was no answer
   * @param body the server's {@code Status} object; empty where there was none
   */
  public ApiException(
      String message, int status, Map<String, Object> body, @Nullable Throwable cause) {
    this(message, message, status, body, cause);
  }

  /** The same with the bare reason, for those who have said already what was asked of whom. */
  ApiException(
      String message,
      String brief,
      int status,
      Map<String, Object> body,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.body = body;
    this.brief = brief;
  }

  /** The same without a cause. */
  public ApiException(String message, int status, Map<String, Object> body) {
    this(message, message, status, body, null);
  }

  /** The HTTP status, such as 404; 0 where the server could not be reached. */
  public int status() {
    return status;
  }

  /** The reason in a few words: {@code connection refused}. */
  String brief() {
    return brief;
  }

  /** The server's machine-readable word, such as {@code AlreadyExists}; empty for none. */
  public String reason() {
    String reason = Tree.text(body, "reason");
    return reason == null ? "" : reason;
  }

  /** The server's own message, without what this program adds; empty for none. */
  public String serverMessage() {
    String message = Tree.text(body, "message");
    return message == null ? "" : message;
  }

  /** The server's whole answer; empty for none. */
  public Map<String, Object> body() {
    return body;
  }
}
