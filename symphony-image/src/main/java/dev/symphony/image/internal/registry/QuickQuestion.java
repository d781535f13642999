package dev.symphony.image.internal.registry;

import dev.symphony.spi.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry with one HEAD whether it has a manifest, by nothing but the JDK: a launch without
 * news does no more.
 */
public final class QuickQuestion {
  private static final String MANIFESTS =
      "application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  private final DockerConfig config;

  /** Asks with these logins. */
  public QuickQuestion(DockerConfig config) {
    this.config = config;
  }

  /** What came of it. */
  public enum Answer {
    /** The registry has it. */
    YES,
    /** It has not. */
    NO,
    /** Somebody else has to ask. */
    UNCLEAR
  }

  /**
   * Asks.
   *
   * @param plain whether plain HTTP will do
   * @throws dev.symphony.engine.SymphonyException where nobody answers there
   */
  public Answer ask(Reference image, boolean plain) {
    try {
      Answer answer = plain ? ask(image, "http") : Answer.UNCLEAR;
      return answer == Answer.UNCLEAR ? ask(image, "https") : answer;
    } catch (UnknownHostException | ConnectException | NoRouteToHostException e) {
      throw RegistryProblems.unreachable(image, e);
    } catch (IOException e) {
      return Answer.UNCLEAR;
    }
  }

  private Answer ask(Reference image, String scheme) throws IOException {
    String address =
        scheme
            + "://"
            + image.host()
            + "/v2/"
            + image.repository()
            + "/manifests/"
            + image.qualifier();
    HttpURLConnection first = head(address, null);
    int status = first.getResponseCode();
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
      String authorization = authorization(image, scheme, first.getHeaderField("WWW-Authenticate"));
      if (authorization == null) {
        return Answer.UNCLEAR;
      }
      status = head(address, authorization).getResponseCode();
    }
    return status == 200 ? Answer.YES : status == 404 ? Answer.NO : Answer.UNCLEAR;
  }

  private static HttpURLConnection head(String address, @Nullable String authorization)
      throws IOException {
    HttpURLConnection connection = open(address, authorization);
    connection.setRequestMethod("HEAD");
    connection.setRequestProperty("Accept", MANIFESTS);
    return connection;
  }

  private static HttpURLConnection open(String address, @Nullable String authorization)
      throws IOException {
    HttpURLConnection connection = Http.open(address);
    if (authorization != null) {
      connection.setRequestProperty("Authorization", authorization);
    }
    return connection;
  }

  /** What the registry asks for; null where it cannot be had here. */
  private @Nullable String authorization(Reference image, String scheme, @Nullable String challenge)
      throws IOException {
    if (challenge == null) {
      return null;
    }
    Login login = config.login(image.host());
    if (login != null && login.user().equals("<token>")) {
      return null;
    }
    String basic = login == null ? null : basic(login);
    if (challenge.regionMatches(true, 0, "basic", 0, 5)) {
      return basic;
    }
    String realm = part(challenge, "realm");
    if (realm == null || !realm.startsWith("https://") && !realm.startsWith(scheme + "://")) {
      return null;
    }
    String service = part(challenge, "service");
    String address =
        realm
            + (realm.indexOf('?') < 0 ? "?" : "&")
            + "scope=repository:"
            + image.repository()
            + ":pull"
            + (service == null
                ? ""
                : "&service=" + URLEncoder.encode(service, StandardCharsets.UTF_8));
    HttpURLConnection connection = open(address, basic);
    if (connection.getResponseCode() != 200) {
      return null;
    }
    try (InputStream in = connection.getInputStream()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Object answer = PlainText.readJson(body, address);
      if (!(answer instanceof Map<?, ?> map)) {
        return null;
      }
      Object token = map.get(map.containsKey("token") ? "token" : "access_token");
      return token instanceof String text ? "Bearer " + text : null;
    }
  }

  private static String basic(Login login) {
    String pair = login.user() + ":" + login.secret();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String part(String challenge, String name) {
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
    return matcher.find() ? matcher.group(1) : null;
  }
}
