/** What the backends of one machine share: processes, ports, and which machine this is. */
@NullMarked
package dev.symphony.engine.internal.host;

import org.jspecify.annotations.NullMarked;
