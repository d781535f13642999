package dev.symphony.image.internal.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One repository of a registry, asked with the user's login; what goes wrong is one line. */
public final class RegistryAccess implements AutoCloseable {
  /** Something done in a repository. */
  public interface Step<T> {
    /** Does it. */
    T with(RegistryClient client) throws IOException, RegistryException;
  }

  private final Reference image;
  private final boolean writes;
  private final DockerConfig config;
  private final FailoverHttpClient http;
  private final @Nullable Login login;
  private final RegistryClient client;

  /**
   * Opens a repository, and shows the login where the registry asks for one.
   *
   * @param writes whether something is to be sent there
   * @param from another repository of the same registry to take layers from; null for none
   * @param insecure whether plain HTTP, or a certificate that is not trusted, will do
   */
  public RegistryAccess(
      Reference image,
      boolean writes,
      @Nullable String from,
      boolean insecure,
      DockerConfig config) {
    this.image = image;
    this.writes = writes;
    this.config = config;
    this.login = config.login(image.host());
    if (!insecure) {
      FirstContact.make(image);
    }
    this.http =
        insecure && PlainHttp.isSpokenBy(image.host())
            ? new PlainHttp(image.host())
            : new FailoverHttpClient(insecure, insecure, event -> {});
    RegistryClient.Factory factory =
        from == null
            ? RegistryClient.factory(EventHandlers.NONE, image.host(), image.repository(), http)
            : RegistryClient.factory(
                EventHandlers.NONE, image.host(), image.repository(), from, http);
    factory.setUserAgent("symphony");
    if (login != null) {
      factory.setCredential(Credential.from(login.user(), login.secret()));
    }
    this.client = factory.newRegistryClient();
    what(writes ? "push" : "pull", this::authenticate);
  }

  private boolean authenticate(RegistryClient asked) throws IOException, RegistryException {
    boolean bearer = writes ? asked.doPushBearerAuth() : asked.doPullBearerAuth();
    if (!bearer && login != null && !login.user().equals("<token>")) {
      asked.configureBasicAuth();
    }
    return bearer;
  }

  /**
   * Does something there.
   *
   * @param doing for messages, {@code push} or {@code pull}
   * @throws SymphonyException in one line
   */
  public <T> T what(String doing, Step<T> step) {
    try {
      return step.with(client);
    } catch (RegistryUnauthorizedException e) {
      throw e.getHttpResponseException().getStatusCode() == 403
          ? RegistryProblems.forbidden(image, doing, e)
          : RegistryProblems.unauthorized(image, login != null, config, doing, e);
    } catch (RegistryAuthenticationFailedException e) {
      ResponseException answer = cause(e, ResponseException.class);
      throw answer == null && cause(e, IOException.class) != null
          ? RegistryProblems.unreachable(image, e)
          : RegistryProblems.unauthorized(image, login != null, config, doing, e);
    } catch (RegistryCredentialsNotSentException e) {
      throw RegistryProblems.refused(
          image, doing, "the login is not sent over plain HTTP without --insecure-registry", e);
    } catch (InsecureRegistryException e) {
      throw RegistryProblems.unreachable(image, e);
    } catch (RegistryException e) {
      throw RegistryProblems.refused(image, doing, reason(e), e);
    } catch (ResponseException e) {
      String content = e.getContent();
      throw RegistryProblems.refused(
          image,
          doing,
          "it answers " + e.getStatusCode() + (content == null ? "" : ", " + content),
          e);
    } catch (IOException e) {
      RegistryException inner = cause(e, RegistryException.class);
      if (inner != null) {
        throw RegistryProblems.refused(image, doing, reason(inner), e);
      }
      throw RegistryProblems.unreachable(image, e);
    }
  }

  /** Without jib's preface, and advice that belongs to it. */
  private static @Nullable String reason(RegistryException e) {
    String message = e.getMessage();
    if (message == null) {
      return null;
    }
    int because = message.indexOf(" but failed because: ");
    return because < 0 ? message : message.substring(because + 21);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown.getCause(); t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  /** Which repository it is. */
  public Reference image() {
    return image;
  }

  @Override
  public void close() {
    try {
      http.shutDown();
    } catch (IOException e) {
      // What is not closed now goes with the program.
    }
  }
}
