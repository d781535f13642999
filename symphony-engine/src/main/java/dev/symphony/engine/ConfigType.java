package dev.symphony.engine;

import dev.symphony.engine.ConfigFields.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a section into a project's own type.
 *
 * <p>The one place of the configuration that loads databind, and only once there is something to
 * turn.
 */
final class ConfigType implements ConfigFields.Handler {
  private final Class<?> type;

  ConfigType(Class<?> type) {
    this.type = type;
  }

  @Override
  public @Nullable Object parse(Object given, Origin origin) {
    if (type.isInstance(given)) {
      return given;
    }
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    try {
      return mapper.convertValue(given, type);
    } catch (JacksonException e) {
      throw new SymphonyException(
          "this is no " + type.getSimpleName() + ": " + way(e) + firstLine(e), e);
    }
  }

  private static String way(JacksonException e) {
    StringBuilder way = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      String name = step.getPropertyName();
      if (name == null) {
        way.append('[').append(step.getIndex()).append(']');
      } else {
        way.append(way.length() == 0 ? "" : ".").append(name);
      }
    }
    return way.length() == 0 ? "" : way.append(": ").toString();
  }

  private static String firstLine(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
