package io.evenkeel.lb.peers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a peer answers to a hello. */
enum PeerStatus {
    SUCCEEDED(200),
    TRY_AGAIN(300),
    PROTOCOL_ERROR(501),
    BAD_VERSION(502),
    LOCAL_NAME_MISMATCH(503),
    REMOTE_NAME_MISMATCH(504);

    private final int code;

    PeerStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    String line() {
        return code + "\n";
    }

    /** Null if there is none of that code. */
    static @Nullable PeerStatus of(String line) {
        for (PeerStatus status : values()) {
            if (line.equals(Integer.toString(status.code))) {
                return status;
            }
        }
        return null;
    }

    /** For people: {@code 503 (local name mismatch)}. */
    @Override
    public String toString() {
        return code + " (" + name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
