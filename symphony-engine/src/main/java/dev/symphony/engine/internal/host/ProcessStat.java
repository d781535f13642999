package dev.symphony.engine.internal.host;

/**
 * One process as the kernel's table of processes shows it.
 *
 * @param pid its number
 * @param ppid the number of its parent
 * @param session the number of its session, which is the pid of the process that began it
 * @param tty the device number of its terminal, 0 without one; where only {@code ps} tells, 1
 *     stands for any terminal
 * @param startTime when it started, the second half of its identity: a pid is given again, pid and
 *     start time never in one boot. In clock ticks (hundredths of a second) since boot from {@code
 *     /proc}, in seconds since 1970 from {@code ps}
 * @param state one letter: R, S, D, T, Z and so on
 * @param ended whether nothing of it runs any more: it only waits to be collected by its parent
 */
public record ProcessStat(
    int pid, int ppid, int session, int tty, long startTime, char state, boolean ended) {}
