package dev.symphony.engine.promises;

import org.junit.jupiter.api.Nested;

/** The promises on what processes are given and can be asked, held on the local backend. */
class LocalUseTest {
  @Nested
  class Port extends PortPromises implements OnLocal {}

  @Nested
  class Log extends LogPromises implements OnLocal {}

  @Nested
  class Secret extends SecretPromises implements OnLocal {}

  @Nested
  class Environment extends EnvironmentPromises implements OnLocal {}

  @Nested
  class Name extends NamePromises implements OnLocal {}

  @Nested
  class Exec extends ExecPromises implements OnLocal {}

  @Nested
  class Main extends MainPromises implements OnLocal {}

  @Nested
  class Together extends TogetherPromises implements OnLocal {}
}
