package io.evenkeel.vrrp.netlink;

/** A call of the operating system failed. The message names the call, the error and what to do. */
final class NativeCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    NativeCallException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
