package io.evenkeel.lb.netty;

import io.netty.channel.unix.Errors;
import java.net.BindException;

/** Tells a connect that failed for want of a local port from one that its server has to answer for. */
final class LocalPorts {
    private static final int EADDRNOTAVAIL_NEGATIVE = -99;

    private LocalPorts() {}

    /** Whether every local port is in use for that address of a server. */
    static boolean areUsedUp(Throwable failure) {
        return failure instanceof BindException
                || failure instanceof Errors.NativeIoException error
                        && error.expectedErr() == EADDRNOTAVAIL_NEGATIVE
                || String.valueOf(failure.getMessage()).contains("assign requested address");
    }

    /** Of a connect that could not even begin. */
    static TerminationCause causeOf(Throwable failure) {
        return areUsedUp(failure) ? TerminationCause.LOCAL_PORTS : TerminationCause.CONNECT_FAILED;
    }
}
