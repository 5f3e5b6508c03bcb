package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A VRRP router that runs as processes on a host of the LAN, which it shares with no other. */
interface RouterProcess {
    /** Starts it; it speaks soon after. */
    void start(RouterSettings settings) throws Exception;

    /** Has it change to other settings, or to the same, while it runs. */
    void reload(RouterSettings settings) throws Exception;

    /** Has it release its addresses and end, and waits for that. */
    void stop() throws Exception;

    /** Sends all its processes a signal, such as {@code KILL}; waits for their end if it is that. */
    void signal(String name) throws Exception;

    /** The interface whose hardware address answers for the addresses of that way. */
    String interfaceName(Way way);

    /** What it logged. */
    String log() throws Exception;

    /** Ends it, in whatever state it is. */
    void close() throws Exception;

    /** Sends these processes and those that they started a signal. */
    static void signal(String name, List<Process> processes) throws Exception {
        List<ProcessHandle> all =
                processes.stream()
                        .map(Process::toHandle)
                        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                        .toList();
        if (name.equals("KILL")) {
            // Or some see the others die first, and hand over or start them anew.
            send("STOP", all);
        }
        send(name, all);
        if (name.equals("KILL")) {
            for (ProcessHandle handle : all) {
                handle.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void send(String signal, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
