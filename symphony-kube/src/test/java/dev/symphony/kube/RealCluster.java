package dev.symphony.kube;

import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a test class against a real cluster, and only one that was named: by {@code
 * -Dsymphony.test.context=NAME} or {@code SYMPHONY_TEST_CONTEXT}, a context of the kubeconfig.
 * Without it the class is skipped, and fails where {@code CI} is {@code true}.
 *
 * <pre>{@code
 * @ExtendWith(RealCluster.class)
 * final class ThingClusterIT {
 *   @Test
 *   void doesIt(KubeTest test) { … }
 * }
 * }</pre>
 *
 * <p>Each test gets a {@link KubeTest} of its own, which removes what it made.
 */
public final class RealCluster implements ExecutionCondition, ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(RealCluster.class);

  /** The context that tests may use; empty for none. */
  public static String context() {
    Map<String, String> environment = System.getenv();
    return System.getProperty(
        "symphony.test.context", environment.getOrDefault("SYMPHONY_TEST_CONTEXT", ""));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
    if (!context().isEmpty()) {
      return ConditionEvaluationResult.enabled("runs on the context " + context());
    }
    String reason =
        "no cluster to run on: name a context of the kubeconfig by"
            + " -Dsymphony.test.context=NAME or SYMPHONY_TEST_CONTEXT";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == KubeTest.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(STORE)
        .getOrComputeIfAbsent(KubeTest.class, key -> new KubeTest(context()), KubeTest.class);
  }
}
