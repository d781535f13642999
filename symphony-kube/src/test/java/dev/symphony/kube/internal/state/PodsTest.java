package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.symphony.engine.ProcessName;
import dev.symphony.engine.ProcessStatus;
import dev.symphony.engine.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodsTest {
  private static List<String> names(List<ProcessStatus> processes) {
    List<String> names = new ArrayList<>();
    for (ProcessStatus status : processes) {
      names.add(status.name().toString());
    }
    return names;
  }

  @Test
  void processesComeInDeclaredOrderOfPodsAndOfMembers() {
    List<Pod> pods = List.of(Recorded.pod("team"), Recorded.pod("skewed"), Recorded.pod("done"));
    pods.get(0).place = "2/3";
    pods.get(1).place = "0/3";
    pods.get(2).place = "1/3";
    List<ProcessStatus> all = new Pods(pods).all();
    assertNotNull(all);
    assertEquals(
        List.of(
            "skewed/hard",
            "skewed/going",
            "skewed/bad",
            "skewed/ok",
            "done",
            "team/first",
            "team/second"),
        names(all));
  }

  @Test
  void newestAttemptCounts() {
    List<Pod> pods = List.of(Recorded.pod("gone.r2"), Recorded.pod("gone"));
    Pod newest = new Pods(pods).of(new ProcessName(null, "gone"));
    assertNotNull(newest);
    assertEquals("gone.r2", newest.name);
  }

  @Test
  void onePodThatLacksNeedsThePlan() {
    List<Pod> pods = Recorded.pods();
    assertNotNull(new Pods(pods).all());
    pods.removeIf(pod -> pod.name.equals("crash"));
    assertNull(new Pods(pods).all());
    assertNull(new Pods(List.of()).all());
  }

  @Test
  void oldAttemptDoesNotFillAnothersPlace() {
    List<Pod> pods = Recorded.pods();
    pods.removeIf(pod -> pod.name.equals("gone"));
    assertNotNull(new Pods(pods).all());
    pods.removeIf(pod -> pod.name.equals("gone.r2"));
    assertNull(new Pods(pods).all());
  }

  @Test
  void containersThatTheClusterAddedAreNoProcesses() {
    Pod meshed = Recorded.pod("meshed");
    meshed.place = "0/1";
    List<ProcessStatus> all = new Pods(List.of(meshed)).all();
    assertNotNull(all);
    assertEquals(List.of("meshed/second"), names(all));
    assertEquals(State.RUNNING, all.get(0).state());
  }

  @Test
  void podsThatSayNoProcessAreLeftOut() {
    Pod foreign = new Pod();
    foreign.name = "foreign";
    assertEquals(List.of(), new Pods(List.of(foreign)).seen());
  }
}
