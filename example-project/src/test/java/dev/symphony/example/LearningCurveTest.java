package dev.symphony.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.symphony.example.LearningCurve.Point;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LearningCurveTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 30, 3000})
  void drawsEveryEvaluationInsideThePicture(int evaluations) throws Exception {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < evaluations; i++) {
      points.add(new Point(32 * i, 0.25 * i, 500.0 * i / evaluations));
    }
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(LearningCurve.svg(points))));
    var circles = svg.getElementsByTagName("circle");
    assertEquals(evaluations, circles.getLength());
    for (int i = 0; i < evaluations; i++) {
      Element circle = (Element) circles.item(i);
      double x = Double.parseDouble(circle.getAttribute("cx"));
      double y = Double.parseDouble(circle.getAttribute("cy"));
      assertTrue(x >= 52 && x <= 744 && y >= 16 && y <= 316, x + " " + y);
    }
    assertTrue(svg.getElementsByTagName("text").getLength() < 25, "too many labels");
  }
}
