package dev.symphony.kube.internal.plan;

import dev.symphony.engine.ExperimentSpec;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessSpec;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.spi.ClusterContext;
import dev.symphony.spi.Masking;
import dev.symphony.spi.NetworkCompiler;
import dev.symphony.spi.Problems;
import dev.symphony.spi.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One experiment being compiled. */
final class Planning {
  private static final int LONGEST = 63;

  /** A place in a pod of the kept plan. */
  private static final Pattern IN_POD =
      Pattern.compile(
          "pods\\[(?<pod>\\d+)]\\.(?<field>(?:spec\\.containers\\[(?<container>\\d+)])?.*)",
          Pattern.DOTALL);

  private final Settings settings;
  private final ClusterContext context;
  private final OwnImage ownImage;
  private final ExperimentSpec spec;
  private final Scope scope;
  private final Problems problems = new Problems();
  private final List<PodShape> shapes;
  private final Map<ProcessName, PodShape> byProcess;

  Planning(
      Settings settings,
      ClusterContext context,
      OwnImage ownImage,
      String launchId,
      ExperimentSpec spec) {
    this.settings = settings;
    this.context = context;
    this.ownImage = ownImage;
    this.spec = spec;
    scope = Scope.of(spec.getName(), launchId, settings);
    shapes = PodShape.of(spec, problems);
    byProcess = PodShape.byProcess(shapes);
  }

  PlannedExperiment plan() {
    checkNames();
    List<Service> declared = NetworkCompiler.compile(spec, false, problems);
    List<PlannedService> services = services(declared);
    Fragments fragments = new Fragments(spec, shapes, problems);
    ServiceWriter.check(services, fragments.headless(), problems);
    Vault vault = new Vault(spec, context, problems);
    MountedFiles files = new MountedFiles(fragments.secretFiles(), context, problems);
    List<KnownSecret> known = new ArrayList<>(vault.known());
    known.addAll(files.known());
    Masking masking = KnownSecret.masking(known);
    Variables variables = new Variables(spec.getName(), declared, services);

    ContainerChecks checks = new ContainerChecks(variables, problems);
    ContainerWriter containers =
        new ContainerWriter(
            spec,
            scope,
            new ImageChoice(settings, ownImage, problems),
            context.environment(),
            variables,
            vault,
            masking,
            fragments,
            checks);
    Hiding hiding = new Hiding(scope, vault, masking);
    PodWriter writer = new PodWriter(scope, fragments, containers, hiding);
    List<Map<String, Object>> serviceObjects =
        serviceObjects(declared, services, fragments, writer);
    List<PlannedProcess> processes = new ArrayList<>();
    List<Map<String, Object>> pods = new ArrayList<>();
    for (PodShape shape : shapes) {
      pods.add(writer.write(shape, pods.size() + "/" + shapes.size(), processes));
    }
    List<Map<String, Object>> others = new ArrayList<>();
    if (!vault.isEmpty()) {
      others.add(vault.object(scope));
    }
    if (!files.isEmpty()) {
      others.add(files.object(scope));
    }
    StoredPlan stored = new StoredPlan(processes, services, pods, Map.of());
    Leaks leaks = new Leaks(known, masking, problems);
    leaks.check(stored.toPlain(), this::placeInPlan);
    for (int i = 0; i < services.size(); i++) {
      String service = "service " + services.get(i).name() + ": ";
      leaks.check(serviceObjects.get(i), place -> service + place);
    }
    problems.throwIfAny(spec.getName());
    if (variables.areMany()) {
      others.add(addresses(variables));
    }
    others.addAll(objects(stored));
    others.addAll(serviceObjects);
    return new PlannedExperiment(
        spec.getName(),
        scope.launchId(),
        scope.namespace(),
        scope.shared(),
        scope.holder(),
        others,
        pods,
        processes,
        services,
        spec.toPlain(KnownSecret.texts(known)));
  }

  private List<PlannedService> services(List<Service> declared) {
    List<Integer> ports = Ports.choose(declared, byProcess, problems);
    List<PlannedService> services = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Service service = declared.get(i);
      services.add(
          new PlannedService(
              service.name(),
              scope.object(service.name()),
              service.provider(),
              ports.get(i),
              service.exposed(),
              service.exposed() && !settings.forwardExposed()));
    }
    return services;
  }

  private List<Map<String, Object>> serviceObjects(
      List<Service> declared, List<PlannedService> services, Fragments fragments, PodWriter pods) {
    ServiceWriter writer = new ServiceWriter(scope, settings);
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      PlannedService service = services.get(i);
      boolean bound = declared.get(i).bound();
      PodShape pod = shape(service.provider());
      boolean headless = fragments.headless().contains(service.name());
      objects.add(writer.write(service, pod, bound, headless));
      pods.provides(pod, service.name(), bound);
    }
    return objects;
  }

  private PodShape shape(ProcessName process) {
    PodShape shape = byProcess.get(process);
    if (shape == null) {
      throw new IllegalStateException("no pod for process " + process);
    }
    return shape;
  }

  private Map<String, Object> addresses(Variables variables) {
    Map<String, Object> map =
        scope.make("ConfigMap", ContainerWriter.SERVICES, Names.KIND, "services");
    map.put("data", new LinkedHashMap<String, Object>(variables.addresses()));
    return map;
  }

  /** {@code process g/agent: spec.containers[0].image of its pod}. */
  private String placeInPlan(String place) {
    Matcher matcher = IN_POD.matcher(place);
    if (!matcher.matches()) {
      return "the kept plan: " + place;
    }
    PodShape shape = shapes.get(Integer.parseInt(matcher.group("pod")));
    String container = matcher.group("container");
    String title =
        container == null
            ? shape.title()
            : "process " + shape.processes().get(Integer.parseInt(container)).getFullName();
    return title + ": " + matcher.group("field") + " of its pod";
  }

  private List<Map<String, Object>> objects(StoredPlan plan) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (Map<String, Object> map : plan.toConfigMaps(scope.prefix())) {
      Map<String, Object> whole = scope.make("ConfigMap", "", Names.KIND, "plan");
      Tree.merge(whole, map);
      maps.add(whole);
    }
    return maps;
  }

  // ---- checks of names

  private void checkNames() {
    if (spec.listAllProcesses().isEmpty()) {
      problems.add(
          "it has no process; declare one with newProcess(name), or below 'processes' of a file");
    }
    String name = spec.getName();
    if (!scope.shared() && (name.equals("default") || name.startsWith("kube-"))) {
      problems.add("'" + name + "' is kept for Kubernetes' own namespaces; choose another name");
    }
    if (scope.shared()) {
      for (PodShape shape : shapes) {
        checkLength(shape.title(), "pod", shape.name());
      }
      for (ProcessSpec process : spec.listAllProcesses()) {
        for (String service : process.getBoundServices().keySet()) {
          checkLength("service " + service, "Service", service);
        }
        for (String service : process.getExposedServices().keySet()) {
          if (!process.getBoundServices().containsKey(service)) {
            checkLength("service " + service, "Service", service);
          }
        }
      }
    }
  }

  private void checkLength(String title, String kind, String name) {
    String whole = scope.object(name);
    if (whole.length() > LONGEST) {
      problems.add(
          title
              + ": in a shared namespace its "
              + kind
              + " would be named "
              + whole
              + ", which has "
              + whole.length()
              + " characters; shorten it or the experiment's name to "
              + LONGEST
              + " together");
    }
  }
}
