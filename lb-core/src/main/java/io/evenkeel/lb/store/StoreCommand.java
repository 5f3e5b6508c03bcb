package io.evenkeel.lb.store;

import java.util.List;

/** What a {@link StoreGroup} wants to be done with the store. */
public sealed interface StoreCommand {
    /**
     * Connect and subscribe; what is published is for {@link StoreGroup#heard} from then on. Then {@link StoreGroup#connected}.
     *
     * @param channel on which nodes tell each other
     */
    record Connect(String channel) implements StoreCommand {}

    /** Close what was connected, or is being connected. Nothing that it still brings is to be told. */
    record Disconnect() implements StoreCommand {}

    /**
     * Find entries. Then {@link StoreGroup#found}.
     *
     * @param cursor where to go on; {@code 0} is the beginning
     * @param pattern of their names, as {@code SCAN} takes it
     */
    record Scan(String cursor, String pattern) implements StoreCommand {}

    /**
     * Tell all nodes, this one too. Then {@link StoreGroup#published}.
     *
     * @param message what
     */
    record Publish(byte[] message) implements StoreCommand {}

    /**
     * Write a field of an entry and publish the message, both at once, unless what is there has a higher version; if it has the same, only
     * publish. The version is the first two words of a value. What has been removed ({@code r}) with a higher or the same version stays so,
     * and a removal takes away the fields of lower versions. Then {@link StoreGroup#written} or, if there is something else of that name,
     * {@link StoreGroup#refused}.
     *
     * @param number to be given back
     * @param key the whole name of the entry
     * @param field {@code s}, {@code c} or {@code r}
     * @param value of the field
     * @param remainingMillis after which the store may forget the entry at the earliest; a server and counts are not found any more once
     *     the longest of theirs is over, though a removal may be there still
     * @param message what to tell all nodes
     */
    record Write(
            long number,
            byte[] key,
            String field,
            String value,
            long remainingMillis,
            byte[] message)
            implements StoreCommand {}

    /**
     * An answer to {@link Scan}.
     *
     * @param cursor where to go on; {@code 0}: that was all
     * @param entries some, perhaps none; perhaps some that were there before
     */
    record Page(String cursor, List<StoredEntry> entries) {
        /** Makes the list immutable. */
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
