package dev.symphony.engine;

/** The rule for names: DNS labels that start with a letter, on every backend. */
final class Names {
  /** The longest experiment or service name, in characters. */
  static final int LONGEST = 63;

  /** The longest process or group name, which leaves room for what a backend appends. */
  static final int LONGEST_PROCESS = 57;

  private Names() {}

  static String checkExperiment(String name) {
    return check("experiment", name, LONGEST);
  }

  static String checkGroup(String name) {
    return check("process group", name, LONGEST_PROCESS);
  }

  static String checkProcess(String name) {
    return check("process", name, LONGEST_PROCESS);
  }

  static String checkService(String name) {
    return check("service", name, LONGEST);
  }

  /** Checks the name of an environment variable, which a shell must be able to set. */
  static String checkVariable(String name) {
    boolean good = !name.isEmpty();
    for (int i = 0; i < name.length() && good; i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      good = letter || (i > 0 && c >= '0' && c <= '9');
    }
    if (!good) {
      throw new SymphonyException(
          "environment variable '"
              + name
              + "': use letters, digits and underscores, not starting with a digit");
    }
    return name;
  }

  private static String check(String kind, String name, int longest) {
    String why = problem(name, longest);
    if (why != null) {
      throw new SymphonyException(
          kind
              + " name '"
              + name
              + "' "
              + why
              + ": use at most "
              + longest
              + " lower-case letters, digits and dashes, starting with a letter");
    }
    return name;
  }

  private static @org.jspecify.annotations.Nullable String problem(String name, int longest) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.length() > longest) {
      return "has " + name.length() + " characters";
    }
    char first = name.charAt(0);
    if (first < 'a' || first > 'z') {
      return "does not start with a lower-case letter";
    }
    if (name.charAt(name.length() - 1) == '-') {
      return "ends with a dash";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
        return "contains '" + c + "'";
      }
    }
    return null;
  }
}
