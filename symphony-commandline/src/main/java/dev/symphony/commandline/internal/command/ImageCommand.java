package dev.symphony.commandline.internal.command;

import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.SymphonyConfig;
import dev.symphony.engine.UsageException;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageMaker;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** {@code image build|push}: an image of the class path without a launch. */
public final class ImageCommand {
  private static final String NOWHERE = "localhost";

  private ImageCommand() {}

  /** Declares the arguments. */
  public static void addArguments(Subparser command) {
    command
        .addArgument("what")
        .choices("build", "push")
        .help("build: find out its digest, or write it to a file; push: send it to a registry");
    command
        .addArgument("--tar")
        .metavar("FILE")
        .help("with build: write it to this file, which 'docker load' takes");
    command
        .addArgument("--platform")
        .metavar("OS/ARCH[,…]")
        .help("what it is to run on; by default linux on a processor like this one");
    LaunchCommand.addImageArguments(command);
  }

  /**
   * Builds or pushes, and prints how the image is named.
   *
   * @param additions what it has beside the class path; null for what the configuration says
   */
  public static int run(Invocation in, Namespace args, @Nullable ImageAdditions additions) {
    boolean push = "push".equals(args.getString("what"));
    String tar = args.getString("tar");
    if (push && tar != null) {
      throw new UsageException("--tar goes with build; push sends to a registry");
    }
    Map<String, Object> options = new HashMap<>(SymphonyConfig.get().options("kube"));
    options.putAll(LaunchCommand.clusterOptions(args));
    String registry = text(options.get("registry"));
    if (push && registry == null) {
      throw new UsageException("give --registry REG, or the option registry of kube");
    }
    ImageRequest request =
        new ImageRequest(
            registry == null ? NOWHERE : registry,
            text(options.get("baseImage")),
            Boolean.TRUE.equals(options.get("insecureRegistry")),
            platforms(args.getString("platform"), options.get("platforms")),
            additions != null ? additions : additions(options.get("imageAdditions")));
    Notes notes = new Notes(in.terminal());
    PreparedImage image = ImageMaker.find().prepare(request, ClusterContext.system());
    if (push) {
      image.push(notes);
    } else if (tar != null) {
      image.writeTar(Path.of(tar).toAbsolutePath(), notes);
    }
    in.terminal().out().println(image.reference());
    return 0;
  }

  private static ImageAdditions additions(@Nullable Object configured) {
    return configured == null ? ImageAdditions.none() : ImageAdditions.of(configured);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static List<String> platforms(@Nullable String given, @Nullable Object configured) {
    List<String> platforms = new ArrayList<>();
    if (given == null && configured instanceof List<?> many) {
      many.forEach(name -> platforms.add(String.valueOf(name)));
    } else {
      String names = given != null ? given : text(configured);
      for (String name : (names != null ? names : here()).split(",", -1)) {
        platforms.add(name.strip());
      }
    }
    return platforms;
  }

  private static String here() {
    String architecture = System.getProperty("os.arch", "");
    return "linux/" + (architecture.equals("aarch64") ? "arm64" : "amd64");
  }
}
