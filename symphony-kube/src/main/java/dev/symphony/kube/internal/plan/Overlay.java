package dev.symphony.kube.internal.plan;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An environment over one that many processes share, put together when it is looked through: 500
 * environments of 1,500 variables need not exist at once.
 */
final class Overlay extends AbstractMap<String, String> {
  private final Map<String, String> base;
  private final Map<String, String> own;

  Overlay(Map<String, String> base, Map<String, String> own) {
    this.base = base;
    this.own = own;
  }

  /** What is shared. */
  Map<String, String> base() {
    return base;
  }

  /** What is not; wins. */
  Map<String, String> own() {
    return own;
  }

  @Override
  public @Nullable String get(@Nullable Object variable) {
    String value = own.get(variable);
    return value != null ? value : base.get(variable);
  }

  @Override
  public boolean containsKey(@Nullable Object variable) {
    return own.containsKey(variable) || base.containsKey(variable);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    Map<String, String> all = new LinkedHashMap<>(base);
    all.putAll(own);
    return all.entrySet();
  }
}
