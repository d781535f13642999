package dev.symphony.kube.internal.remote;

import dev.symphony.engine.SymphonyException;
import dev.symphony.spi.Programs;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This program's terminal, which hands every key on as it is, Ctrl-C too, until closed; however the
 * program ends, the terminal is what it was.
 */
final class RawTerminal implements AutoCloseable {
  private static final File TTY = new File("/dev/tty");

  private final String before;
  private final Thread atExit = new Thread(this::restore);
  private @Nullable Object formerHandler;

  RawTerminal() {
    before = stty("-g").strip();
    Runtime.getRuntime().addShutdownHook(atExit);
    stty("raw", "-echo");
  }

  /** Tells of every change of its size, from a thread of the virtual machine. */
  void onResize(Runnable changed) {
    formerHandler = handle(changed);
  }

  /** Columns and lines; null where they cannot be told. */
  int @Nullable [] size() {
    String[] parts = stty("size").strip().split(" ", -1);
    try {
      int lines = Integer.parseInt(parts[0]);
      int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
      return lines > 0 && columns > 0 ? new int[] {columns, lines} : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public void close() {
    if (formerHandler != null) {
      signal("WINCH", formerHandler);
    }
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The program is ending, and the hook does the same again.
    }
  }

  private void restore() {
    stty(before);
  }

  private static String stty(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("stty"));
    argv.addAll(List.of(arguments));
    try {
      Process stty =
          new ProcessBuilder(argv)
              .redirectInput(TTY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new SymphonyException("cannot set the terminal by stty: " + Programs.reason(e), e);
    }
  }

  /** By name, because javac warns of every mention of that class and cannot be told not to. */
  private static @Nullable Object handle(Runnable changed) {
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            switch (method.getName()) {
              case "handle" -> changed.run();
              case "hashCode" -> {
                return System.identityHashCode(proxy);
              }
              case "equals" -> {
                return arguments != null && proxy == arguments[0];
              }
              default -> {
                // Nothing else is asked of a handler.
              }
            }
            return null;
          };
      return signal(
          "WINCH", Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static @Nullable Object signal(String name, Object handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      return signal.getMethod("handle", signal, type).invoke(null, wanted, handler);
    } catch (ReflectiveOperationException e) {
      return null; // The virtual machine keeps this signal to itself.
    }
  }
}
