/**
 * Two small distributed programs that show processes talking to each other, plain and in groups.
 *
 * <p>{@link dev.symphony.example.casestudies.RingMember} passes greetings around in a ring. {@link
 * dev.symphony.example.casestudies.Integration} computes an integral with a tree of processes.
 */
@NullMarked
package dev.symphony.example.casestudies;

import org.jspecify.annotations.NullMarked;
