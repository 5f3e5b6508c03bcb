package io.evenkeel.vrrp.netlink;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of nf_tables that drops what is sent to some addresses, changed as a whole. It ends with the connection, so also with a
 * process that is killed, if the kernel can do that. Used by one thread at a time.
 */
final class FilterTable {
    static final String NAME = "evenkeel";

    /** All but a configuration of hundreds of addresses fits into one batch. */
    static final int MOST_BYTES_OF_A_BATCH = 32 * 1024;

    private final NetlinkTransport transport;
    private final NetlinkReader reader;
    private String name = NAME;
    private boolean owned = true;
    private int sequence;
    private String explanation = "";

    FilterTable(NetlinkTransport transport) {
        this.transport = transport;
        reader = new NetlinkReader(transport.reply(), 0);
    }

    String name() {
        return name;
    }

    /** Whether the kernel removes the table when the process ends. */
    boolean isOwned() {
        return owned;
    }

    /** What the kernel said about what it refused last, empty if nothing. */
    String explanation() {
        return explanation;
    }

    /**
     * Makes the table. A kernel that removes no tables by itself may have one that a killed process has left behind, which is replaced:
     * nobody else may be using the name.
     *
     * @return 0 or a negated errno: EEXIST or EPERM if somebody else has a table of that name
     */
    int make(String newName, Map<FilterEntry, String> entries) {
        name = newName;
        owned = true;
        int result = fill(begin().addTable(true, true), entries);
        if (result == -Errno.EINVAL) {
            owned = false;
            result = replace(entries);
        }
        return result;
    }

    /**
     * Has other addresses in the table, which is there already or not; without any the table goes.
     *
     * @return 0 or a negated errno
     */
    int replace(Map<FilterEntry, String> entries) {
        // What is removed has to be there.
        FilterBatch batch = begin().addTable(owned, false).removeTable();
        return entries.isEmpty()
                ? execute(batch.end())
                : fill(batch.addTable(owned, false), entries);
    }

    /** Asks whether the kernel would make such a table, and makes none; returns 0 or a negated errno. */
    int tryOut() {
        name = NAME + "-trial";
        owned = true;
        int result = execute(begin().addTable(true, true).addRules());
        if (result == -Errno.EINVAL) {
            owned = false;
            result = execute(begin().addTable(false, true).addRules());
        }
        return result;
    }

    private int fill(FilterBatch batch, Map<FilterEntry, String> entries) {
        Map<FilterEntry, String> remaining = new LinkedHashMap<>(entries);
        int result = execute(batch.addRules().addEntries(remaining).end());
        while (result == 0 && !remaining.isEmpty()) {
            result = execute(begin().addEntries(remaining).end());
        }
        return result;
    }

    private FilterBatch begin() {
        return new FilterBatch(transport.request(), name, ++sequence);
    }

    private int execute(FilterBatch batch) {
        explanation = "";
        // The end has a number too.
        sequence = batch.last() + 1;
        transport.send(transport.request().position());
        while (true) {
            reader.reset(transport.reply(), transport.receive());
            while (reader.nextMessage()) {
                // What is older is left of a batch that was refused.
                if (reader.type() != Netlink.NLMSG_ERROR || reader.sequence() - batch.first() < 0) {
                    continue;
                }
                int result = reader.payloadInt(0);
                if (result < 0) {
                    explanation = reader.explanation();
                    return result;
                }
                if (reader.sequence() == batch.last()) {
                    return 0;
                }
            }
        }
    }
}
