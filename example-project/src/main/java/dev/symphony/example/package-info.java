/**
 * A distributed training that really learns, declared, launched and monitored with Symphony.
 *
 * <p>{@link dev.symphony.example.MyProject} is the command line and declares the experiment. The
 * workers know nothing of Symphony: each is an ordinary {@code main} that finds its peers in
 * environment variables.
 */
@NullMarked
package dev.symphony.example;

import org.jspecify.annotations.NullMarked;
