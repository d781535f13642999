package dev.symphony.engine.internal.data;

import dev.symphony.engine.SymphonyException;

/** Numbers as files spell them. */
final class Numbers {
  private Numbers() {}

  /** A number of JSON or a decimal one of YAML. */
  static DataNode node(boolean whole, String spelling, Place place) {
    return whole
        ? whole(spelling, spelling, 10, place)
        : number(Double.parseDouble(spelling), spelling, place);
  }

  static DataNode whole(String digits, String spelling, int radix, Place place) {
    try {
      return DataNode.whole(Long.parseLong(digits, radix), spelling, place);
    } catch (NumberFormatException e) {
      throw tooLarge(spelling, place);
    }
  }

  private static DataNode number(double number, String spelling, Place place) {
    if (Double.isInfinite(number)) {
      throw tooLarge(spelling, place);
    }
    return DataNode.number(number, spelling, place);
  }

  private static SymphonyException tooLarge(String spelling, Place place) {
    String shown = spelling.length() > 40 ? spelling.substring(0, 40) + "…" : spelling;
    return DataNode.nothing(place).problem("the number " + shown + " is too large");
  }
}
