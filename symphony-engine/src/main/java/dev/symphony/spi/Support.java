package dev.symphony.spi;

/** What a backend does about an attribute of a declaration. */
public enum Support {
  /** Does what it says. */
  HONOURED,
  /** Goes on without it, because it means nothing there. */
  IGNORED,
  /** Says so when the plan is compiled, naming process and attribute. */
  REFUSED
}
