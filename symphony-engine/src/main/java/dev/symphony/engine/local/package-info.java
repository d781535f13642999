/** The backend that needs nothing installed: detached processes of this host. */
@NullMarked
package dev.symphony.engine.local;

import org.jspecify.annotations.NullMarked;
