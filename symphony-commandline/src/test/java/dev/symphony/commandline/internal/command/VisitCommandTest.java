package dev.symphony.commandline.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.commandline.Interruptible;
import dev.symphony.engine.Forward;
import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ServiceAddress;
import dev.symphony.engine.UsageException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

class VisitCommandTest {
  private static final ProcessName BOARD = ProcessName.parse("g/board");
  private static final ServiceAddress HERE =
      new ServiceAddress("web", BOARD, "127.0.0.1", 7000, true);
  private static final ServiceAddress INSIDE =
      new ServiceAddress("inner", BOARD, "inner.rl", 7001, true, false);
  private static final ServiceAddress PENDING =
      new ServiceAddress("coming", BOARD, "coming.rl", 7002, true, false, true);

  @TempDir Path folder;
  private Given given;

  @BeforeEach
  void give() {
    given = new Given(folder);
    given.cluster.add(Given.experiment("rl", Given.running("g/board", "PT5M")));
    given.cluster.services.addAll(List.of(HERE, INSIDE, PENDING));
  }

  /** A way from a port of the loopback, open until somebody closes it. */
  private static class Way implements Forward {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public ServiceAddress address() {
      return new ServiceAddress("inner", BOARD, "127.0.0.1", 41233, true);
    }

    @Override
    public void await() throws InterruptedException {}

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private int visit(String service, Object... options) {
    Map<String, Object> values = new HashMap<>();
    values.put("service", service);
    values.put("output", "table");
    for (int i = 0; i < options.length; i += 2) {
      values.put((String) options[i], options[i + 1]);
    }
    Invocation in =
        new Invocation(
            () -> given.cluster,
            given.session().terminal(),
            new Program("own", "own --cluster given", "own"),
            List.of(),
            false);
    return VisitCommand.run(in, new Namespace(values));
  }

  @Test
  void listsWhatIsExposedAndWhetherItIsReachedFromHere() {
    assertEquals(0, visit(null));
    assertEquals(
        """
        Service  Process  URL
        web      g/board  http://127.0.0.1:7000
        inner    g/board  inside the cluster only
        coming   g/board  pending
        """,
        given.out());
  }

  @Test
  void opensWhatIsReachedFromHereAtOnce() {
    assertEquals(0, visit("web"));
    assertEquals("http://127.0.0.1:7000\n", given.out());
    assertEquals(-1, given.cluster.forwardedPort);
    assertEquals(0, visit("web", "forward", true));
    assertEquals(0, given.cluster.forwardedPort);
  }

  @Test
  void onlyPrintsTheAddressAndSaysWhoKnowsIt() {
    assertEquals(0, visit("inner", "url_only", true));
    assertEquals("http://inner.rl:7001\n", given.out());
    assertEquals(
        "this address is known inside the cluster only; 'own --cluster given visit inner' leads"
            + " there\n",
        given.err());
    assertEquals(-1, given.cluster.forwardedPort);
  }

  @Test
  void leadsToWhatIsNotReachedFromHereAndClosesTheWay() {
    Way way = new Way();
    given.cluster.forward = way;
    assertEquals(0, visit("inner", "port", 9000));
    assertEquals("http://127.0.0.1:41233\n", given.out());
    assertTrue(given.err().contains("this leads to inner of rl until Ctrl-C"), given.err());
    assertEquals(9000, given.cluster.forwardedPort);
    assertEquals(0, way.closed.getCount());
  }

  @Test
  void anInterruptEndsTheWayWith130() throws Exception {
    Interruptible.needed();
    Way way =
        new Way() {
          @Override
          public void await() throws InterruptedException {
            Signal.raise(new Signal("INT"));
            new CountDownLatch(1).await();
          }
        };
    given.cluster.forward = way;
    assertEquals(130, visit("inner"));
    assertEquals(0, way.closed.getCount());
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThrows(UsageException.class, () -> visit(null, "forward", true));
    assertThrows(UsageException.class, () -> visit("web", "forward", true, "url_only", true));
    assertThrows(UsageException.class, () -> visit("web", "port", 9000));
  }
}
