package dev.symphony.kube.internal.spec;

import dev.symphony.engine.Resources;
import dev.symphony.engine.SymphonyException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What Kubernetes allows in the fields that declarations set, checked before a server is asked. */
public final class Rules {
  /** The resource that stands for an accelerator where a declaration says {@code gpu}. */
  public static final String GPU = "nvidia.com/gpu";

  private static final Pattern LABEL_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)/[0-9]{1,3}");
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DNS_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final List<String> PLAIN_RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

  private Rules() {}

  /** A name of at most 63 lower-case letters, digits and dashes. */
  public static void dnsLabel(String what, String name) {
    if (!DNS_LABEL.matcher(name).matches()) {
      throw new SymphonyException(
          what
              + " '"
              + name
              + "': use at most 63 lower-case letters, digits and dashes, no dash at the ends");
    }
  }

  /** A name of DNS labels with dots between, as objects have. */
  static void objectName(String what, String name) {
    if (name.length() > 253 || !DNS_NAME.matcher(name).matches()) {
      throw new SymphonyException(
          what
              + " '"
              + name
              + "': use at most 253 lower-case letters, digits, dashes and dots, as object names"
              + " have");
    }
  }

  /** A name with perhaps a DNS name and a slash in front, as labels and resources have. */
  public static void qualifiedName(String what, String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    boolean good =
        LABEL_NAME.matcher(key.substring(slash + 1)).matches()
            && (slash < 0 || (prefix.length() <= 253 && DNS_NAME.matcher(prefix).matches()));
    if (!good) {
      throw new SymphonyException(
          what
              + " '"
              + key
              + "': use at most 63 letters, digits, dashes, dots and underscores,"
              + " perhaps with a domain and a slash in front");
    }
  }

  /** The value of a label or of a node selector, perhaps empty. */
  static void labelValue(String what, String value) {
    if (!value.isEmpty() && !LABEL_NAME.matcher(value).matches()) {
      throw new SymphonyException(
          what
              + " '"
              + value
              + "': use at most 63 letters, digits, dashes, dots and underscores,"
              + " with a letter or digit at the ends");
    }
  }

  /** A label that a declaration may set: not those by which Symphony knows its own. */
  static void ownLabel(String key, String value) {
    ownKey("label", key);
    labelValue("label " + key + ": value", value);
  }

  /** The key of a label or an annotation that is not Symphony's. */
  static void ownKey(String what, String key) {
    qualifiedName(what, key);
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    boolean isOurs = prefix.equals("symphony.dev") || prefix.endsWith(".symphony.dev");
    if (isOurs || key.equals("app.kubernetes.io/managed-by")) {
      throw new SymphonyException(what + " " + key + " is Symphony's own; choose another key");
    }
  }

  /** A word out of a list. */
  static void oneOf(String what, String word, List<String> words) {
    if (!words.contains(word)) {
      throw new SymphonyException(what + " '" + word + "': use one of " + String.join(", ", words));
    }
  }

  /** An absolute path. */
  static void absolutePath(String what, String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new SymphonyException(what + " '" + path + "' must start with /");
    }
  }

  /** The full name of a resource. */
  static String resourceName(String name) {
    return name.equals("gpu") ? GPU : name;
  }

  /**
   * An amount of a resource.
   *
   * @param name in full, such as {@code cpu} or {@code nvidia.com/gpu}
   * @param isRequest whether it is a request, not a limit
   */
  static void resource(String name, String amount, boolean isRequest) {
    qualifiedName("resource", name);
    boolean isExtended = name.indexOf('/') >= 0;
    boolean isKnown = PLAIN_RESOURCES.contains(name) || name.startsWith("hugepages-");
    if (name.equals("gpu")) {
      throw new SymphonyException("resource 'gpu': write " + GPU + ", and as a limit");
    }
    if (!isKnown && !isExtended) {
      throw new SymphonyException(
          "resource '"
              + name
              + "': use "
              + String.join(", ", PLAIN_RESOURCES)
              + ", gpu, or a name with a domain such as example.com/device");
    }
    BigDecimal value;
    try {
      value = Quantity.parse(amount);
    } catch (SymphonyException e) {
      throw new SymphonyException(name + ": " + e.getMessage(), e);
    }
    boolean isWhole = value.stripTrailingZeros().scale() <= 0;
    if (isExtended && !isWhole) {
      throw new SymphonyException(name + " is counted in whole numbers, found " + amount);
    }
    if (isExtended && isRequest) {
      throw new SymphonyException(
          name + " is given as a limit, which is its request too: use resourceLimit(…)");
    }
    if (name.equals("memory") && !isWhole) {
      throw new SymphonyException(
          "memory: "
              + amount
              + " is not a whole number of bytes; m is for processors, use M or Mi");
    }
  }

  /** A range of addresses in CIDR notation. */
  public static void addressRange(String range) {
    if (!RANGE.matcher(range).matches()) {
      throw new SymphonyException(
          "source range '" + range + "': write a range of addresses such as 10.0.0.0/8");
    }
  }

  /** What a process asks for on every backend. */
  public static void resources(Resources wanted) {
    if (wanted.cpu() != null) {
      resource("cpu", wanted.cpu(), true);
    }
    if (wanted.memory() != null) {
      resource("memory", wanted.memory(), true);
    }
  }
}
