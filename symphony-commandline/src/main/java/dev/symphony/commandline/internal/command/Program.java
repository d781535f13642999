package dev.symphony.commandline.internal.command;

import java.io.File;
import java.util.List;
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
   * How a program with this class path is called.
   *
   * @param classPath the class path that the program was started with; a single file where it was
   *     started with {@code java -jar FILE}, or by itself
   * @param executable the path by which a file was run that starts itself; null for others
   * @param searched the folders where a shell looks for commands
   * @return null where it was started in another way
   */
  public static @Nullable Program of(
      String classPath, @Nullable String executable, @Nullable String searched) {
    boolean oneFile = !classPath.isEmpty() && !classPath.contains(File.pathSeparator);
    File file = new File(classPath);
    if (!oneFile || !file.isFile()) {
      return null;
    }
    String base = file.getName();
    String name = base.endsWith(".jar") ? base.substring(0, base.length() - 4) : base;
    if (executable == null) {
      return new Program(
          name,
          "java -jar " + Shell.quote(classPath),
          "java -jar " + Shell.quote(file.getAbsolutePath()));
    }
    File run = new File(executable);
    String folder = run.getParent();
    boolean found =
        folder != null
            && searched != null
            && List.of(searched.split(File.pathSeparator)).contains(folder);
    String command = Shell.quote(run.getName());
    return found
        ? new Program(run.getName(), command, command)
        : new Program(run.getName(), Shell.quote(executable), Shell.quote(run.getAbsolutePath()));
  }
}
