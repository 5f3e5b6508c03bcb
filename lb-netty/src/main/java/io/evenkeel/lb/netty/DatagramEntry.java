package io.evenkeel.lb.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A place in {@link DatagramSessions}. Used by one thread alone. */
abstract class DatagramEntry {
    final InetSocketAddress client;

    /** Where the client's datagrams arrive. */
    final InetAddress local;

    long hash;
    long lastNanos;
    boolean listed;
    boolean findable;
    @Nullable DatagramEntry nextOfBucket;
    @Nullable DatagramEntry older;
    @Nullable DatagramEntry newer;

    DatagramEntry(InetSocketAddress client, InetAddress local) {
        this.client = client;
        this.local = local;
    }
}
