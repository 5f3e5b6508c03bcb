package io.evenkeel.vrrp.keepalived;

import java.util.List;

/** Reads the options of one line of {@code unicast_peer}. */
final class PeerReader extends BlockReader {
    private static final int MAX_TTL = 255;

    private int minTtl;
    private int maxTtl = MAX_TTL;

    PeerReader(Statement line, Findings findings) {
        super(Vocabularies.UNICAST_PEER, findings);
        int i = 0;
        while (i < line.argumentCount()) {
            Statement option = new Statement(line.argumentToken(i++));
            if (i < line.argumentCount()) {
                option.addArgument(line.argumentToken(i++));
            }
            walk(List.of(option));
        }
        if (line.hasBlock()) {
            findings.error(line.place(), "'" + line.name() + "' takes no block; remove the braces");
        }
    }

    @Override
    void read(Statement statement) {
        Integer ttl = whole(statement, 0, MAX_TTL);
        if (ttl == null) {
            return;
        }
        if (statement.name().equals("min_ttl")) {
            minTtl = ttl;
        } else {
            maxTtl = ttl;
        }
    }

    int minTtl() {
        return minTtl;
    }

    int maxTtl() {
        return maxTtl;
    }

    /** Whether there is a limit, which rules out whoever is no peer. */
    boolean limited() {
        return placeOf("min_ttl") != null || placeOf("max_ttl") != null;
    }
}
