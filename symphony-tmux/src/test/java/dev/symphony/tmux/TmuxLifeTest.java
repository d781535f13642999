package dev.symphony.tmux;

import dev.symphony.engine.promises.FaultPromises;
import dev.symphony.engine.promises.KilledPromises;
import dev.symphony.engine.promises.LaunchPromises;
import dev.symphony.engine.promises.RestartPromises;
import dev.symphony.engine.promises.ScalePromises;
import dev.symphony.engine.promises.StatePromises;
import dev.symphony.engine.promises.StopPromises;
import org.junit.jupiter.api.Nested;

/** The promises on how processes begin, end and fail, held on the tmux backend. */
class TmuxLifeTest {
  @Nested
  class Launch extends LaunchPromises implements OnTmux {}

  @Nested
  class Killed extends KilledPromises implements OnTmux {}

  @Nested
  class Stop extends StopPromises implements OnTmux {}

  @Nested
  class State extends StatePromises implements OnTmux {}

  @Nested
  class Restart extends RestartPromises implements OnTmux {}

  @Nested
  class Fault extends FaultPromises implements OnTmux {}

  @Nested
  class Scale extends ScalePromises implements OnTmux {}
}
