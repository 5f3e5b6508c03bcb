package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.TerminatedTls;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    private final @Nullable TerminatedTls tls;

    /**
     * @param facts what was found out of the connection, or null if nothing had to be
     * @param tls what is known of the client's TLS where that is taken off, or null
     */
    ServerGreeting(
            ClientAddresses client, @Nullable ConnectionFacts facts, @Nullable TerminatedTls tls) {
        this.client = client;
        this.facts = facts;
        this.tls = tls;
    }

    /**
     * A socket for a connection to the server, with TLS where that is asked for.
     *
     * @throws IOException if there can be none, as Netty's ChannelException says too: for want of a descriptor, or for this server
     */
    StreamSocket newSocket(
            ServerConfig server,
            InetSocketAddress address,
            LoopContext context,
            StreamSocket.Listener listener)
            throws IOException {
        ServerTlsConfig config = server.tls();
        if (config == null) {
            return context.transport().newSocket(context.loop(), address, listener);
        }
        ServerTls settings = context.tls().server(config);
        if (settings == null) {
            throw new IOException(
                    "The server " + server + " was removed, and its certificates with it.");
        }
        StreamSocket socket = context.transport().newSocket(context.loop(), address, listener);
        return new ConnectingTlsSocket(
                context,
                socket,
                settings,
                settings.serverName(tls == null ? null : tls.serverName()),
                plain -> write(server, plain, context.chunks()),
                listener);
    }

    /**
     * Writes the header as the first bytes of a connection that was just made; its buffer in the kernel is empty, and takes all.
     *
     * @return false if it did not, so that the connection is of no use
     */
    boolean send(ServerConfig server, StreamSocket socket, ChunkPool chunks) {
        // With TLS it went in front of the handshake.
        return server.tls() != null || write(server, socket, chunks);
    }

    private boolean write(ServerConfig server, StreamSocket socket, ChunkPool chunks) {
        ProxyHeader header = server.proxyHeader();
        if (header == null) {
            return true;
        }
        ByteBuffer bytes = chunks.scratch().bytes().clear();
        try {
            ProxyHeaderWriter.writeProxied(
                    header, client.source(), client.destination(), authority(), tls, bytes);
            socket.write(bytes.flip());
        } catch (IOException e) {
            return false;
        }
        return !bytes.hasRemaining();
    }

    private byte @Nullable [] authority() {
        byte[] said = client.authority();
        String name = facts == null ? null : facts.sentServerName();
        if (tls != null) {
            name = tls.serverName();
        }
        return said != null || name == null ? said : name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
