package dev.symphony.example.casestudies;

import dev.symphony.example.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The integral of x² from 0 to 10, computed by a tree of processes.
 *
 * <p>An {@link IntegrationSupermaster} cuts the whole into supertasks and each of them into a part
 * a group; an {@link IntegrationGroupMaster} cuts its part into one a worker; an {@link
 * IntegrationWorker} computes. Sums travel back up the same way. Every master sends the same
 * message to all of its children, who take the part at their own index:
 *
 * <pre>
 * hello INDEX             child to master, once
 * tasks FROM TO FROM TO ...  master to its children
 * sum VALUE               child to master
 * done                    master to its children: end with success
 * </pre>
 */
public final class Integration {
  /** The service on which the supermaster expects the group masters. */
  public static final String SUPERMASTER = "supermaster";

  private static final int SLICES = 1000;

  private Integration() {}

  /**
   * A part of the x axis.
   *
   * @param from where it begins
   * @param to where it ends
   */
  record Range(double from, double to) {
    /** Cuts this range into equal parts. */
    List<Range> split(int parts) {
      List<Range> ranges = new ArrayList<>();
      double width = (to - from) / parts;
      for (int i = 0; i < parts; i++) {
        // The last one ends exactly where the whole does.
        ranges.add(new Range(from + i * width, i == parts - 1 ? to : from + (i + 1) * width));
      }
      return ranges;
    }

    /** Integrates a function over this range, by the midpoint rule. */
    double integrate(DoubleUnaryOperator f) {
      double width = (to - from) / SLICES;
      double sum = 0;
      for (int i = 0; i < SLICES; i++) {
        sum += f.applyAsDouble(from + (i + 0.5) * width);
      }
      return sum * width;
    }
  }

  /** The service on which the master of a group expects its workers. */
  public static String groupService(int group) {
    return "group-" + group;
  }

  /** The message that hands a range to each child. */
  static Message tasks(List<Range> ranges) {
    List<Object> words = new ArrayList<>();
    for (Range range : ranges) {
      words.add(range.from());
      words.add(range.to());
    }
    return Message.of("tasks", words.toArray());
  }

  /** The range in such a message that is meant for the child with this index. */
  static Range task(Message tasks, int index) {
    return new Range(tasks.number(2 * index), tasks.number(2 * index + 1));
  }
}
