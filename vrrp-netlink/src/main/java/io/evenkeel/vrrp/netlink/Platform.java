package io.evenkeel.vrrp.netlink;

import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;

/** Whether this JVM runs where {@link JnaLibc} fits. */
final class Platform {
    private static final int CLOCK_MONOTONIC = 1;

    private Platform() {}

    static @Nullable String unavailabilityCause() {
        String system = System.getProperty("os.name", "unknown");
        if (!system.equals("Linux")) {
            return "Evenkeel's VRRP needs Linux; this is " + system + ".";
        }
        try {
            if (Native.POINTER_SIZE != 8) {
                return "Evenkeel's VRRP needs a 64-bit JVM; this one has pointers of "
                        + Native.POINTER_SIZE
                        + " bytes.";
            }
            try (NativeBuffer time = new NativeBuffer(Timespec.SIZE)) {
                Errno.check(
                        new JnaLibc().clockGettime(CLOCK_MONOTONIC, time.address()),
                        "clock_gettime(CLOCK_MONOTONIC)");
            }
            return null;
        } catch (LinkageError | RuntimeException e) {
            return "The C library cannot be called through JNA: "
                    + e
                    + ". Check that the temporary directory allows execution (-Djna.tmpdir) and that native access is not denied.";
        }
    }
}
