package dev.symphony.kube.internal.spec;

import dev.symphony.engine.SymphonyException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as Kubernetes writes them: {@code 500m}, {@code 2}, {@code 1.5Gi}, {@code 1e3}. */
public final class Quantity {
  private static final Pattern SYNTAX =
      Pattern.compile("\\+?([0-9]+\\.?[0-9]*|\\.[0-9]+)(m|k|Ki|[MGTPE]i?|[eE]([+-]?[0-9]{1,2}))?");
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", BigDecimal.TEN.pow(3)),
          Map.entry("M", BigDecimal.TEN.pow(6)),
          Map.entry("G", BigDecimal.TEN.pow(9)),
          Map.entry("T", BigDecimal.TEN.pow(12)),
          Map.entry("P", BigDecimal.TEN.pow(15)),
          Map.entry("E", BigDecimal.TEN.pow(18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Quantity() {}

  /**
   * What an amount is worth, in processors or bytes.
   *
   * @throws SymphonyException that says how to write one
   */
  public static BigDecimal parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new SymphonyException(
          "'" + text + "' is no amount; write it as Kubernetes does, such as 500m, 2, 1.5 or 4Gi");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String unit = matcher.group(2);
    String exponent = matcher.group(3);
    if (exponent != null) {
      return number.scaleByPowerOfTen(Integer.parseInt(exponent));
    }
    return unit == null ? number : number.multiply(FACTORS.getOrDefault(unit, BigDecimal.ONE));
  }

  /** As Kubernetes reads it: a text as it is, a number without an exponent. */
  public static String text(Object amount) {
    return amount instanceof Double || amount instanceof Float
        ? BigDecimal.valueOf(((Number) amount).doubleValue()).stripTrailingZeros().toPlainString()
        : String.valueOf(amount);
  }
}
