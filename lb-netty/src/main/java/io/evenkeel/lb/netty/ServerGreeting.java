package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server whose connection it gets, where it is to be told. That belongs to connecting: a server that did not get the whole
 * header has not got a byte of the client's, so the connect may be tried again.
 */
final class ServerGreeting {
    private final ClientAddresses client;
    private final @Nullable ConnectionFacts facts;

    /**
     * @param facts what was found out of the connection, or null if nothing had to be
     */
    ServerGreeting(ClientAddresses client, @Nullable ConnectionFacts facts) {
        this.client = client;
        this.facts = facts;
    }

    /**
     * Writes the header as the first bytes of a connection that was just made; its buffer in the kernel is empty, and takes all.
     *
     * @return false if it did not, so that the connection is of no use
     */
    boolean send(ServerConfig server, StreamSocket socket, ChunkPool chunks) {
        ProxyHeader header = server.proxyHeader();
        if (header == null) {
            return true;
        }
        ByteBuffer bytes = chunks.scratch().bytes().clear();
        try {
            ProxyHeaderWriter.writeProxied(
                    header, client.source(), client.destination(), authority(), bytes);
            socket.write(bytes.flip());
        } catch (IOException e) {
            return false;
        }
        return !bytes.hasRemaining();
    }

    private byte @Nullable [] authority() {
        byte[] said = client.authority();
        String name = facts == null ? null : facts.sentServerName();
        return said != null || name == null ? said : name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
