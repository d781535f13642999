package dev.symphony.engine.internal.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the leases of all users say at one moment. */
final class Ledger {
  /** How many released leases a user keeps; the longer unused a port, the sooner forgotten. */
  private static final int REMEMBERED = 32;

  private final Map<Integer, Lease> holders = new HashMap<>();
  private final Map<Integer, Long> lastUsed = new HashMap<>();
  private final List<Lease> gone = new ArrayList<>();
  private final List<Lease> outdated = new ArrayList<>();
  private final List<Lease> released = new ArrayList<>();
  private final long now;

  Ledger(List<Lease> leases, String uid, HostIdentity host, long now) {
    this.now = now;
    for (Lease lease : leases) {
      boolean own = lease.uid().equals(uid);
      HostIdentity.Relation relation = host.relationTo(lease.host());
      String boot = lease.host().bootId();
      boolean otherBoot =
          !boot.isEmpty() && !host.bootId().isEmpty() && !boot.equals(host.bootId());
      if (otherBoot) {
        if (own && relation == HostIdentity.Relation.REBOOTED) {
          outdated.add(lease);
        }
        continue;
      }
      if (!lease.active()) {
        used(lease, lease.releasedAt());
        if (own) {
          released.add(lease);
        }
      } else if (own && relation == HostIdentity.Relation.HERE && isGone(lease)) {
        used(lease, now);
        gone.add(lease);
      } else {
        hold(lease);
      }
    }
  }

  private static boolean isGone(Lease lease) {
    // Not merely out of reach.
    return !lease.directory().isEmpty() && Files.notExists(Path.of(lease.directory()));
  }

  private void hold(Lease lease) {
    for (int port = lease.ports().nextSetBit(0);
        port >= 0;
        port = lease.ports().nextSetBit(port + 1)) {
      holders.put(port, lease);
    }
  }

  private void used(Lease lease, long uptime) {
    for (int port = lease.ports().nextSetBit(0);
        port >= 0;
        port = lease.ports().nextSetBit(port + 1)) {
      Long before = lastUsed.get(port);
      if (before == null || before < uptime) {
        lastUsed.put(port, uptime);
      }
    }
  }

  /** What a user's launch holds; null for nothing. */
  @Nullable Lease of(String uid, String launchId) {
    for (Lease lease : holders.values()) {
      if (lease.uid().equals(uid) && lease.launchId().equals(launchId)) {
        return lease;
      }
    }
    return null;
  }

  private boolean rests(int port) {
    Long used = lastUsed.get(port);
    // An uptime ahead of ours was written by somebody who plays tricks.
    return used != null && used <= now && now - used < PortLeases.REST;
  }

  /** Refuses a port that another launch than this one of this user holds. */
  void refuseHeld(PortRequest request, String uid, String launchId) {
    Lease holder = holders.get(request.port());
    if (holder != null && !(holder.launchId().equals(launchId) && holder.uid().equals(uid))) {
      throw request.taken("is leased by " + holder.holder());
    }
  }

  /** Refuses a port that was planned and still rests. */
  void refuseResting(PortRequest request) {
    if (!request.fixed() && rests(request.port())) {
      throw request.taken("was released less than two minutes ago");
    }
  }

  /**
   * The ports that may be chosen, the never used ones from an offset on, then the others by age.
   */
  List<Integer> choices(PortRange range, int offset) {
    List<Integer> choices = new ArrayList<>(range.size());
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < range.size(); i++) {
      int port = range.first() + (offset + i) % range.size();
      if (!holders.containsKey(port) && !rests(port)) {
        (lastUsed.containsKey(port) ? again : choices).add(port);
      }
    }
    if (again.size() > 1) {
      again.sort(new LeastRecentlyUsed(lastUsed));
    }
    choices.addAll(again);
    return choices;
  }

  /** Orders ports by their last use. A class: a cold program's first lambda takes 10 ms. */
  private record LeastRecentlyUsed(Map<Integer, Long> lastUsed) implements Comparator<Integer> {
    @Override
    public int compare(Integer one, Integer other) {
      return Long.compare(lastUsed.getOrDefault(one, 0L), lastUsed.getOrDefault(other, 0L));
    }
  }

  private record LeastRecentlyReleased() implements Comparator<Lease> {
    @Override
    public int compare(Lease one, Lease other) {
      return Long.compare(one.releasedAt(), other.releasedAt());
    }
  }

  /** Releases own leases whose experiment has gone, and removes what says nothing any more. */
  void tidy(LeaseDirectory directory) {
    for (Lease lease : gone) {
      directory.release(lease, now);
    }
    for (Lease lease : outdated) {
      directory.forget(lease);
    }
    if (released.size() > REMEMBERED) {
      released.sort(new LeastRecentlyReleased());
      for (Lease lease : released.subList(0, released.size() - REMEMBERED)) {
        if (now - lease.releasedAt() >= PortLeases.REST) {
          directory.forget(lease);
        }
      }
    }
  }
}
