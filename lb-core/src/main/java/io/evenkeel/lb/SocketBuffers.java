package io.evenkeel.lb;

/**
 * How much the system may hold for a TCP connection, besides what the proxy holds itself. What is not said is as the system has it ({@code
 * net.ipv4.tcp_rmem}, {@code net.ipv4.tcp_wmem}: buffers that grow to megabytes where that makes a connection faster).
 *
 * @param receiveBytes what has arrived and was not read (SO_RCVBUF, which Linux doubles for its own overhead); fixed, so that it limits the
 *     throughput of long ways too; 0: the system's
 * @param sendBytes what was written and is not acknowledged (SO_SNDBUF, doubled likewise); fixed, as above; 0: the system's
 * @param unsentBytes what was written and not even sent, since the peer or the way takes no more (TCP_NOTSENT_LOWAT); does not limit the
 *     throughput; 0: the system's
 */
public record SocketBuffers(int receiveBytes, int sendBytes, int unsentBytes) {
    /** All as the system has it. */
    public static final SocketBuffers SYSTEM = new SocketBuffers(0, 0, 0);

    /**
     * That of clients if nothing else is said: 128 KiB unsent. A client that reads slowly then costs the system a few hundred KiB, not up to 4
     * MiB.
     */
    public static final SocketBuffers OF_CLIENTS = new SocketBuffers(0, 0, 128 * 1024);

    /**
     * Checks all three.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public SocketBuffers {
        Problems problems = new Problems("buffers");
        problems.atLeast("receiveBytes", receiveBytes, 0);
        problems.atLeast("sendBytes", sendBytes, 0);
        problems.atLeast("unsentBytes", unsentBytes, 0);
        problems.throwIfAny();
    }
}
