package io.evenkeel.lb.haproxy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One row of the compatibility table: keywords that are treated alike.
 *
 * @param names one or two words each, such as {@code timeout client}
 * @param sections where they may stand
 * @param support what becomes of them
 * @param note the meaning, or what differs: the end of the sentence that the user reads
 */
record Keyword(List<String> names, Set<Section> sections, Support support, String note) {
    /** What becomes of a keyword. */
    enum Support {
        /** Has HAProxy's meaning. */
        SUPPORTED,
        /** Accepted with a warning, for nothing is lost by ignoring it. */
        IGNORED,
        /** Refused with a reason. */
        REFUSED
    }

    static Keyword of(String names, String sections, Support support, String note) {
        EnumSet<Section> where = EnumSet.noneOf(Section.class);
        for (char letter : sections.toCharArray()) {
            where.add(
                    switch (letter) {
                        case 'G' -> Section.GLOBAL;
                        case 'D' -> Section.DEFAULTS;
                        case 'F' -> Section.FRONTEND;
                        case 'L' -> Section.LISTEN;
                        case 'B' -> Section.BACKEND;
                        case 'S' -> Section.SERVER;
                        case 'R' -> Section.RESOLVERS;
                        case 'P' -> Section.PEERS;
                        case 'U' -> Section.UDP_LB;
                        default -> Section.BIND;
                    });
        }
        return new Keyword(Arrays.asList(names.split(", ")), Set.copyOf(where), support, note);
    }
}
