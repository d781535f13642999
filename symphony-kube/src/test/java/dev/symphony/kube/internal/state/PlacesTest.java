package dev.symphony.kube.internal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.engine.NotFoundException;
import dev.symphony.kube.internal.api.ApiException;
import dev.symphony.kube.internal.api.Tree;
import dev.symphony.kube.internal.plan.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final FakeApi api = new FakeApi();

  static Map<String, Object> holder(String name, String kind) {
    return Tree.of(
        "metadata",
        Tree.of(
            "name",
            name,
            "uid",
            "uid-" + name,
            "creationTimestamp",
            "2026-11-27T09:00:00Z",
            "labels",
            Tree.of(
                Names.MANAGED_BY,
                Names.SYMPHONY,
                Names.KIND,
                kind,
                Names.EXPERIMENT,
                name,
                Names.LAUNCH,
                "l1")));
  }

  private static List<String> names(List<Place> places) {
    List<String> names = new ArrayList<>();
    for (Place place : places) {
      names.add(place.experiment());
    }
    return names;
  }

  @Test
  void namespacesOfOursAreExperiments() {
    api.answerList(
        "/api/v1/namespaces", List.of(holder("a", "namespace"), holder("b", "namespace")));
    List<Place> places = new Places(api, null).list();
    assertEquals(List.of("a", "b"), names(places));
    assertEquals("a", places.get(0).namespace());
    assertEquals("l1", places.get(0).launchId());
    assertEquals("uid-a", places.get(0).uid());
    assertEquals(Instant.parse("2026-11-27T09:00:00Z"), places.get(0).created());
    assertFalse(places.get(0).shared());
    assertEquals(
        List.of(
            "GET /api/v1/namespaces?labelSelector="
                + "app.kubernetes.io/managed-by=symphony,symphony.dev/kind=namespace"),
        api.requests);
  }

  @Test
  void whatIsNotOursIsNone() {
    Map<String, Object> unlabelled = holder("plain", "namespace");
    Tree.make(unlabelled, "metadata").remove("labels");
    Map<String, Object> renamed = holder("renamed", "namespace");
    Tree.make(renamed, "metadata").put("name", "other");
    Map<String, Object> launchless = holder("launchless", "namespace");
    Tree.make(launchless, "metadata", "labels").remove(Names.LAUNCH);
    List<Map<String, Object>> all =
        List.of(
            unlabelled,
            renamed,
            launchless,
            holder("anchored", "anchor"),
            holder("default", "namespace"),
            holder("kube-system", "namespace"));
    api.answerList("/api/v1/namespaces", all);
    assertEquals(List.of(), names(new Places(api, null).list()));
    for (Map<String, Object> one : all) {
      String name = String.valueOf(Tree.text(one, "metadata", "name"));
      api.answer("/api/v1/namespaces/" + name, one);
      assertNull(new Places(api, null).find(name), name);
    }
  }

  @Test
  void experimentThatIsBeingDeletedIsStillThere() {
    Map<String, Object> going = holder("going", "namespace");
    Tree.make(going, "metadata").put("deletionTimestamp", "2026-11-27T09:30:00Z");
    api.answerList("/api/v1/namespaces", List.of(going));
    assertTrue(new Places(api, null).list().get(0).terminating());
  }

  @Test
  void missingExperimentIsNamed() {
    assertNull(new Places(api, null).find("x"));
    NotFoundException e =
        assertThrows(NotFoundException.class, () -> new Places(api, null).require("x"));
    assertEquals("experiment x does not exist on https://fake (context fake)", e.getMessage());
  }

  @Test
  void whoMayNotListNamespacesIsToldOfTheSharedOne() {
    api.refuse("/api/v1/namespaces", 403, "you may not list namespaces");
    ApiException e = assertThrows(ApiException.class, () -> new Places(api, null).list());
    assertEquals(403, e.status());
    assertTrue(e.getMessage().startsWith("you may not list namespaces; "), e.getMessage());
    assertTrue(e.getMessage().contains("--namespace NS"), e.getMessage());
  }

  @Test
  void sharedNamespaceIsReadByItsAnchorsAndNothingElse() {
    api.answerList("/api/v1/namespaces/team/configmaps", List.of(holder("a", "anchor")));
    api.answer("/api/v1/namespaces/team/configmaps/a", holder("a", "anchor"));
    Places places = new Places(api, "team");
    assertEquals(List.of("a"), names(places.list()));
    Place place = places.find("a");
    assertNotNull(place);
    assertEquals("team", place.namespace());
    assertTrue(place.shared());
    assertEquals(2, api.requests.size());
  }

  @Test
  void configMapOfThatNameIsNoExperiment() {
    api.answer("/api/v1/namespaces/team", holder("team", "other"));
    Map<String, Object> foreign = holder("a", "anchor");
    Tree.make(foreign, "metadata").remove("labels");
    api.answer("/api/v1/namespaces/team/configmaps/a", foreign);
    assertNull(new Places(api, "team").find("a"));
  }

  @Test
  void sharedNamespaceThatDoesNotExistIsNotEmpty() {
    api.answerList("/api/v1/namespaces/team/configmaps", List.of());
    Places places = new Places(api, "team");
    assertEquals(
        "namespace team does not exist on https://fake (context fake):"
            + " name another with --namespace, or have it made",
        assertThrows(NotFoundException.class, places::list).getMessage());
    assertThrows(NotFoundException.class, () -> places.find("a"));
  }

  @Test
  void sharedNamespaceThatMayNotBeLookedAtIsTakenAsItIs() {
    api.answerList("/api/v1/namespaces/team/configmaps", List.of());
    api.refuse("/api/v1/namespaces/team", 403, "no");
    assertEquals(List.of(), new Places(api, "team").list());
  }
}
