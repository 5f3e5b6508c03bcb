package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * What a virtual router knows of another one that it has heard.
 *
 * @param address the address that it sends from
 * @param accepted its advertisements that were taken
 * @param lastAcceptedNanos when the last of them arrived; 0 if none was taken
 * @param priority the priority of the last one taken, 0..255
 * @param checksumForm what its checksum covered
 * @param rejected its packets that were dropped
 * @param lastRejection why the last of them was dropped, or null if none was
 */
public record PeerSnapshot(
        IpAddress address,
        long accepted,
        long lastAcceptedNanos,
        int priority,
        ChecksumForm checksumForm,
        long rejected,
        @Nullable PacketRejection lastRejection) {}
