package dev.symphony.kube;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ExperimentStatus;
import dev.symphony.engine.FileLocation;
import dev.symphony.engine.Forward;
import dev.symphony.engine.ImageAdditions;
import dev.symphony.engine.LaunchPlan;
import dev.symphony.engine.LogOptions;
import dev.symphony.engine.LogStream;
import dev.symphony.engine.ProcessDescription;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.SymphonyException;
import dev.symphony.engine.UsageException;
import dev.symphony.kube.internal.api.KubeAccess;
import dev.symphony.kube.internal.api.KubeApi;
import dev.symphony.kube.internal.api.KubeconfigEdit;
import dev.symphony.kube.internal.api.KubeconfigFiles;
import dev.symphony.kube.internal.life.ClassPathImage;
import dev.symphony.kube.internal.life.Launcher;
import dev.symphony.kube.internal.life.NodePlatforms;
import dev.symphony.kube.internal.life.Remover;
import dev.symphony.kube.internal.life.Stopper;
import dev.symphony.kube.internal.log.KubeLogs;
import dev.symphony.kube.internal.plan.PlannedExperiment;
import dev.symphony.kube.internal.plan.Planner;
import dev.symphony.kube.internal.plan.Settings;
import dev.symphony.kube.internal.remote.PodForward;
import dev.symphony.kube.internal.remote.PodShell;
import dev.symphony.kube.internal.spec.Rules;
import dev.symphony.kube.internal.state.Observer;
import dev.symphony.kube.internal.state.Place;
import dev.symphony.kube.internal.state.Places;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.ImageNames;
import dev.symphony.spi.ImageRequest;
import dev.symphony.spi.PreparedImage;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs experiments on a Kubernetes cluster: a namespace for each experiment, a pod for each process
 * or process group.
 *
 * <pre>{@code
 * KubeCluster cluster = KubeCluster.builder().context("lab").build();
 * KubeExperimentSpec experiment = cluster.newExperiment("hello");
 * experiment.newProcess("greeter").image("busybox:1").command("echo", "hello");
 * cluster.launch(experiment);
 * }</pre>
 */
public final class KubeCluster extends Cluster {
  /** The backend's name. */
  public static final String BACKEND = "kube";

  /** Who follows a log waits for a server that is away until Ctrl-C. */
  private static final Duration FOLLOWING = Duration.ofDays(365);

  private final Builder options;
  private @Nullable KubeAccess access;
  private @Nullable KubeApi api;
  private @Nullable KubeApi following;

  private KubeCluster(ClusterContext context, Builder options) {
    super(context);
    this.options = options;
  }

  /** A cluster of this program's surroundings: the current context of its kubeconfig. */
  public static KubeCluster create() {
    return builder().build();
  }

  /** The settings of a cluster. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  /** Names the server, the context and the shared namespace: experiments elsewhere are others. */
  @Override
  protected String identity() {
    KubeAccess where = access();
    String text = where.server() + ' ' + where.context() + ' ' + options.namespace;
    return "kube-" + UUID.nameUUIDFromBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public KubeExperimentSpec newExperiment(String name) {
    return new KubeExperimentSpec(prefixUsername(name));
  }

  @Override
  public KubePlan plan(ExperimentSpec experiment) {
    String identity = identity();
    ClassPathImage image = classPathImage();
    PlannedExperiment planned =
        new Planner(options.settings(identity), context(), image).plan(experiment);
    return new KubePlan(identity, planned, image.made());
  }

  private ClassPathImage classPathImage() {
    List<String> named = options.platforms;
    return new ClassPathImage(
        options.registry,
        options.baseImage,
        options.insecureRegistry,
        named.isEmpty() ? new NodePlatforms(this::api, this::tell) : () -> named,
        options.imageAdditions,
        context());
  }

  // ---- for the engine

  @Override
  protected boolean owns(LaunchPlan plan) {
    return plan instanceof KubePlan own && own.cluster().equals(identity());
  }

  @Override
  protected boolean listsOthers() {
    return true;
  }

  @Override
  protected boolean runsContainers() {
    return true;
  }

  /** Kubernetes tells when a container ended in whole seconds. */
  @Override
  protected Duration grain() {
    return Duration.ofSeconds(1);
  }

  @Override
  protected List<String> names() {
    List<String> names = new ArrayList<>();
    for (Place place : places().list()) {
      names.add(place.experiment());
    }
    return names;
  }

  @Override
  protected @Nullable ExperimentStatus observe(String experiment) {
    return observer().observe(experiment);
  }

  @Override
  protected @Nullable ExperimentStatus observe(String experiment, Duration patience) {
    return observer(api().withPatience(patience, this::tell)).observe(experiment);
  }

  /** Sends the image of the class path, as far as the registry does not have it. */
  @Override
  protected void provide(LaunchPlan plan) {
    PreparedImage image = ((KubePlan) plan).image();
    if (image != null) {
      image.push(progress());
    }
  }

  @Override
  protected void create(LaunchPlan plan) {
    new Launcher(api(), context().clock(), this::tell).launch(((KubePlan) plan).planned());
  }

  @Override
  protected List<String> validateNow(LaunchPlan plan) {
    return new Launcher(api(), context().clock(), this::tell).validate(((KubePlan) plan).planned());
  }

  @Override
  protected List<ProcessName> stopNow(
      String experiment, List<ProcessName> processes, boolean withoutGrace) {
    return stopper().stop(places().require(experiment), processes, user(), withoutGrace);
  }

  @Override
  protected List<ProcessName> startAgain(String experiment, List<ProcessName> processes) {
    return stopper().start(places().require(experiment), processes);
  }

  @Override
  protected void remove(String experiment, boolean forgetOnly) {
    new Remover(api(), this::tell).remove(places().require(experiment), forgetOnly);
  }

  @Override
  protected LogStream openLog(String experiment, ProcessName process, LogOptions log) {
    KubeApi asked = log.follow() ? followingApi() : api();
    return new KubeLogs(asked, observer(asked), context().clock())
        .open(places().require(experiment), process, log);
  }

  @Override
  protected @Nullable Path logPath(String experiment, ProcessName process) {
    return null;
  }

  @Override
  protected int execute(
      String experiment,
      ProcessName process,
      List<String> command,
      @Nullable InputStream in,
      @Nullable OutputStream out,
      @Nullable OutputStream err) {
    return shell().run(places().require(experiment), process, command, in, out, err);
  }

  @Override
  protected int executeOnTerminal(
      String experiment, ProcessName process, List<String> command, @Nullable InputStream in) {
    return shell().runOnTerminal(places().require(experiment), process, command, in);
  }

  @Override
  protected int shellInto(String experiment, ProcessName process) {
    return shell().login(places().require(experiment), process);
  }

  @Override
  protected void copy(String experiment, FileLocation from, FileLocation to) {
    shell().copy(places().require(experiment), from, to);
  }

  @Override
  protected List<ServiceAddress> addresses(String experiment) {
    return observer().addresses(experiment);
  }

  @Override
  protected Forward openForward(String experiment, ServiceAddress service, int localPort) {
    return PodForward.open(
        api(), observer(), places().require(experiment), service, localPort, this::tell);
  }

  /** Makes an experiment's namespace that of the kubeconfig's context. */
  @Override
  protected void setDefaultPlace(String experiment) {
    String context = access().context();
    if (context == null) {
      throw new UsageException(
          "this runs inside a cluster and uses no kubeconfig; leave out --set-context");
    }
    String namespace = places().require(experiment).namespace();
    Path file = KubeconfigEdit.setNamespace(kubeconfigs(), context, namespace);
    tell("the namespace of context " + context + " is now " + namespace + " in " + file);
  }

  @Override
  protected ProcessDescription inspect(String experiment, ProcessName process) {
    return observer().inspect(experiment, process);
  }

  @Override
  public synchronized void close() {
    if (api != null) {
      api.close();
      api = null;
      following = null;
    }
  }

  /** Whether there is a kubeconfig, so that asking is worth a try. */
  boolean hasKubeconfig() {
    return KubeconfigFiles.anyExists(kubeconfigs());
  }

  // ---- its parts

  private List<Path> kubeconfigs() {
    return KubeconfigFiles.of(
        options.kubeconfig,
        context().environment(),
        context().home(),
        context().workingDirectory());
  }

  private Places places() {
    return new Places(api(), options.namespace);
  }

  private Observer observer() {
    return observer(api());
  }

  private Observer observer(KubeApi asked) {
    return new Observer(asked, new Places(asked, options.namespace), context().clock());
  }

  /** One for all logs that are followed, so that an outage is told once. */
  private synchronized KubeApi followingApi() {
    KubeApi made = following;
    if (made == null) {
      made = api().withPatience(FOLLOWING, this::tell);
      following = made;
    }
    return made;
  }

  private Stopper stopper() {
    return new Stopper(api(), observer(), context().clock(), this::tell);
  }

  private PodShell shell() {
    return new PodShell(api(), observer(), context().environment(), context().workingDirectory());
  }

  private String user() {
    String name = System.getProperty("user.name", "?");
    String host = context().environment().get("HOSTNAME");
    return host == null || host.isEmpty() ? name : name + "@" + host;
  }

  private synchronized KubeAccess access() {
    KubeAccess read = access;
    if (read == null) {
      read =
          KubeAccess.load(
              options.kubeconfig,
              options.context,
              context().environment(),
              context().home(),
              context().workingDirectory());
      access = read;
    }
    return read;
  }

  private synchronized KubeApi api() {
    KubeApi open = api;
    if (open == null) {
      open = access().open(this::tell);
      api = open;
    }
    return open;
  }

  /** The settings of a cluster, each with a default. */
  public static final class Builder {
    private @Nullable String context;
    private @Nullable Path kubeconfig;
    private @Nullable String namespace;
    private boolean forwardExposed;
    private @Nullable String image;
    private @Nullable String registry;
    private @Nullable String baseImage;
    private boolean insecureRegistry;
    private List<String> platforms = List.of();
    private ImageAdditions imageAdditions = ImageAdditions.none();
    private String classPath = "/app/resources:/app/classes:/app/libs/*";
    private Map<String, String> serviceAnnotations = Map.of();
    private List<String> sourceRanges = List.of();

    private Builder() {}

    /** A context of the kubeconfig; by default its current one. */
    public Builder context(String name) {
      context = name;
      return this;
    }

    /**
     * The kubeconfig; by default what {@code $KUBECONFIG} names, else {@code ~/.kube/config}. A
     * leading {@code ~} is the home folder.
     */
    public Builder kubeconfig(Path file) {
      kubeconfig = file;
      return this;
    }

    /**
     * Puts every experiment into this namespace, which must exist, for users who may not make any.
     *
     * @throws UsageException for what is no DNS label
     */
    public Builder namespace(String name) {
      require(() -> Rules.dnsLabel("namespace", name));
      namespace = name;
      return this;
    }

    /**
     * Whether exposed services get no address from outside, so that {@code visit} forwards to them.
     */
    public Builder exposeByForward(boolean value) {
      forwardExposed = value;
      return this;
    }

    /** The image of processes that name none. */
    public Builder image(String reference) {
      image = reference;
      return this;
    }

    /**
     * Where an image of this program's class path goes, for {@code main(…)} processes that name no
     * image: a registry and a path in it, such as {@code ghcr.io/me}. The artifact {@code
     * dev.symphony:symphony-image} makes it.
     *
     * @throws UsageException for what is none
     */
    public Builder registry(String place) {
      ImageNames.checkPlace("registry", place);
      registry = place;
      return this;
    }

    /**
     * What that image stands on; by default a public image of this Java's release.
     *
     * @throws UsageException for what is no image reference
     */
    public Builder baseImage(String reference) {
      ImageNames.check("base image", reference);
      baseImage = reference;
      return this;
    }

    /**
     * Whether that image may go over plain HTTP, or to a registry whose certificate nobody vouches
     * for; on this machine's loopback it may always.
     */
    public Builder insecureRegistry(boolean value) {
      insecureRegistry = value;
      return this;
    }

    /**
     * What that image is to run on, such as {@code linux/arm64}; by default what the cluster's
     * nodes are.
     *
     * @throws UsageException for what is no platform
     */
    public Builder platforms(List<String> names) {
      names.forEach(ImageRequest::checkPlatform);
      platforms = List.copyOf(names);
      return this;
    }

    /** What that image has beside the class path: files, environment, ports, labels. */
    public Builder imageAdditions(ImageAdditions additions) {
      imageAdditions = additions;
      return this;
    }

    /** The class path of {@code main(…)} within the image. */
    public Builder classPath(String path) {
      classPath = path;
      return this;
    }

    /**
     * Annotations of services with an address from outside, for the cloud's load balancer.
     *
     * @throws UsageException for a name that Kubernetes would not take
     */
    public Builder serviceAnnotations(Map<String, String> annotations) {
      for (String key : annotations.keySet()) {
        require(() -> Rules.qualifiedName("service annotation", key));
      }
      serviceAnnotations = new LinkedHashMap<>(annotations);
      return this;
    }

    /**
     * Who may reach services with an address from outside; by default everybody.
     *
     * @param ranges as CIDR, such as {@code 10.0.0.0/8}
     * @throws UsageException for what is no range
     */
    public Builder sourceRanges(List<String> ranges) {
      for (String range : ranges) {
        require(() -> Rules.addressRange(range));
      }
      sourceRanges = List.copyOf(ranges);
      return this;
    }

    private static void require(Runnable check) {
      try {
        check.run();
      } catch (SymphonyException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }

    /** A cluster of this program's surroundings. */
    public KubeCluster build() {
      return build(ClusterContext.system());
    }

    /** A cluster of given surroundings. */
    public KubeCluster build(ClusterContext surroundings) {
      Builder copy = new Builder();
      copy.context = context;
      copy.kubeconfig = kubeconfig == null ? null : inHome(kubeconfig, surroundings.home());
      copy.namespace = namespace;
      copy.forwardExposed = forwardExposed;
      copy.image = image;
      copy.registry = registry;
      copy.baseImage = baseImage;
      copy.insecureRegistry = insecureRegistry;
      copy.platforms = platforms;
      copy.imageAdditions = imageAdditions;
      copy.classPath = classPath;
      copy.serviceAnnotations = serviceAnnotations;
      copy.sourceRanges = sourceRanges;
      return new KubeCluster(surroundings, copy);
    }

    private static Path inHome(Path file, Path home) {
      return file.startsWith("~") ? home.resolve(Path.of("~").relativize(file)) : file;
    }

    private Settings settings(String identity) {
      return new Settings(
          identity, namespace, forwardExposed, image, classPath, serviceAnnotations, sourceRanges);
    }
  }
}
