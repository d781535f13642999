import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Lists the pods of a namespace with the typed client, as a plain program would. */
class TypedPods {
  public static void main(String[] args) {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      client
          .pods()
          .inNamespace(args[0])
          .list()
          .getItems()
          .forEach(pod -> System.out.println(pod.getMetadata().getName()));
    }
  }
}
