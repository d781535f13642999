package dev.symphony.image.internal.content;

import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.store.Store;
import dev.symphony.spi.ClusterContext;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sorts the jars and folders of a class path into layers.
 *
 * <p>Jars go to {@code /app/libs}, classes of folders to {@code /app/classes}, their other files to
 * {@code /app/resources}; a second folder has {@code /app/classes-2}, so that nothing hides
 * anything that the class path does not hide.
 */
public final class ClassPathScan {
  private static final Pattern SNAPSHOT =
      Pattern.compile(".*(snapshot|-\\d{8}\\.\\d{6}-\\d+).*", Pattern.DOTALL);
  private static final String LIBS = "/app/libs/";

  private final Path except;
  private final KnownHashes hashes;
  private final Map<String, LayerFile> jars = new LinkedHashMap<>();
  private final List<LayerFile> dependencies = new ArrayList<>();
  private final List<LayerFile> snapshots = new ArrayList<>();
  private final List<LayerFile> program = new ArrayList<>();
  private final List<LayerFile> resources = new ArrayList<>();
  private final List<LayerFile> classes = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private int folders;

  private ClassPathScan(Path except, KnownHashes hashes) {
    this.except = except;
    this.hashes = hashes;
  }

  /**
   * Reads them all.
   *
   * @param elements jars and folders that exist
   * @param context whose state directory is left out, and keeps digests of jars
   * @throws SymphonyException for what cannot be read
   */
  public static ImageContent of(List<Path> elements, ClusterContext context) {
    Path state = context.stateDirectory();
    KnownHashes hashes = new KnownHashes(new Store(state), context.clock());
    ClassPathScan scan = new ClassPathScan(state, hashes);
    for (Path element : elements) {
      try {
        if (Files.isDirectory(element)) {
          scan.addFolder(element);
        } else {
          scan.addJar(element);
        }
      } catch (IOException e) {
        throw new SymphonyException(
            "cannot read " + element + " of the class path for an image: " + e.getMessage(), e);
      }
    }
    hashes.keep();
    Map<String, String> labels = elements.isEmpty() ? Map.of() : Labels.of(elements.get(0));
    return new ImageContent(scan.layers(), String.join(":", scan.classPath), labels);
  }

  private void addJar(Path jar) throws IOException {
    String name = String.valueOf(jar.getFileName());
    String hash = hashes.of(jar);
    LayerFile known = jars.get(name);
    if (known != null && known.hash().equals(hash)) {
      return;
    }
    if (known != null) {
      name = unique(name, hash);
    }
    LayerFile file = new LayerFile(LIBS + name, jar, Files.size(jar), hash);
    if (jars.putIfAbsent(name, file) != null) {
      return;
    }
    (isFirst() ? program : isSnapshot(name) ? snapshots : dependencies).add(file);
    classPath.add(file.path());
  }

  /** Two jars of one name are told apart by their content, not by the order or place of either. */
  private static String unique(String name, String hash) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem + "-" + hash.substring(0, 12) + (dot < 0 ? "" : name.substring(dot));
  }

  private boolean isFirst() {
    return classPath.isEmpty();
  }

  private static boolean isSnapshot(String name) {
    return SNAPSHOT.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  private void addFolder(Path folder) throws IOException {
    folders++;
    String number = folders == 1 ? "" : "-" + folders;
    String ofResources = "/app/resources" + number;
    String ofClasses = "/app/classes" + number;
    int resourcesBefore = resources.size();
    int classesBefore = classes.size();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return inner.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              String path = "/" + folder.relativize(file).toString().replace('\\', '/');
              boolean isClass = path.endsWith(".class");
              String inImage = (isClass ? ofClasses : ofResources) + path;
              (isClass ? classes : resources)
                  .add(new LayerFile(inImage, file, attributes.size(), Sha256.of(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (resources.size() > resourcesBefore) {
      classPath.add(ofResources);
    }
    if (classes.size() > classesBefore) {
      classPath.add(ofClasses);
    }
  }

  private List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    add(layers, "dependencies", dependencies);
    add(layers, "snapshot dependencies", snapshots);
    add(layers, "program", program);
    add(layers, "resources", resources);
    add(layers, "classes", classes);
    return layers;
  }

  private static void add(List<Layer> layers, String name, List<LayerFile> files) {
    if (!files.isEmpty()) {
      files.sort(Comparator.comparing(LayerFile::path));
      layers.add(new Layer(name, files));
    }
  }
}
