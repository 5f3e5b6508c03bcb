package io.evenkeel.lb.peers;

/**
 * What a table's entries have at one place.
 *
 * @param type what it is
 * @param count how many values; 1 if it is not an array
 * @param periodMillis over which a rate is measured; 0 if it is none
 */
record PeerField(PeerDataType type, int count, long periodMillis) {}
