package io.evenkeel.examples.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a laboratory needs of the machine. */
final class Prerequisites {
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_NET_RAW = 13;
    private static final int CAP_SYS_ADMIN = 21;

    private Prerequisites() {}

    static @Nullable String unmet() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "Network namespaces exist on Linux only; this is "
                    + System.getProperty("os.name")
                    + ".";
        }
        String capability = missingCapability();
        if (capability != null) {
            return "Network namespaces need root; this process lacks " + capability + ".";
        }
        try {
            return trial();
        } catch (LabException e) {
            return "The ip command cannot make network namespaces here: " + e.getMessage();
        }
    }

    /** Makes what a laboratory is made of and removes it: containers refuse some of it. */
    private static @Nullable String trial() {
        String namespace = "ek" + ProcessHandle.current().pid() + "-trial";
        CommandResult added = Commands.run(List.of("ip", "netns", "add", namespace));
        if (!added.succeeded()) {
            return "ip netns add is refused here: " + added.output().strip();
        }
        try {
            CommandResult links =
                    Commands.run(
                            List.of("ip", "-n", namespace, "-batch", "-"),
                            "link add name b0 type bridge\nlink add name v0 type veth peer name v1\n");
            return links.succeeded()
                    ? null
                    : "Bridges and veth pairs are refused here: " + links.output().strip();
        } finally {
            Commands.run(List.of("ip", "netns", "del", namespace));
        }
    }

    private static @Nullable String missingCapability() {
        long effective = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    effective = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                }
            }
        } catch (IOException e) {
            return "a readable /proc/self/status";
        }
        if ((effective & (1L << CAP_SYS_ADMIN)) == 0) {
            return "CAP_SYS_ADMIN";
        }
        if ((effective & (1L << CAP_NET_ADMIN)) == 0) {
            return "CAP_NET_ADMIN";
        }
        return (effective & (1L << CAP_NET_RAW)) == 0 ? "CAP_NET_RAW" : null;
    }
}
