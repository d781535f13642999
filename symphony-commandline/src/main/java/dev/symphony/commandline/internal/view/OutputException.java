package dev.symphony.commandline.internal.view;

import dev.symphony.engine.SymphonyException;
import org.jspecify.annotations.Nullable;

/** Standard output cannot be written, as on a full disk. */
public final class OutputException extends SymphonyException {
  private static final long serialVersionUID = 1L;

  OutputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
