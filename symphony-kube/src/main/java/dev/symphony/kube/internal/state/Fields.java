package dev.symphony.kube.internal.state;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Steps through the fields of JSON objects; each stands on a value's first token when called and on
 * its last when it returns.
 */
final class Fields {
  private Fields() {}

  /** Into an object and to its first field; its name, or null for none. */
  static @Nullable String first(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    return next(json);
  }

  /** To the value of the next field; its name, or null at the object's end. */
  static @Nullable String next(JsonParser json) {
    String name = json.nextName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }

  static @Nullable String text(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  static String word(JsonParser json) {
    String text = text(json);
    return text == null ? "" : text;
  }

  static @Nullable String filled(JsonParser json) {
    String text = text(json);
    if (text == null) {
      return null;
    }
    String trimmed = text.strip();
    return trimmed.isEmpty() ? null : trimmed;
  }
}
