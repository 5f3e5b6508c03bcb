package io.evenkeel.lb.peers;

import java.util.List;

/**
 * How a peer that has connected says who it is: three lines.
 *
 * @param remote whom it takes the other for
 * @param local its own name
 * @param processId of its process
 * @param relativeId of that process among several of one configuration
 */
record PeerHello(String remote, String local, long processId, long relativeId) {
    static final String PROTOCOL = "HAProxyS";
    static final String VERSION = "2.1";
    static final int LINES = 3;

    /** Of all versions 2 the messages are the same; what is new is left out by those that do not know it. */
    static boolean isVersionKnown(String version) {
        return version.startsWith("2.");
    }

    String text() {
        return PROTOCOL
                + " "
                + VERSION
                + "\n"
                + remote
                + "\n"
                + local
                + " "
                + processId
                + " "
                + relativeId
                + "\n";
    }

    /** Of lines of which the first was looked at already. */
    static PeerHello of(List<String> lines) {
        String[] words = lines.get(2).split(" ", -1);
        if (words.length < 2) {
            throw new PeerProtocolException("the third line of a hello has no process");
        }
        return new PeerHello(
                lines.get(1), words[0], number(words[1]), words.length < 3 ? 0 : number(words[2]));
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new PeerProtocolException("a hello has '" + word + "' where a number belongs");
        }
    }
}
