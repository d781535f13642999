package dev.symphony.kube.internal.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Says in one line what went wrong between this program and one server. */
final class Problems {
  private static final int LONGEST_BODY = 1024 * 1024;

  private final KubeAccess access;

  Problems(KubeAccess access) {
    this.access = access;
  }

  /** An answer that is no success; reads its body. */
  Failure refused(Request request, Answer answer, Login.Pass pass) throws IOException {
    byte[] bytes = answer.content().readNBytes(LONGEST_BODY);
    Map<String, Object> status = status(bytes);
    int code = answer.status();
    ApiException told =
        new ApiException(
            line(request, answer, status, bytes, pass),
            code + " " + message(status),
            code,
            status,
            null);
    boolean busy = code == 429 || code >= 500;
    return new Failure(
        busy ? Failure.Kind.BUSY : Failure.Kind.FINAL, told, busy ? answer.retryAfter() : 0);
  }

  /** A success that is not the JSON it should be. */
  Failure noJson(Request request, Answer answer, byte[] start) {
    String line = "the API server " + access.describe() + " answers " + page(request, start);
    return new Failure(
        Failure.Kind.FINAL, new ApiException(line, answer.status(), Map.of(), null), 0);
  }

  /** No connection came about. */
  Failure unreachable(IOException e) {
    String certificate = new TlsProblems(access).line(e);
    if (certificate != null) {
      ApiException told = new ApiException(certificate, 0, Map.of(), e);
      return new Failure(Failure.Kind.FINAL, told, 0);
    }
    String reason = reason(e);
    String line =
        "cannot reach the API server "
            + access.describe()
            + ": "
            + reason
            + (access.endpoint().proxy() == null ? "" : " (through a proxy)")
            + "; is the cluster up, and is this the context you mean?";
    return new Failure(Failure.Kind.UNREACHABLE, new ApiException(line, reason, 0, Map.of(), e), 0);
  }

  private static String reason(IOException e) {
    if (e instanceof java.net.UnknownHostException) {
      return "there is no host " + e.getMessage();
    }
    if (e instanceof java.net.SocketTimeoutException) {
      return "no answer within 3 s";
    }
    if (e instanceof java.net.ConnectException) {
      String text = String.valueOf(e.getMessage());
      return text.toLowerCase(java.util.Locale.ROOT).contains("refused")
          ? "connection refused"
          : text;
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** The connection broke before the answer was complete. */
  Failure lost(Request request, IOException e) {
    String certificate = new TlsProblems(access).line(e);
    if (certificate != null) {
      ApiException told = new ApiException(certificate, 0, Map.of(), e);
      return new Failure(Failure.Kind.FINAL, told, 0);
    }
    String line =
        "the connection to the API server "
            + access.describe()
            + " broke at "
            + request.describe()
            + ": "
            + e.getMessage();
    return new Failure(
        Failure.Kind.LOST, new ApiException(line, "connection lost", 0, Map.of(), e), 0);
  }

  /** No byte came within the time that a server has. */
  Failure silent(Request request, Limits limits, IOException e) {
    String line =
        "the API server "
            + access.describe()
            + " did not answer "
            + request.describe()
            + " within "
            + limits.answer().toSeconds()
            + " s; try again";
    return new Failure(Failure.Kind.SILENT, new ApiException(line, "no answer", 0, Map.of(), e), 0);
  }

  /** Somebody interrupted the thread that waits. */
  Failure interrupted(Exception e) {
    return new Failure(
        Failure.Kind.FINAL,
        new ApiException(
            "interrupted while asking the API server " + access.describe(), 0, Map.of(), e),
        0);
  }

  // ---- what a refusal says

  private static Map<String, Object> status(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != '{') {
      return Map.of();
    }
    try {
      return Json.object(bytes);
    } catch (JacksonException e) {
      return Map.of();
    }
  }

  private static String message(Map<String, Object> status) {
    String message = Tree.text(status, "message");
    return message == null ? "" : oneLine(message);
  }

  private String line(
      Request request, Answer answer, Map<String, Object> status, byte[] body, Login.Pass pass) {
    int code = answer.status();
    String message = message(status);
    if (code == 401) {
      return unknown(pass);
    }
    String server = "the API server " + access.describe() + " answers ";
    if (code == 429 || code >= 500) {
      return server + code + (message.isEmpty() ? said(request, body) : ": " + message);
    }
    if (message.isEmpty()) {
      return server + code + said(request, body);
    }
    if (code == 403 && message.endsWith(" is forbidden:") && request.isSocket()) {
      return withoutCreate(request, message);
    }
    if (code == 403 && message.contains(" cannot ") && message.contains(": User \"")) {
      return message + "; ask for a Role that allows it, see docs/kubernetes.md";
    }
    if (code == 404 && Tree.map(status, "details").get("name") == null) {
      return message + ": " + request.describe() + " on " + access.describe();
    }
    return message;
  }

  /**
   * Servers want the right to create for what is connected by a socket, beside the one to get, and
   * say nothing after the colon where it lacks.
   */
  private static String withoutCreate(Request request, String message) {
    String[] words = request.path().split("[/?]", -1);
    String resource = words.length < 8 ? "it" : words[5] + "/" + words[7];
    return message
        + " you cannot create resource \""
        + resource
        + "\"; ask for a Role that allows it, see docs/kubernetes.md";
  }

  private String unknown(Login.Pass pass) {
    String expired = expiry(pass);
    return "the API server "
        + access.describe()
        + " rejects "
        + access.login().describe()
        + (expired == null ? "" : ", which expired at " + expired)
        + "; "
        + access.login().remedy();
  }

  private static @Nullable String expiry(Login.Pass pass) {
    Instant now = Instant.now();
    for (String header : pass.headers()) {
      if (header.startsWith("Authorization: Bearer ")) {
        Instant end = expiry(header.substring("Authorization: Bearer ".length()));
        return end != null && end.isBefore(now) ? end.toString() : null;
      }
    }
    ClientCertificate certificate = pass.certificate();
    if (certificate != null) {
      Instant end = certificate.certificate().getNotAfter().toInstant();
      return end.isBefore(now) ? end.toString() : null;
    }
    return null;
  }

  /** When a JSON web token expires; null where it is none or does not say. */
  private static @Nullable Instant expiry(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      long end = Tree.number(Json.object(Base64.getUrlDecoder().decode(parts[1])), 0, "exp");
      return end == 0 ? null : Instant.ofEpochSecond(end);
    } catch (IllegalArgumentException | JacksonException e) {
      return null;
    }
  }

  private String said(Request request, byte[] body) {
    return body.length == 0
        ? " to " + request.describe()
        : " to " + request.describe() + " with " + page(body);
  }

  private String page(Request request, byte[] body) {
    return request.describe() + " with " + page(body);
  }

  /** What is no JSON: a page's title, or the beginning of a text. */
  private String page(byte[] body) {
    String text = oneLine(new String(body, StandardCharsets.UTF_8));
    int title = text.indexOf("<title>");
    int end = text.indexOf("</title>");
    boolean isPage = text.startsWith("<");
    String said =
        title >= 0 && end > title ? text.substring(title + "<title>".length(), end).strip() : text;
    return (isPage ? "a page" : "a text")
        + " instead of JSON: '"
        + (said.length() > 120 ? said.substring(0, 120) + "…" : said)
        + "'; "
        + (isPage ? "is there a proxy between?" : "is this the API server?");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
