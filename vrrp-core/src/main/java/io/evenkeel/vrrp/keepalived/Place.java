package io.evenkeel.vrrp.keepalived;

/**
 * Where something stands.
 *
 * @param line the line, counted from 1; what a variable stands for is on the line that uses it
 */
record Place(String file, int line) {

    /** Returns {@code line 3}, with the file where it is not the one that the reader has open. */
    String seenFrom(Place here) {
        return file.equals(here.file) ? "line " + line : "line " + line + " of " + file;
    }
}
