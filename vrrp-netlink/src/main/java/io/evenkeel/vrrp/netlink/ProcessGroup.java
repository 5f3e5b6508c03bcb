package io.evenkeel.vrrp.netlink;

import com.sun.jna.Native;

/** Ends a process with all that it started. */
final class ProcessGroup {
    private static final int SIGKILL = 9;

    private ProcessGroup() {}

    /**
     * Kills the process and its descendants, and, where it leads a process group of its own, whoever is in that: a process whose parent has
     * ended is no descendant any more.
     *
     * @param leads whether it was started as the leader of a group
     */
    static void kill(Process process, boolean leads) {
        var children = process.descendants().toList();
        if (leads) {
            // Fails only if nobody is left, or if it has not come to lead the group yet.
            Calls.kill((int) -process.pid(), SIGKILL);
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {}

        static native int kill(int pid, int signal);
    }
}
