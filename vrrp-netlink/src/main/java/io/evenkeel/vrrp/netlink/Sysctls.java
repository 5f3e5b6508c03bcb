package io.evenkeel.vrrp.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the kernel below {@code /proc/sys/net}, for those that rtnetlink does not have. They are those of the network namespace
 * of the calling thread.
 */
final class Sysctls {
    private static final Path PROC = Path.of("/proc/sys/net");

    private final Path root;

    /**
     * @param root the directory that stands for {@code /proc/sys/net}
     */
    Sysctls(Path root) {
        this.root = root;
    }

    static Sysctls ofKernel() {
        return new Sysctls(PROC);
    }

    /**
     * The value of a setting, null if there is none or it is no number.
     *
     * @param family {@code ipv4} or {@code ipv6}
     * @param interfaceName an interface, {@code all} or {@code default}
     */
    @Nullable Integer get(String family, String interfaceName, String setting) {
        try {
            return Integer.valueOf(
                    Files.readString(
                                    path(family, interfaceName, setting), StandardCharsets.US_ASCII)
                            .strip());
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** Sets a value unless it is there already; returns why that was not possible, or null. */
    @Nullable String set(String family, String interfaceName, String setting, int value) {
        Integer now = get(family, interfaceName, setting);
        if (now == null || now == value) {
            return null;
        }
        try {
            Files.writeString(
                    path(family, interfaceName, setting),
                    Integer.toString(value),
                    StandardCharsets.US_ASCII);
            return null;
        } catch (IOException e) {
            return "net."
                    + family
                    + ".conf."
                    + interfaceName
                    + "."
                    + setting
                    + " is "
                    + now
                    + " and cannot be set to "
                    + value
                    + " ("
                    + e.getMessage()
                    + ")";
        }
    }

    private Path path(String family, String interfaceName, String setting) {
        return root.resolve(family).resolve("conf").resolve(interfaceName).resolve(setting);
    }
}
