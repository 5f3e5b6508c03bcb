package io.evenkeel.vrrp.keepalived;

/**
 * Something a configuration file says that cannot be done, or is done differently.
 *
 * @param file the name the file was read under, as it is to be shown
 * @param line the line, counted from 1
 * @param message one sentence: what is wrong, and what would be right
 */
public record ConfigProblem(String file, int line, String message) {

    /** Returns {@code FILE:LINE: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
