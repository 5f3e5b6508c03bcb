package io.evenkeel.lb;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key of a {@link StickTable}: an immutable value, for people and for other nodes. */
public final class StickKey {
    private final StickKeyType type;
    private final byte[] bytes;

    StickKey(StickKeyType type, byte[] source, int length) {
        this.type = type;
        bytes = Arrays.copyOf(source, length);
    }

    /**
     * The key that people write so: {@code 192.0.2.1}, {@code 2001:db8::1}, {@code 443}, a text, or the hexadecimal digits of a
     * binary key.
     *
     * @throws IllegalArgumentException if it is no key of that type
     */
    public static StickKey parse(StickKeyType type, String text) {
        return StickKeyText.parse(type, text);
    }

    /**
     * The key of these bytes, as {@link #toBytes} gives them.
     *
     * @throws IllegalArgumentException if no key of that type has so many bytes
     */
    public static StickKey of(StickKeyType type, byte[] bytes) {
        boolean text = type.kind() == StickKeyType.Kind.STRING;
        boolean fits =
                text
                        ? bytes.length > 0 && bytes.length <= type.length()
                        : bytes.length == type.length();
        if (!fits) {
            throw new IllegalArgumentException(
                    "No key of type " + type + " has " + bytes.length + " bytes");
        }
        return new StickKey(type, bytes, bytes.length);
    }

    /** What it is a key of. */
    public StickKeyType type() {
        return type;
    }

    /** A copy of the bytes, the most significant first. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    byte[] bytes() {
        return bytes;
    }

    int copyTo(byte[] target) {
        System.arraycopy(bytes, 0, target, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StickKey that
                && type.equals(that.type)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, Hash64.of(bytes, 0));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return StickKeyText.format(type, bytes);
    }
}
