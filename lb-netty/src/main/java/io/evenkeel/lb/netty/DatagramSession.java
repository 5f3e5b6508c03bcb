package io.evenkeel.lb.netty;

import io.evenkeel.lb.Lease;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.Refusal;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.UdpFrontendConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one client and the answers to them. It owns the socket to the server and the server's lease. Between a server that was
 * lost and the client's next datagram it has neither. Used by its loop's thread alone.
 */
final class DatagramSession extends DatagramEntry
        implements ServerDatagramSocket.Reader, PickRequest, Runnable {
    /** After this many answers the loop's other sockets get their turn. */
    private static final int MAX_ANSWERS_IN_A_ROW = 16;

    private static final int EMSGSIZE_NEGATIVE = -90;
    private static final int ECONNREFUSED_NEGATIVE = -111;

    private final DatagramRelay relay;
    private final DatagramListenSocket way;
    private final Lease lease = new Lease();
    private @Nullable ServerDatagramSocket socket;
    private @Nullable Upstream upstream;
    private @Nullable Server refusing;
    private long balanceKey;
    private long sentNanos;
    private long requests;
    private long responses;
    private boolean answered;
    private boolean awaitsTurn;

    /**
     * @param way where its answers leave
     */
    DatagramSession(
            DatagramRelay relay,
            DatagramListenSocket way,
            InetSocketAddress client,
            InetAddress local) {
        super(client, local);
        this.relay = relay;
        this.way = way;
    }

    @Override
    public long balanceKey() {
        return balanceKey;
    }

    @Override
    public List<Server> avoided() {
        Server refused = refusing;
        return refused == null ? List.of() : List.of(refused);
    }

    /** Passes a datagram of its client on, to another server if its own is no longer there. */
    void fromClient(ByteBuffer datagram, long nowNanos) {
        if (socket != null && isServerGone()) {
            disconnect();
        }
        DatagramDrop drop = socket == null ? connect(datagram, nowNanos) : null;
        if (drop == null) {
            try {
                drop = send(datagram);
            } catch (IOException e) {
                drop = sendAgain(datagram, e, nowNanos);
            }
        }
        if (drop != null) {
            relay.counters().drop(drop);
        } else {
            relay.counters().toServers.increment();
            if (++requests == relay.config().requests()) {
                relay.hide(this);
            }
            sentNanos = nowNanos;
        }
        // Without a server it stays only to remember which one not to ask again.
        if (socket == null ? refusing == null : isFinished()) {
            relay.end(this);
        }
    }

    private @Nullable DatagramDrop send(ByteBuffer datagram) throws IOException {
        ServerDatagramSocket connected = socket;
        return connected != null && connected.send(datagram) ? null : DatagramDrop.SERVER_BUSY;
    }

    /** An error that an earlier datagram has met is told instead of sending this one. */
    private @Nullable DatagramDrop sendAgain(
            ByteBuffer datagram, IOException error, long nowNanos) {
        if (isUnreachable(error)) {
            onRefused();
            DatagramDrop drop = connect(datagram, nowNanos);
            if (drop != null) {
                return drop;
            }
        }
        try {
            return send(datagram);
        } catch (IOException e) {
            return DatagramDrop.ERROR;
        }
    }

    private boolean isServerGone() {
        Server server = lease.server();
        Upstream its = upstream;
        return its == null
                || its != relay.upstream()
                || server.isRemoved()
                || !server.isUp() && !its.backend().pool().isFailOpen();
    }

    private @Nullable DatagramDrop connect(ByteBuffer datagram, long nowNanos) {
        Upstream target = relay.upstream();
        balanceKey = relay.balanceKey(this, datagram);
        if (!target.backend().pick(this, nowNanos, lease)) {
            return target.backend().refusal() == Refusal.ALL_FULL
                    ? DatagramDrop.SERVERS_FULL
                    : DatagramDrop.NO_SERVER;
        }
        upstream = target;
        Server server = lease.server();
        InetSocketAddress address = target.addresses().find(server);
        if (address == null) {
            disconnect();
            return DatagramDrop.NO_ADDRESS;
        }
        try {
            socket = relay.connect(address, this);
        } catch (IOException | ChannelException e) {
            if (!DatagramRelay.isShortage(e)) {
                onRefused();
                return DatagramDrop.ERROR;
            }
            disconnect();
            return DatagramDrop.RESOURCES;
        }
        // As far as a datagram socket can be.
        lease.connected(nowNanos);
        answered = false;
        return null;
    }

    /** Goes on when the loop's other sockets had their turn. */
    @Override
    public void run() {
        awaitsTurn = false;
        onReadable();
    }

    @Override
    public void onReadable() {
        if (awaitsTurn) {
            return;
        }
        try {
            receiveSome();
        } catch (IOException e) {
            onRefused();
            if (!findable) {
                relay.end(this);
            }
        } catch (Throwable e) {
            relay.onBug(this, e);
        }
    }

    private void receiveSome() throws IOException {
        for (int i = 0; i < MAX_ANSWERS_IN_A_ROW; i++) {
            ServerDatagramSocket from = socket;
            ByteBuffer scratch = relay.scratch();
            try {
                if (from == null || !from.receive(scratch)) {
                    return;
                }
            } catch (IOException e) {
                if (!isTooLong(e)) {
                    throw e;
                }
                continue;
            }
            fromServer(scratch.flip(), System.nanoTime());
        }
        awaitsTurn = true;
        relay.later(this);
    }

    private void fromServer(ByteBuffer datagram, long nowNanos) {
        UdpCounters counters = relay.counters();
        counters.fromServers.increment();
        if (!answered) {
            answered = true;
            refusing = null;
            Upstream its = upstream;
            if (its != null) {
                its.observe(lease.server(), true);
            }
            lease.observeLatency(nowNanos - sentNanos, nowNanos);
        }
        try {
            if (way.send(datagram, client)) {
                counters.toClients.increment();
            } else {
                counters.drop(DatagramDrop.CLIENT_BUSY);
            }
        } catch (IOException e) {
            counters.drop(DatagramDrop.ERROR);
        }
        responses++;
        relay.touch(this, nowNanos);
        if (isFinished()) {
            relay.end(this);
        }
    }

    /** Whether as many answers have come as are expected, and no more datagrams of the client are. */
    private boolean isFinished() {
        UdpFrontendConfig config = relay.config();
        return config.responses() != UdpFrontendConfig.ANY_NUMBER
                && requests >= config.requests()
                && responses >= config.responses() * requests;
    }

    private static boolean isUnreachable(IOException error) {
        return error instanceof PortUnreachableException
                || error instanceof Errors.NativeIoException e
                        && e.expectedErr() == ECONNREFUSED_NEGATIVE;
    }

    /**
     * Whether an earlier datagram was longer than the path to the server takes (EMSGSIZE, by ICMP), which says nothing about the server. The
     * kernel remembers that, and sends the next one in fragments. The JDK tells it in words only.
     */
    private static boolean isTooLong(IOException error) {
        return error instanceof Errors.NativeIoException e
                ? e.expectedErr() == EMSGSIZE_NEGATIVE
                : String.valueOf(error.getMessage()).contains("Message too long");
    }

    /** Its server's port is unreachable, which is like a failed connect. The client's next datagram goes to another server, if there is one. */
    private void onRefused() {
        Upstream its = upstream;
        Server server = lease.server();
        disconnect();
        refusing = server;
        relay.counters().refused.increment();
        if (its != null) {
            its.observe(server, false);
        }
    }

    /** Gives back what it holds of a server. */
    void disconnect() {
        ServerDatagramSocket connected = socket;
        if (connected != null) {
            socket = null;
            connected.close();
        }
        upstream = null;
        requests = 0;
        responses = 0;
        lease.close(System.nanoTime());
    }
}
