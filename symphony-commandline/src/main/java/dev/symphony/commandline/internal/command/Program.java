package dev.symphony.commandline.internal.command;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * How the running program is called.
 *
 * @param name in usage, such as {@code myproject}
 * @param commandLine what starts it again from the same directory, such as {@code java -jar
 *     target/myproject.jar}, ready for a shell
 * @param anywhere the same from any directory
 */
public record Program(String name, String commandLine, String anywhere) {
  /**
   * How a program with this class path and main class is called.
   *
   * @param classPath the class path that the program was started with; a single file where it was
   *     started with {@code java -jar FILE}, or by itself
   * @return null where it was started in another way
   */
  public static @Nullable Program of(String classPath, String separator) {
    boolean oneFile = !classPath.isEmpty() && !classPath.contains(separator);
    File file = new File(classPath);
    if (!oneFile || !file.isFile()) {
      return null;
    }
    String base = file.getName();
    if (base.endsWith(".jar")) {
      return new Program(
          base.substring(0, base.length() - 4),
          "java -jar " + Shell.quote(classPath),
          "java -jar " + Shell.quote(file.getAbsolutePath()));
    }
    return new Program(base, base, Shell.quote(file.getAbsolutePath()));
  }
}
