package dev.symphony.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Shows the learning curve in the browser while it grows: {@code /} is the page, {@code /curve} the
 * picture in it, {@code /curve.csv} its numbers.
 *
 * <p>It asks {@code parameter-server} for new evaluations and ends when the learner says done.
 *
 * <p>Options: {@code --limit SECONDS}.
 */
final class Tensorboard {
  private static final long BETWEEN_QUESTIONS_MILLIS = 200;

  /** The page asks this often, see {@code tensorboard.html}. */
  private static final long REFRESH_MILLIS = 500;

  private final LearningCurve curve = new LearningCurve();
  private volatile long lastVisit = System.nanoTime() - 3600_000_000_000L;

  private Tensorboard() {}

  /** Runs this worker. */
  public static void main(String[] args) {
    Worker.main(args, worker -> new Tensorboard().run(worker));
  }

  private void run(Worker worker) throws IOException, InterruptedException {
    HttpServer http = HttpServer.create(worker.address("tensorboard"), 0);
    http.createContext("/", exchange -> answer(exchange, exchange.getRequestURI().getPath()));
    http.start();
    worker.log("listening on tensorboard at " + http.getAddress());
    try (Connection learner = worker.connect("parameter-server")) {
      learner.ask(Message.of("hello", worker.name()));
      int received = 0;
      Message answer = learner.ask(Message.of("curve", received));
      while (!answer.isDone()) {
        for (int i = 0; i + 2 < answer.size(); i += 3) {
          curve.add(
              new LearningCurve.Point(answer.whole(i), answer.number(i + 1), answer.number(i + 2)));
        }
        received += answer.size();
        Thread.sleep(BETWEEN_QUESTIONS_MILLIS);
        answer = learner.ask(Message.of("curve", received));
      }
    }
    // An open page gets the last point before the server goes; without one there is no wait.
    if ((System.nanoTime() - lastVisit) / 1_000_000 < 3 * REFRESH_MILLIS) {
      Thread.sleep(2 * REFRESH_MILLIS);
    }
    worker.log("done: " + curve.points().size() + " evaluations shown");
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    lastVisit = System.nanoTime();
    List<LearningCurve.Point> points = curve.points();
    switch (path) {
      case "/" -> send(exchange, 200, "text/html", page(points));
      case "/curve" -> send(exchange, 200, "text/html", picture(points));
      case "/curve.csv" -> send(exchange, 200, "text/csv", csv(points));
      default -> send(exchange, 404, "text/plain", "There is /, /curve and /curve.csv.\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String page(List<LearningCurve.Point> points) throws IOException {
    try (InputStream page = Tensorboard.class.getResourceAsStream("tensorboard.html")) {
      if (page == null) {
        throw new IOException("tensorboard.html is missing in the jar");
      }
      String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      return html.replace("<!-- curve -->", picture(points));
    }
  }

  /** The part of the page that changes. */
  static String picture(List<LearningCurve.Point> points) {
    String summary = "waiting for the first evaluation";
    if (!points.isEmpty()) {
      LearningCurve.Point last = points.get(points.size() - 1);
      summary =
          String.format(
              Locale.ROOT,
              "<b>%.1f</b> mean return of the newest evaluation &middot; %d training episodes"
                  + " &middot; %.1f s",
              last.mean(),
              last.episodes(),
              last.seconds());
    }
    return "<p>" + summary + "</p>\n" + LearningCurve.svg(points);
  }

  private static String csv(List<LearningCurve.Point> points) {
    StringBuilder csv = new StringBuilder("episodes,seconds,mean_return\n");
    for (LearningCurve.Point p : points) {
      csv.append(String.format(Locale.ROOT, "%d,%.3f,%.1f%n", p.episodes(), p.seconds(), p.mean()));
    }
    return csv.toString();
  }
}
