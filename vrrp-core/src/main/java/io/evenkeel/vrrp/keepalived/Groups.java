package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpAddress;
import org.jspecify.annotations.Nullable;

/** Reads multicast groups. */
final class Groups {
    private Groups() {}

    /** Returns the group, or reports why there is none and returns null. */
    static @Nullable IpAddress read(Statement statement, BlockReader reader) {
        String text = statement.argument(0);
        IpAddress group = null;
        try {
            group = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            // Said below, together with what would be right.
        }
        boolean linkLocal = group != null && (group.isIpv4() || (group.high() >>> 48 & 0xf) == 2);
        if (group == null || !group.isMulticast() || !linkLocal) {
            reader.findings()
                    .error(
                            statement.place(),
                            "'"
                                    + statement.name()
                                    + "' is '"
                                    + text
                                    + "'; it must be a multicast address of 224.0.0.0/4, or a link-local one such as"
                                    + " ff02::12");
            return null;
        }
        return group;
    }
}
