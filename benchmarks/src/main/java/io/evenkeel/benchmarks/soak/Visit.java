package io.evenkeel.benchmarks.soak;

import java.util.Locale;
import java.util.Random;

/**
 * A client's connection, before it is made.
 *
 * @param id its number
 * @param door the frontend
 * @param manner how the client behaves
 * @param length how many bytes of payload
 * @param part how many of them are sent by those who do not send all
 * @param source the last octet of the client's address
 */
record Visit(long id, Door door, Manner manner, int length, int part, int source) {
    private static final int SOURCES = 200;
    private static final int LITTLE = 16 * 1024;
    private static final int MUCH = 1024 * 1024;

    /** The same random numbers make the same visit. */
    static Visit draw(long id, Random random) {
        Door door = door(random.nextInt(100));
        Manner manner = manner(random.nextInt(100));
        if (door == Door.DATAGRAMS) {
            // They have no ends that could be otherwise.
            manner = Manner.EXCHANGE;
        }
        boolean much = manner.downloads() ? random.nextInt(4) == 0 : random.nextInt(100) == 0;
        int length = 1 + random.nextInt(much ? MUCH : LITTLE);
        if (manner == Manner.SLOW_READER) {
            length += 256 * 1024;
        }
        return new Visit(
                id, door, manner, length, random.nextInt(length), 1 + random.nextInt(SOURCES));
    }

    private static Door door(int percent) {
        int left = percent;
        for (Door door : Door.values()) {
            left -= door.share();
            if (left < 0) {
                return door;
            }
        }
        throw new IllegalStateException("The shares of doors are not 100 together.");
    }

    private static Manner manner(int percent) {
        int left = percent;
        for (Manner manner : Manner.values()) {
            left -= manner.share();
            if (left < 0) {
                return manner;
            }
        }
        throw new IllegalStateException("The shares of manners are not 100 together.");
    }

    @Override
    public String toString() {
        return "%s client %d of %s, %d bytes"
                .formatted(
                        manner.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        id,
                        door.frontend(),
                        length);
    }
}
