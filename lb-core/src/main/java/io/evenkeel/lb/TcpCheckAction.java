package io.evenkeel.lb;

/** What a {@link TcpCheckRun} wants done. */
public sealed interface TcpCheckAction {
    /** Close the connection if there is one, open this one, and ask {@link TcpCheckRun#next} when it is there. */
    record Open(TcpConnect connect) implements TcpCheckAction {}

    /** Send the bytes and ask {@link TcpCheckRun#next}. */
    record Send(TcpSend send) implements TcpCheckAction {}

    /** Hand over what the server says with {@link TcpCheckRun#onBytes} and ask {@link TcpCheckRun#next}. */
    record Receive() implements TcpCheckAction {
        static final Receive MORE = new Receive();
    }

    /** Close the connection: the check is over. */
    record Finish(CheckResult result) implements TcpCheckAction {}
}
