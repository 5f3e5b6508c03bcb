package io.evenkeel.lb;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A key to look up, in the form that the tables of its type have. It is filled again and again, so that a lookup allocates nothing.
 * Not thread-safe: one for each thread, or for each connection.
 */
public final class StickKeyBuffer {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX = IPV6_BYTES - IPV4_BYTES;

    private final StickKeyType type;
    private final byte[] bytes;
    private int length;

    /** An empty buffer for the keys of that type. */
    public StickKeyBuffer(StickKeyType type) {
        this.type = Objects.requireNonNull(type, "type");
        bytes = new byte[type.length()];
    }

    /** What it is for. */
    public StickKeyType type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Takes an address.
     *
     * @param address of 4 or 16 bytes, as {@code InetAddress.getAddress()} gives it
     * @return false if no key of the type is made of it: an IPv6 address that stands for no IPv4 address where the type is {@link
     *     StickKeyType.Kind#IP}, or any where it is {@link StickKeyType.Kind#INTEGER} or {@link StickKeyType.Kind#STRING}
     */
    public boolean setAddress(byte[] address) {
        boolean four = address.length == IPV4_BYTES;
        if (!four && address.length != IPV6_BYTES) {
            throw new IllegalArgumentException(
                    "An address has 4 or 16 bytes, not " + address.length);
        }
        switch (type.kind()) {
            case IP -> {
                if (!four && !isMapped(address)) {
                    return false;
                }
                System.arraycopy(address, four ? 0 : MAPPED_PREFIX, bytes, 0, IPV4_BYTES);
                length = IPV4_BYTES;
                return true;
            }
            case IPV6 -> {
                if (four) {
                    map(address);
                } else {
                    System.arraycopy(address, 0, bytes, 0, IPV6_BYTES);
                }
                length = IPV6_BYTES;
                return true;
            }
            case BINARY -> {
                setBytes(address, 0, address.length);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void map(byte[] four) {
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            bytes[i] = 0;
        }
        bytes[MAPPED_PREFIX - 2] = -1;
        bytes[MAPPED_PREFIX - 1] = -1;
        System.arraycopy(four, 0, bytes, MAPPED_PREFIX, IPV4_BYTES);
    }

    static boolean isMapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[MAPPED_PREFIX - 2] == -1 && address[MAPPED_PREFIX - 1] == -1;
    }

    /**
     * Takes a number.
     *
     * @param value of 32 bits, without sign
     * @return false if the type is made of addresses
     */
    public boolean setInteger(int value) {
        switch (type.kind()) {
            case INTEGER -> {
                put(value);
                length = IPV4_BYTES;
                return true;
            }
            case STRING -> {
                putDecimal(Integer.toUnsignedLong(value));
                return true;
            }
            case BINARY -> {
                if (bytes.length < IPV4_BYTES) {
                    return false;
                }
                put(value);
                pad(IPV4_BYTES);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void put(int value) {
        for (int i = 0; i < IPV4_BYTES; i++) {
            bytes[i] = (byte) (value >>> 8 * (IPV4_BYTES - 1 - i));
        }
    }

    private void putDecimal(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = digits - 1; i >= 0; i--, rest /= 10) {
            if (i < bytes.length) {
                bytes[i] = (byte) ('0' + rest % 10);
            }
        }
        length = Math.min(digits, bytes.length);
    }

    /**
     * Takes a text, cut to the type's length as UTF-8. Text beyond ASCII allocates.
     *
     * @return false if it is empty, or the type is neither {@link StickKeyType.Kind#STRING} nor {@link StickKeyType.Kind#BINARY}
     */
    public boolean setText(String text) {
        if (text.isEmpty() || !takesBytes()) {
            return false;
        }
        int count = Math.min(text.length(), bytes.length);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                return setBytes(encoded, 0, encoded.length);
            }
            bytes[i] = (byte) c;
        }
        pad(count);
        return true;
    }

    /**
     * Takes bytes, cut to the type's length.
     *
     * @return false if there are none, or the type is neither {@link StickKeyType.Kind#STRING} nor {@link StickKeyType.Kind#BINARY}
     */
    public boolean setBytes(byte[] source, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        if (count == 0 || !takesBytes()) {
            return false;
        }
        int taken = Math.min(count, bytes.length);
        System.arraycopy(source, offset, bytes, 0, taken);
        pad(taken);
        return true;
    }

    private boolean takesBytes() {
        return type.kind() == StickKeyType.Kind.STRING || type.kind() == StickKeyType.Kind.BINARY;
    }

    /** A binary key has all its bytes. */
    private void pad(int from) {
        length = from;
        if (type.kind() == StickKeyType.Kind.BINARY) {
            for (int i = from; i < bytes.length; i++) {
                bytes[i] = 0;
            }
            length = bytes.length;
        }
    }

    /**
     * Takes a key.
     *
     * @throws IllegalArgumentException if it is of another type
     */
    public void setKey(StickKey key) {
        if (!key.type().equals(type)) {
            throw new IllegalArgumentException(
                    "A key of type " + key.type() + " is none of type " + type);
        }
        length = key.copyTo(bytes);
    }

    /**
     * A copy of what it holds.
     *
     * @throws IllegalStateException if it was never filled
     */
    public StickKey toKey() {
        if (length == 0) {
            throw new IllegalStateException("There is no key in the buffer yet; fill it first");
        }
        return new StickKey(type, bytes, length);
    }

    /** The key as people write it. */
    @Override
    public String toString() {
        return length == 0 ? "no key" : toKey().toString();
    }
}
