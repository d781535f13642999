package dev.symphony.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The evaluations so far, and their picture as SVG. */
final class LearningCurve {
  /**
   * One evaluation.
   *
   * @param episodes how many trial episodes the learner had learned from
   * @param seconds since the learner began
   * @param mean the mean return
   */
  record Point(int episodes, double seconds, double mean) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int LEFT = 52;
  private static final int RIGHT = 16;
  private static final int TOP = 16;
  private static final int BOTTOM = 44;

  private final List<Point> points = new ArrayList<>();

  /** Adds an evaluation. */
  synchronized void add(Point point) {
    points.add(point);
  }

  /** The evaluations so far, oldest first; a copy. */
  synchronized List<Point> points() {
    return List.copyOf(points);
  }

  /** Draws the curve: mean return over seconds, with the goal as a dashed line. */
  static String svg(List<Point> points) {
    double last = points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    double step = step(Math.max(last, 4));
    double end = Math.ceil(Math.max(last, 4) / step) * step;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"mean return over time\">",
            WIDTH, HEIGHT));
    for (int value = 0; value <= CartPole.MAX_STEPS; value += 100) {
      grid(svg, LEFT, y(value), WIDTH - RIGHT, y(value));
      label(svg, LEFT - 8, y(value) + 4, "end", Integer.toString(value));
    }
    for (double t = 0; t <= end + step / 2; t += step) {
      label(svg, x(t, end), HEIGHT - BOTTOM + 18, "middle", format("%.0f s", t));
    }
    svg.append(
        format(
            "<line class=\"goal\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
            LEFT, y(Learner.GOAL), WIDTH - RIGHT, y(Learner.GOAL)));
    label(svg, WIDTH - RIGHT, y(Learner.GOAL) - 6, "end", format("goal %.0f", Learner.GOAL));
    label(svg, WIDTH / 2.0, HEIGHT - 4, "middle", "seconds since the learner began");
    curve(svg, points, end);
    return svg.append("</svg>").toString();
  }

  private static void curve(StringBuilder svg, List<Point> points, double end) {
    svg.append("<polyline class=\"curve\" points=\"");
    for (Point p : points) {
      svg.append(format("%.1f,%.1f ", x(p.seconds(), end), y(p.mean())));
    }
    svg.append("\"/>");
    for (Point p : points) {
      svg.append(
          format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%.1f after %d episodes, %.1f s</title>"
                  + "</circle>",
              x(p.seconds(), end), y(p.mean()), p.mean(), p.episodes(), p.seconds()));
    }
  }

  /** A distance between ticks that people like, so that there are at most ten. */
  private static double step(double span) {
    double step = 1;
    double[] factors = {2, 2.5, 2};
    for (int i = 0; span / step > 10; i++) {
      step *= factors[i % factors.length];
    }
    return step;
  }

  private static double x(double seconds, double end) {
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / end;
  }

  private static double y(double mean) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - mean / CartPole.MAX_STEPS);
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        format(
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            x1, y1, x2, y2));
  }

  private static void label(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text));
  }

  private static String format(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }
}
