package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VrrpVersion;
import org.jspecify.annotations.Nullable;

/** Reads the number of a protocol version. */
final class Versions {
    private Versions() {}

    /** Returns the version, or reports why there is none and returns null. */
    static @Nullable VrrpVersion read(Statement statement, BlockReader reader) {
        Integer number = reader.whole(statement, 2, 3);
        if (number == null) {
            return null;
        }
        return number == 2 ? VrrpVersion.V2 : VrrpVersion.V3;
    }
}
