package dev.symphony.commandline;

import dev.symphony.engine.SymphonyException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * The method of a program that carries out a command: {@code actionListProcesses(Namespace)} for
 * {@code list-processes}.
 *
 * <p>Looked up by name and type alone. Listing the methods of a class would load every type in
 * every signature of it, those of lambda bodies too.
 */
final class ActionMethod implements Action {
  private final SymphonyParser target;
  private final @Nullable Method method;
  private final @Nullable MethodHandle handle;

  private ActionMethod(
      SymphonyParser target, @Nullable Method method, @Nullable MethodHandle handle) {
    this.target = target;
    this.method = method;
    this.handle = handle;
  }

  /**
   * Finds the method for a command.
   *
   * @throws SymphonyException with what to write where there is none
   */
  static ActionMethod find(SymphonyParser target, String command) {
    String name = methodName(command);
    Class<?> type = target.getClass();
    Method method = publicMethod(target, name);
    if (method != null) {
      return new ActionMethod(target, method, null);
    }
    String wanted = "protected int " + name + "(Namespace args)";
    MethodHandles.Lookup lookup;
    try {
      lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw closed(type, command, name, e);
    }
    MethodHandle handle = virtual(lookup, name, int.class);
    if (handle == null) {
      handle = virtual(lookup, name, void.class);
    }
    if (handle != null) {
      return new ActionMethod(target, null, handle);
    }
    throw new SymphonyException(
        "command '"
            + command
            + "' has no action: class "
            + type.getName()
            + " needs a method "
            + wanted
            + ", or void; or give one with addSubparser(\""
            + command
            + "\", args -> { … })");
  }

  /** {@code actionListProcesses} for {@code list-processes}. */
  static String methodName(String command) {
    StringBuilder name = new StringBuilder("action");
    boolean upper = true;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (!Character.isJavaIdentifierPart(c) || c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.toString();
  }

  private static @Nullable Method publicMethod(SymphonyParser target, String name) {
    try {
      Method method = target.getClass().getMethod(name, Namespace.class);
      Class<?> result = method.getReturnType();
      boolean fits = result == int.class || result == void.class;
      boolean callable =
          !Modifier.isStatic(method.getModifiers())
              && (method.canAccess(target) || method.trySetAccessible());
      return fits && callable ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static @Nullable MethodHandle virtual(
      MethodHandles.Lookup lookup, String name, Class<?> result) {
    try {
      return lookup.findVirtual(
          lookup.lookupClass(), name, MethodType.methodType(result, Namespace.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  private static SymphonyException closed(
      Class<?> type, String command, String name, IllegalAccessException cause) {
    return new SymphonyException(
        "the action of command '"
            + command
            + "' cannot be reached: write 'opens "
            + type.getPackageName()
            + " to dev.symphony.commandline;' in the module-info of "
            + type.getModule().getName()
            + ", or addSubparser(\""
            + command
            + "\", this::"
            + name
            + ")",
        cause);
  }

  @Override
  public int run(Namespace args) throws Exception {
    Object result;
    if (method != null) {
      try {
        result = method.invoke(target, args);
      } catch (InvocationTargetException e) {
        throw unwrapped(e.getCause());
      }
    } else if (handle != null) {
      try {
        result = handle.invokeWithArguments(target, args);
      } catch (Throwable e) {
        throw unwrapped(e);
      }
    } else {
      throw new IllegalStateException("an action without a method");
    }
    return result instanceof Integer code ? code : 0;
  }

  private static Exception unwrapped(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof Exception exception
        ? exception
        : new IllegalStateException("an action threw nothing known", thrown);
  }
}
