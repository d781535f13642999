package dev.symphony.engine.internal.run;

import dev.symphony.engine.AlreadyExistsException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Claims the name of an experiment, apart from those who only look at some. */
final class Claim {
  private static final int ATTEMPTS = 5;

  private Claim() {}

  /**
   * Gives a prepared directory its name, which claims it: of several launches one succeeds.
   *
   * @throws AlreadyExistsException where the name is taken
   */
  static void take(Path prepared, Path target) {
    String experiment = String.valueOf(target.getFileName());
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        throw taken(experiment);
      } catch (FileSystemException e) {
        if (Files.exists(target)) {
          throw taken(experiment);
        }
        // Who had the name may just have given it back, as after a launch that failed.
        if (attempt == ATTEMPTS) {
          throw RunDirectory.failure("create", target, e);
        }
      } catch (IOException e) {
        throw RunDirectory.failure("create", target, e);
      }
    }
  }

  private static AlreadyExistsException taken(String experiment) {
    return new AlreadyExistsException(
        "experiment "
            + experiment
            + " exists already; delete it first, choose another name, or replace it with --force");
  }
}
