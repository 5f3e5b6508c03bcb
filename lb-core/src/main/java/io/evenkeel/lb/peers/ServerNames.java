package io.evenkeel.lb.peers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of servers that were told in one direction of a connection, which from then on are told as numbers. Not thread-safe. */
final class ServerNames {
    /** Numbers are from 1 to this. */
    static final int MOST = 128;

    private final @Nullable String[] heard = new String[MOST + 1];
    private final Map<String, Integer> told = new LinkedHashMap<>(16, 0.75f, true);

    /** Tells a name, or none. */
    void write(PeerWriter out, @Nullable String name) {
        if (name == null) {
            out.number(0);
            return;
        }
        PeerWriter part = new PeerWriter();
        Integer known = told.get(name);
        if (known != null) {
            part.number(known);
        } else {
            int number = told.size() + 1;
            if (number > MOST) {
                String longestUnused = told.keySet().iterator().next();
                number = told.remove(longestUnused);
            }
            told.put(name, number);
            part.number(number).text(name.getBytes(StandardCharsets.UTF_8));
        }
        out.counted(part);
    }

    /** Hears a name; null if there is none. */
    @Nullable String read(PeerReader in) {
        PeerReader part = in.part(in.count());
        if (!part.hasMore()) {
            return null;
        }
        long number = part.number();
        if (number < 1 || number > MOST) {
            throw new PeerProtocolException("there is no server of number " + number);
        }
        if (part.hasMore()) {
            heard[(int) number] = part.text();
        }
        return heard[(int) number];
    }
}
