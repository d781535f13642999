package dev.symphony.engine.promises;

import org.junit.jupiter.api.Nested;

/** The promises, held on the local backend. */
class LocalPromisesTest {
  private static final String LOCAL = "local";

  @Nested
  class Launch extends LaunchPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Port extends PortPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Killed extends KilledPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Stop extends StopPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class State extends StatePromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Restart extends RestartPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Log extends LogPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Secret extends SecretPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Environment extends EnvironmentPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Name extends NamePromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Exec extends ExecPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Fault extends FaultPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Main extends MainPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Scale extends ScalePromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }

  @Nested
  class Together extends TogetherPromises {
    @Override
    protected String backend() {
      return LOCAL;
    }
  }
}
