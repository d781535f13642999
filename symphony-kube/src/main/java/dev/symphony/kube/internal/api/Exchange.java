package dev.symphony.kube.internal.api;

import dev.symphony.kube.internal.api.Failure.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/** Sends requests over connections and hands over the answers, an attempt each. */
final class Exchange {
  /** What is made of an answer. */
  interface Handler<T> {
    /**
     * Reads the answer.
     *
     * @return what is made of it
     */
    T handle(Wire wire, Answer answer) throws IOException;

    /** Whether the answer may be anything but JSON, and the connection stays with what was made. */
    default boolean keepsWire() {
      return false;
    }
  }

  /** What is left of a body that a reader did not want to see, to save the connection. */
  private static final int MOST_SKIPPED = 64 * 1024;

  private final KubeAccess access;
  private final Limits limits;
  private final Consumer<String> told;
  private final AtomicBoolean slow = new AtomicBoolean();
  private final Connections connections;
  private final Problems problems;

  Exchange(KubeAccess access, Limits limits, Consumer<String> told) {
    this.access = access;
    this.limits = limits;
    this.told = told;
    this.connections = new Connections(access.endpoint(), limits);
    this.problems = new Problems(access);
  }

  Connections connections() {
    return connections;
  }

  Problems problems() {
    return problems;
  }

  /** One attempt, but that a login which has run out is renewed once. */
  <T> T attempt(Request request, Patience patience, Handler<T> handler) throws Failure {
    Login.Pass pass = access.login().pass();
    try {
      return send(request, pass, patience, handler);
    } catch (Failure failure) {
      if (failure.told().status() != 401 || !access.login().renew(pass)) {
        throw failure;
      }
      connections.endResting();
      return send(request, access.login().pass(), patience, handler);
    }
  }

  private <T> T send(Request request, Login.Pass pass, Patience patience, Handler<T> handler)
      throws Failure {
    // A connection that has rested may be dead, which shows only after the request is on its way.
    Wire rested = request.repeatable() ? connections.resting() : null;
    if (rested != null) {
      try {
        return over(rested, request, pass, patience, handler);
      } catch (Failure failure) {
        if (failure.kind() != Kind.LOST || rested.in().isTouched()) {
          throw failure;
        }
        connections.endResting();
      }
    }
    return over(connect(pass.certificate(), patience), request, pass, patience, handler);
  }

  private Wire connect(@Nullable ClientCertificate certificate, Patience patience) throws Failure {
    Thread waiting = tellingLater(patience);
    try {
      return connections.fresh(certificate);
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted()
          ? problems.interrupted(e)
          : problems.unreachable(e);
    } finally {
      waiting.interrupt();
    }
  }

  /**
   * Tells of the wait, unless it is interrupted before. A handshake cannot be read in two parts.
   */
  private Thread tellingLater(Patience patience) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(limits.word().toMillis());
                tellWait(patience);
              } catch (InterruptedException e) {
                return; // There is nothing to tell.
              }
            },
            "symphony-kube-connecting");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError full) {
      return thread; // Without room for a thread nothing is told.
    }
    return thread;
  }

  /** Once until the server is quick again; an outage has been told of already. */
  private void tellWait(Patience patience) {
    if (!patience.isDown() && slow.compareAndSet(false, true)) {
      told.accept("waiting for the API server " + access.describe());
    }
  }

  private <T> T over(
      Wire wire, Request request, Login.Pass pass, Patience patience, Handler<T> handler)
      throws Failure {
    boolean kept = false;
    try {
      wire.in().untouch();
      byte[] bytes = request.bytes(access.endpoint(), pass.headers());
      wire.write(bytes, 0, bytes.length);
      awaitAnswer(wire, request, patience);
      Answer answer = Answer.read(wire.in());
      if (!answer.isSuccess() && answer.status() != 101) {
        Failure failure = problems.refused(request, answer, pass);
        kept = giveBack(wire, answer);
        throw failure;
      }
      T value = read(wire, request, answer, handler);
      kept = handler.keepsWire() || giveBack(wire, answer);
      return value;
    } catch (SocketTimeoutException e) {
      throw problems.silent(request, limits, e);
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted()
          ? problems.interrupted(e)
          : problems.lost(request, e);
    } finally {
      if (!kept) {
        connections.end(wire);
      }
    }
  }

  /** Waits for the first byte; where that takes long, somebody at a terminal wonders why. */
  private void awaitAnswer(Wire wire, Request request, Patience patience) throws IOException {
    // A log that is followed may have nothing to say for long.
    if (!request.isStream() && limits.word().compareTo(limits.answer()) < 0) {
      try {
        wire.readWithin(limits.word());
        wire.in().await();
        slow.set(false);
      } catch (SocketTimeoutException e) {
        tellWait(patience);
        wire.readWithin(limits.answer().minus(limits.word()));
        wire.in().await();
      }
    }
    wire.readWithin(limits.answer());
  }

  private <T> T read(Wire wire, Request request, Answer answer, Handler<T> handler)
      throws IOException, Failure {
    String type = answer.type();
    if (!handler.keepsWire() && type != null && !type.startsWith(Request.JSON)) {
      throw problems.noJson(request, answer, answer.content().readNBytes(4096));
    }
    try {
      return handler.handle(wire, answer);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      String start = String.valueOf(e.getOriginalMessage());
      throw problems.noJson(
          request, answer, start.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private boolean giveBack(Wire wire, Answer answer) throws IOException {
    Body body = answer.body();
    if (!body.isFinished()) {
      body.readNBytes(MOST_SKIPPED);
    }
    if (!answer.lasting() || !body.isFinished()) {
      return false;
    }
    wire.readWithin(Duration.ZERO);
    connections.giveBack(wire);
    return true;
  }
}
