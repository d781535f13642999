package dev.symphony.commandline.internal.command;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of signals, by {@code sun.misc.Signal} of the module jdk.unsupported, the one way there
 * is: a shutdown hook hears of one signal only, and when it is too late.
 *
 * <p>By name, because javac warns of every mention of that class and of nothing else so that it
 * cannot be told not to. The handler is what javac would make of a lambda; a {@code Proxy} would
 * cost a cold virtual machine five times as much. A Java without that module has no handlers.
 */
final class Signals {
  private Signals() {}

  /** A handler that tells of every signal; null where there are none. */
  static @Nullable Object handler(Interrupts target) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle tell =
          lookup.findStatic(
              Signals.class,
              "tell",
              MethodType.methodType(void.class, Interrupts.class, Object.class));
      MethodType handle = MethodType.methodType(void.class, signal);
      return LambdaMetafactory.metafactory(
              lookup,
              "handle",
              MethodType.methodType(handler, Interrupts.class),
              handle,
              tell,
              handle)
          .getTarget()
          .invoke(target);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot make a handler of signals", e);
    }
  }

  /** What the handler calls. */
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
  private static void tell(Interrupts target, Object signal) {
    target.signalled();
  }

  /**
   * Gives a signal a handler.
   *
   * @param handler null to change nothing
   * @return the handler it had; null where nothing was changed
   */
  static @Nullable Object handle(String name, @Nullable Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      return signal.getMethod("handle", signal, type).invoke(null, wanted, handler);
    } catch (ReflectiveOperationException e) {
      // The virtual machine keeps this signal to itself (-Xrs): then it has no other handler.
      return null;
    }
  }
}
