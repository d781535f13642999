package dev.symphony.image.internal.registry;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.PlainText;
import dev.symphony.spi.Problems;
import dev.symphony.spi.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Logins as Docker keeps them: {@code config.json} and credential helpers. */
public final class DockerConfig {
  private static final String HUB_KEY = "https://index.docker.io/v1/";
  private static final long HELPER_SECONDS = 30;

  private final Path file;
  private final Map<String, String> environment;
  private @Nullable Map<?, ?> content;

  private DockerConfig(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** That of {@code $DOCKER_CONFIG}, else of {@code ~/.docker}. */
  public static DockerConfig of(Map<String, String> environment, Path home) {
    String folder = environment.get("DOCKER_CONFIG");
    Path place = folder == null || folder.isEmpty() ? home.resolve(".docker") : Path.of(folder);
    return new DockerConfig(place.resolve("config.json"), environment);
  }

  /** Where it is, for messages. */
  public Path file() {
    return file;
  }

  /**
   * The login for a registry; null for none.
   *
   * @throws SymphonyException for a file that cannot be read, or a helper that fails
   */
  public @Nullable Login login(String host) {
    Map<?, ?> config = content();
    if (config.isEmpty()) {
      return null;
    }
    List<String> keys = keys(host);
    String helper = helper(config, keys);
    for (String key : keys) {
      Login login = helper == null ? null : ask(helper, key);
      if (login == null) {
        login = written(config, key);
      }
      if (login != null) {
        return login;
      }
    }
    return null;
  }

  private static List<String> keys(String host) {
    if (host.equals("registry-1.docker.io")) {
      return List.of(HUB_KEY, "docker.io", "index.docker.io");
    }
    return List.of(
        host,
        "https://" + host,
        "https://" + host + "/",
        "http://" + host,
        "https://" + host + "/v1/",
        "https://" + host + "/v2/");
  }

  private synchronized Map<?, ?> content() {
    Map<?, ?> known = content;
    if (known == null) {
      known = read();
      content = known;
    }
    return known;
  }

  private Map<?, ?> read() {
    try {
      Object plain = PlainText.readJson(Files.readString(file), file.toString());
      return plain instanceof Map<?, ?> map ? map : Map.of();
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + file + ": " + Problems.reason(e), e);
    }
  }

  private static @Nullable String helper(Map<?, ?> config, List<String> keys) {
    if (config.get("credHelpers") instanceof Map<?, ?> helpers) {
      for (String key : keys) {
        if (helpers.get(key) instanceof String name && !name.isEmpty()) {
          return name;
        }
      }
    }
    return config.get("credsStore") instanceof String name && !name.isEmpty() ? name : null;
  }

  private @Nullable Login written(Map<?, ?> config, String key) {
    if (!(config.get("auths") instanceof Map<?, ?> auths)
        || !(auths.get(key) instanceof Map<?, ?> entry)) {
      return null;
    }
    if (entry.get("identitytoken") instanceof String token && !token.isEmpty()) {
      return new Login("<token>", token);
    }
    if (entry.get("auth") instanceof String encoded && !encoded.isEmpty()) {
      try {
        String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon > 0) {
          return new Login(pair.substring(0, colon), pair.substring(colon + 1));
        }
      } catch (IllegalArgumentException e) {
        throw new SymphonyException(file + ": the auth of " + key + " is not base64", e);
      }
    }
    if (entry.get("username") instanceof String user
        && entry.get("password") instanceof String secret) {
      return new Login(user, secret);
    }
    return null;
  }

  // ---- helpers

  /** Asks a credential helper; null where it knows nothing. */
  private @Nullable Login ask(String helper, String key) {
    String program = "docker-credential-" + helper;
    try {
      ProcessBuilder builder = new ProcessBuilder(found(program), "get");
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(key.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended already; what it says counts.
      }
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new SymphonyException("the credential helper " + program + " does not end");
      }
      if (process.exitValue() != 0) {
        if (printed.contains("credentials not found")) {
          return null;
        }
        throw new SymphonyException(
            "the credential helper "
                + program
                + ", which "
                + file
                + " names, failed: "
                + printed.strip().lines().findFirst().orElse("it says nothing"));
      }
      return login(printed, program);
    } catch (IOException e) {
      throw new SymphonyException(
          file
              + " names the credential helper "
              + program
              + ", which cannot be run: "
              + Programs.reason(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while " + program + " was asked", e);
    }
  }

  /** Looked for on the path of the given environment, not of this program. */
  private String found(String program) {
    List<String> folders = new ArrayList<>();
    String path = environment.get("PATH");
    if (path != null) {
      folders.addAll(List.of(path.split(":", -1)));
    }
    for (String folder : folders) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    return program;
  }

  private static @Nullable Login login(String printed, String program) {
    Object plain = PlainText.readJson(printed, program);
    if (plain instanceof Map<?, ?> map
        && map.get("Username") instanceof String user
        && map.get("Secret") instanceof String secret
        && !secret.isEmpty()) {
      return new Login(user, secret);
    }
    return null;
  }
}
