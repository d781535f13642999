package dev.symphony.engine.internal.run;

import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.internal.host.HostIdentity;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * What killed programs left behind beside the experiments: directories that were being prepared or
 * removed and have no experiment's name, or have one and nothing else.
 */
final class Leftovers {
  /** How old one must be that does not say who was at it. */
  private static final long OLD_MILLIS = 3_600_000;

  private final HostRuns runs;

  Leftovers(HostRuns runs) {
    this.runs = runs;
  }

  /** Removes them; those that another program is at stay. Failing does not matter. */
  void sweep() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs.store().folder())) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".") && abandoned(entry)) {
          Trees.remove(entry);
          new KeptClassPath(runs.context().stateDirectory()).release(name.substring(1));
        }
      }
    } catch (IOException | SymphonyException left) {
      return; // another program may be removing it, too; the next launch looks again
    }
  }

  /**
   * Removes an experiment's directory that does not say what ran in it: one without an index, as
   * removing state by hand may leave, or with a damaged one where that is to be forgotten.
   *
   * @return false where there is an experiment that can be read, or nothing at all
   * @throws SymphonyException where the index is damaged and not to be forgotten
   */
  boolean remove(String experiment, boolean damagedToo) {
    RunDirectory directory = runs.store().directory(experiment);
    if (!Files.isDirectory(directory.root())) {
      return false;
    }
    try {
      directory.index();
      return false;
    } catch (SymphonyException damaged) {
      if (!damagedToo) {
        throw damaged;
      }
    } catch (NoSuchFileException | FileNotFoundException none) {
      // Nothing says what ran here, so nothing can be ended.
    } catch (IOException e) {
      throw RunDirectory.failure("read", directory.root(), e);
    }
    Path gone = runs.store().folder().resolve("." + UUID.randomUUID());
    try {
      Files.move(directory.root(), gone, StandardCopyOption.ATOMIC_MOVE);
      Trees.remove(gone);
    } catch (NoSuchFileException e) {
      return true; // another program was faster
    } catch (IOException e) {
      throw RunDirectory.failure("remove", directory.root(), e);
    }
    return true;
  }

  private boolean abandoned(Path entry) throws IOException {
    RunDirectory directory = new RunDirectory(entry);
    try {
      HostIdentity.Relation relation = runs.here().relationTo(directory.index().host());
      if (relation != HostIdentity.Relation.HERE) {
        return relation == HostIdentity.Relation.REBOOTED;
      }
      String[] phase = directory.readPhase();
      if (phase.length > 2) {
        return !runs.table().alive(Integer.parseInt(phase[1]), Long.parseLong(phase[2]));
      }
      return isOld(entry);
    } catch (IOException | SymphonyException | NumberFormatException unfinished) {
      return isOld(entry);
    }
  }

  private static boolean isOld(Path entry) throws IOException {
    return System.currentTimeMillis() - Files.getLastModifiedTime(entry).toMillis() > OLD_MILLIS;
  }
}
