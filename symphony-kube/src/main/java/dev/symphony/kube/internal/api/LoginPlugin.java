package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A program that a kubeconfig names to log its user in, as {@code client.authentication.k8s.io}
 * defines; asked once, and again when what it gave has expired or is rejected.
 */
final class LoginPlugin implements Login {
  private static final String GROUP = "client.authentication.k8s.io/";

  private final Kubeconfig.Entry user;
  private final Map<String, Object> settings;
  private final @Nullable Map<String, Object> cluster;
  private final Map<String, String> environment;
  private final Pass base;
  private final String version;
  private @Nullable Pass given;
  private @Nullable Instant expires;

  /**
   * The plugin of a user.
   *
   * @param cluster what the plugin is told of the cluster, where it wants to know
   * @param base what else each request carries
   */
  LoginPlugin(
      Kubeconfig.Entry user,
      Map<String, Object> cluster,
      Map<String, String> environment,
      Pass base) {
    this.user = user;
    this.settings = Tree.map(user.fields(), "exec");
    this.cluster = isTrue("provideClusterInfo") ? cluster : null;
    this.environment = environment;
    this.base = base;
    String api = Tree.text(settings, "apiVersion");
    this.version = api == null ? "" : api;
    if (!version.equals(GROUP + "v1") && !version.equals(GROUP + "v1beta1")) {
      throw new SymphonyException(
          "user '"
              + user.name()
              + "' of the kubeconfig logs in by a program that speaks '"
              + version
              + "'; "
              + GROUP
              + "v1 and v1beta1 are understood: update it");
    }
    if (Tree.text(settings, "command") == null) {
      throw new SymphonyException(
          "user '" + user.name() + "' of the kubeconfig has an exec section without a command");
    }
  }

  @Override
  public synchronized Pass pass() {
    Pass pass = given;
    if (pass == null || expires != null && !Instant.now().isBefore(expires)) {
      pass = ask();
      given = pass;
    }
    return pass;
  }

  @Override
  public synchronized boolean renew(Pass rejected) {
    if (rejected.equals(given)) {
      given = ask();
    }
    return true;
  }

  @Override
  public String describe() {
    return "what " + command() + " gave for user '" + user.name() + "'";
  }

  @Override
  public String remedy() {
    return "log in anew with the tools of your cluster's provider";
  }

  private String command() {
    String command = Tree.text(settings, "command");
    return command == null ? "" : command;
  }

  private Pass ask() {
    boolean interactive = interactive();
    List<String> argv = new ArrayList<>();
    argv.add(program());
    for (Object argument : Tree.list(settings, "args")) {
      argv.add(String.valueOf(argument));
    }
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().clear();
    builder.environment().putAll(environment);
    for (Object pair : Tree.list(settings, "env")) {
      String name = Tree.text(pair, "name");
      String value = Tree.text(pair, "value");
      if (name != null && value != null) {
        builder.environment().put(name, value);
      }
    }
    builder.environment().put("KUBERNETES_EXEC_INFO", info(interactive));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.redirectInput(
        interactive
            ? ProcessBuilder.Redirect.INHERIT
            : ProcessBuilder.Redirect.from(new File("/dev/null")));
    return read(run(builder));
  }

  private String program() {
    String command = command();
    return command.indexOf('/') >= 0 ? user.folder().resolve(command).toString() : command;
  }

  private boolean interactive() {
    String mode = Tree.text(settings, "interactiveMode");
    boolean terminal = Terminals.isTerminal(0);
    if ("Always".equals(mode) && !terminal) {
      throw new SymphonyException(
          "user '"
              + user.name()
              + "' of the kubeconfig logs in by "
              + command()
              + ", which needs a terminal; here is none");
    }
    return terminal && !"Never".equals(mode);
  }

  private String info(boolean interactive) {
    Map<String, Object> spec = Tree.of("interactive", interactive, "cluster", cluster);
    return new String(
        Json.bytes(Tree.of("apiVersion", version, "kind", "ExecCredential", "spec", spec)),
        StandardCharsets.UTF_8);
  }

  private byte[] run(ProcessBuilder builder) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw missing(e);
    }
    try {
      byte[] answer = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new SymphonyException(
            "cannot log in as user '"
                + user.name()
                + "' of the kubeconfig: "
                + command()
                + " ended with exit code "
                + code);
      }
      return answer;
    } catch (IOException e) {
      throw new SymphonyException("cannot read what " + command() + " says: " + e, e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new SymphonyException("interrupted while " + command() + " logs in", e);
    }
  }

  private SymphonyException missing(IOException e) {
    String hint = Tree.text(settings, "installHint");
    boolean there = command().indexOf('/') >= 0 && Files.exists(Path.of(program()));
    return new SymphonyException(
        "user '"
            + user.name()
            + "' of the kubeconfig logs in by the program "
            + command()
            + ", which "
            + (there ? "cannot be run" : "is not there")
            + (hint == null ? "; install it" : ": " + hint.strip().replaceAll("\\s+", " ")),
        e);
  }

  private Pass read(byte[] answer) {
    Map<String, Object> credential;
    try {
      credential = Json.object(answer);
    } catch (JacksonException e) {
      throw unusable("is no JSON", e);
    }
    String api = Tree.text(credential, "apiVersion");
    if (!version.equals(api)) {
      throw unusable("speaks " + api + " where the kubeconfig says " + version, null);
    }
    String token = Tree.text(credential, "status", "token");
    String chain = Tree.text(credential, "status", "clientCertificateData");
    String key = Tree.text(credential, "status", "clientKeyData");
    if (token == null && (chain == null || key == null)) {
      throw unusable("holds neither a token nor a certificate with its key", null);
    }
    expires = instant(Tree.text(credential, "status", "expirationTimestamp"));
    ClientCertificate certificate = certificate(chain, key);
    return token == null
        ? new Pass(base.headers(), certificate)
        : base.with("Authorization: Bearer " + token, certificate);
  }

  private @Nullable ClientCertificate certificate(@Nullable String chain, @Nullable String key) {
    if (chain == null || key == null) {
      return base.certificate();
    }
    String source = "what " + command() + " says";
    return ClientCertificate.of(
        chain.getBytes(StandardCharsets.US_ASCII),
        source,
        key.getBytes(StandardCharsets.US_ASCII),
        source);
  }

  private @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw unusable("has '" + text + "' for a time", e);
    }
  }

  private SymphonyException unusable(String why, @Nullable Throwable cause) {
    return new SymphonyException(
        "cannot log in as user '"
            + user.name()
            + "' of the kubeconfig: what "
            + command()
            + " prints "
            + why,
        cause);
  }

  private boolean isTrue(String field) {
    return "true".equals(Tree.text(settings, field));
  }
}
