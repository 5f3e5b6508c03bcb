package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.Nullable;

/** A file that an include names: what is in it, or why it cannot be read. */
public final class IncludedFile {
    private final String name;
    private final byte[] bytes;
    private final @Nullable String problem;

    private IncludedFile(String name, byte[] bytes, @Nullable String problem) {
        this.name = name;
        this.bytes = bytes;
        this.problem = problem;
    }

    /**
     * A file that was read.
     *
     * @param name the name to show in problems; relative includes in it are resolved against it
     * @param bytes what is in it, copied
     */
    public static IncludedFile of(String name, byte[] bytes) {
        return new IncludedFile(name, bytes.clone(), null);
    }

    /**
     * A file that is there and cannot be read.
     *
     * @param why the end of a sentence, such as "it may not be read by this user"
     */
    public static IncludedFile unreadable(String name, String why) {
        return new IncludedFile(name, new byte[0], why);
    }

    /** Returns the name to show in problems. */
    public String name() {
        return name;
    }

    /** Returns what is in the file; empty when it cannot be read. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns why it cannot be read, or null when it was. */
    public @Nullable String problem() {
        return problem;
    }
}
