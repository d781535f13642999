package dev.symphony.tmux;

import dev.symphony.engine.promises.EnvironmentPromises;
import dev.symphony.engine.promises.ExecPromises;
import dev.symphony.engine.promises.LogPromises;
import dev.symphony.engine.promises.MainPromises;
import dev.symphony.engine.promises.NamePromises;
import dev.symphony.engine.promises.PortPromises;
import dev.symphony.engine.promises.SecretPromises;
import dev.symphony.engine.promises.TogetherPromises;
import org.junit.jupiter.api.Nested;

/** The promises on what processes are given and can be asked, held on the tmux backend. */
class TmuxUseTest {
  @Nested
  class Port extends PortPromises implements OnTmux {}

  @Nested
  class Log extends LogPromises implements OnTmux {}

  @Nested
  class Secret extends SecretPromises implements OnTmux {}

  @Nested
  class Environment extends EnvironmentPromises implements OnTmux {}

  @Nested
  class Name extends NamePromises implements OnTmux {}

  @Nested
  class Exec extends ExecPromises implements OnTmux {}

  @Nested
  class Main extends MainPromises implements OnTmux {}

  @Nested
  class Together extends TogetherPromises implements OnTmux {}
}
