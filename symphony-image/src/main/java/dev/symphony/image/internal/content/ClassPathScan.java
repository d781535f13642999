package dev.symphony.image.internal.content;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.image.internal.store.Store;
import dev.symphony.spi.ClusterContext;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sorts the jars and folders of a class path, and files beside it, into layers.
 *
 * <p>Jars go to {@code /app/libs}, classes of folders to {@code /app/classes}, their other files to
 * {@code /app/resources}; a second folder has {@code /app/classes-2}, so that nothing hides
 * anything that the class path does not hide.
 */
public final class ClassPathScan {
  private static final Pattern SNAPSHOT =
      Pattern.compile(".*(snapshot|-\\d{8}\\.\\d{6}-\\d+).*", Pattern.DOTALL);
  private static final String LIBS = "/app/libs/";

  /** Smaller ones are read as fast as looked up, and would push out what is remembered of jars. */
  private static final long WORTH_REMEMBERING = 1_000_000;

  private final Path except;
  private final KnownHashes hashes;
  private final Map<String, LayerFile> all = new TreeMap<>();
  private final List<LayerFile> dependencies = new ArrayList<>();
  private final List<LayerFile> snapshots = new ArrayList<>();
  private final List<LayerFile> files = new ArrayList<>();
  private final List<LayerFile> program = new ArrayList<>();
  private final List<LayerFile> resources = new ArrayList<>();
  private final List<LayerFile> classes = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private int folders;

  /**
   * Nothing yet.
   *
   * @param context whose state directory is left out, and keeps digests of jars
   */
  public ClassPathScan(ClusterContext context) {
    this.except = context.stateDirectory();
    this.hashes = new KnownHashes(new Store(except), context.clock());
  }

  /**
   * Adds an element of the class path.
   *
   * @param element a jar or folder that exists
   * @throws SymphonyException for what cannot be read
   */
  public void add(Path element) {
    try {
      if (classPath.isEmpty()) {
        labels.putAll(Labels.of(element));
      }
      if (Files.isDirectory(element)) {
        addFolder(element);
      } else {
        addJar(element);
      }
    } catch (IOException e) {
      throw new SymphonyException(
          "cannot read " + element + " of the class path for an image: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a file, or all files of a folder.
   *
   * @param from where it is here
   * @param to where it is in the image, as {@link ImageAdditions.File} has it
   * @throws UsageException where it does not exist
   * @throws SymphonyException for what cannot be read
   */
  public void add(Path from, String to) {
    if (!Files.exists(from)) {
      throw new UsageException(
          "there is no " + from + ", which is to be " + to + " in the image of the class path");
    }
    String place = to.endsWith("/") ? to.substring(0, to.length() - 1) : to;
    try {
      if (Files.isDirectory(from)) {
        walk(from, (path, file) -> addFile(file, place + path));
      } else {
        addFile(from, to.endsWith("/") ? to + from.getFileName() : to);
      }
    } catch (IOException e) {
      throw new SymphonyException("cannot read " + from + " for an image: " + e.getMessage(), e);
    }
  }

  private void addFile(Path source, String path) throws IOException {
    long size = Files.size(source);
    String hash = size < WORTH_REMEMBERING ? Sha256.of(source) : hashes.of(source);
    add(files, new LayerFile(path, source, size, hash, isExecutable(source)));
  }

  /** As its owner may; not whether this user may. */
  private static boolean isExecutable(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private void addJar(Path jar) throws IOException {
    String name = String.valueOf(jar.getFileName());
    String hash = hashes.of(jar);
    LayerFile known = all.get(LIBS + name);
    if (known != null && !known.hash().equals(hash)) {
      name = unique(name, hash);
      known = all.get(LIBS + name);
    }
    if (known != null) {
      return;
    }
    LayerFile file = new LayerFile(LIBS + name, jar, Files.size(jar), hash, false);
    add(classPath.isEmpty() ? program : isSnapshot(name) ? snapshots : dependencies, file);
    classPath.add(file.path());
  }

  /** Two jars of one name are told apart by their content, not by the order or place of either. */
  private static String unique(String name, String hash) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem + "-" + hash.substring(0, 12) + (dot < 0 ? "" : name.substring(dot));
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
    walk(
        folder,
        (path, file) -> {
          boolean isClass = path.endsWith(".class");
          String inImage = (isClass ? ofClasses : ofResources) + path;
          add(
              isClass ? classes : resources,
              new LayerFile(inImage, file, Files.size(file), Sha256.of(file), false));
        });
    if (resources.size() > resourcesBefore) {
      classPath.add(ofResources);
    }
    if (classes.size() > classesBefore) {
      classPath.add(ofClasses);
    }
  }

  private interface Found {
    /** A file, and its path below the folder, which begins with a slash. */
    void accept(String path, Path file) throws IOException;
  }

  private void walk(Path folder, Found found) throws IOException {
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
              found.accept("/" + folder.relativize(file).toString().replace('\\', '/'), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(List<LayerFile> layer, LayerFile file) {
    LayerFile other = all.put(file.path(), file);
    if (other != null) {
      throw new UsageException(
          "both "
              + other.source()
              + " and "
              + file.source()
              + " are to be "
              + file.path()
              + " in the image of the class path");
    }
    layer.add(file);
  }

  /**
   * All that was added, in layers.
   *
   * @param additions whose files were added
   * @throws UsageException where a file is to be where another one needs a folder
   */
  public ImageContent content(ImageAdditions additions) {
    hashes.keep();
    for (LayerFile file : files) {
      requireFolders(file);
    }
    List<Layer> layers = new ArrayList<>();
    add(layers, "dependencies", dependencies);
    add(layers, "snapshot dependencies", snapshots);
    add(layers, "files", files);
    add(layers, "program", program);
    add(layers, "resources", resources);
    add(layers, "classes", classes);
    labels.putAll(additions.labels());
    return new ImageContent(layers, String.join(":", classPath), labels, additions);
  }

  private void requireFolders(LayerFile file) {
    String path = file.path();
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      LayerFile other = all.get(path.substring(0, end));
      if (other != null) {
        throw new UsageException(
            other.path()
                + " cannot be both the file "
                + other.source()
                + " and the folder of "
                + file.source()
                + " in the image of the class path");
      }
    }
  }

  private static void add(List<Layer> layers, String name, List<LayerFile> files) {
    if (!files.isEmpty()) {
      files.sort(Comparator.comparing(LayerFile::path));
      layers.add(new Layer(name, files));
    }
  }
}
