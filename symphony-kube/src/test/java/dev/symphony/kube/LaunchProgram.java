package dev.symphony.kube;

/** A program of its own that launches processes which wait for a node that never comes. */
final class LaunchProgram {
  private LaunchProgram() {}

  /** Takes the context, the experiment's name, the number of processes, perhaps a namespace. */
  public static void main(String[] args) {
    KubeCluster.Builder builder = KubeCluster.builder().context(args[0]).image(KubeTest.BUSYBOX);
    KubeCluster cluster = (args.length < 4 ? builder : builder.namespace(args[3])).build();
    cluster.setProgress(System.out::println);
    cluster.launch(experiment(cluster, args[1], Integer.parseInt(args[2])));
    System.out.println("launched");
  }

  /** Processes that wait for a node, and one that others may reach. */
  static KubeExperimentSpec experiment(KubeCluster cluster, String name, int processes) {
    KubeExperimentSpec experiment = cluster.newExperiment(name);
    experiment.newProcesses(
        "agent",
        processes,
        (agent, i) ->
            agent
                .command("true")
                .on(KubeProcessSpec.class, kube -> kube.nodeSelector("no", "such")));
    experiment.newProcess("server").command("true").binds("board").exposes("page", 8080);
    return experiment;
  }

  /** Starts it beside this program. */
  static Process start(KubeTest test, String... arguments) throws java.io.IOException {
    java.util.List<String> argv = new java.util.ArrayList<>();
    argv.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.add("-cp");
    argv.add(System.getProperty("java.class.path"));
    argv.add(LaunchProgram.class.getName());
    argv.addAll(java.util.List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(argv).redirectErrorStream(true).directory(test.directory().toFile());
    builder.environment().putAll(test.environment());
    return builder.start();
  }
}
