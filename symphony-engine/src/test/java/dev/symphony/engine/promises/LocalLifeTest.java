package dev.symphony.engine.promises;

import org.junit.jupiter.api.Nested;

/** The promises on how processes begin, end and fail, held on the local backend. */
class LocalLifeTest {
  @Nested
  class Launch extends LaunchPromises implements OnLocal {}

  @Nested
  class Killed extends KilledPromises implements OnLocal {}

  @Nested
  class Stop extends StopPromises implements OnLocal {}

  @Nested
  class State extends StatePromises implements OnLocal {}

  @Nested
  class Restart extends RestartPromises implements OnLocal {}

  @Nested
  class Fault extends FaultPromises implements OnLocal {}

  @Nested
  class Scale extends ScalePromises implements OnLocal {}
}
