package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.image.Image;
import dev.symphony.image.internal.registry.Reference;

/**
 * The image below, for one platform.
 *
 * @param reference its name with the digest that the platform's manifest has
 * @param image what it consists of
 */
record BaseImage(Reference reference, Image image) {}
