package dev.symphony.kube.internal.api;

import dev.symphony.engine.SymphonyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A token in a file that others renew, as in a pod; read again when it is rejected. */
final class TokenFileLogin implements Login {
  private final Path file;
  private final Pass base;
  private @Nullable Pass read;

  /** With what else each request carries. */
  TokenFileLogin(Path file, Pass base) {
    this.file = file;
    this.base = base;
  }

  @Override
  public synchronized Pass pass() {
    Pass pass = read;
    if (pass == null) {
      pass = readNow();
      read = pass;
    }
    return pass;
  }

  @Override
  public synchronized boolean renew(Pass rejected) {
    Pass now = readNow();
    boolean other = !now.headers().equals(rejected.headers());
    read = now;
    return other;
  }

  private Pass readNow() {
    try {
      return base.with("Authorization: Bearer " + Files.readString(file).strip(), null);
    } catch (IOException e) {
      throw new SymphonyException("cannot read the token file " + file + ": " + e, e);
    }
  }

  @Override
  public String describe() {
    return "the token in " + file;
  }

  @Override
  public String remedy() {
    return "put a fresh one there";
  }
}
