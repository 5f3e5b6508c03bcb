package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection of a server, on a thread of its own. */
final class EchoConnection {
    private static final int PIECE = 32 * 1024;

    private final Socket socket;
    private final EchoServer server;
    private final Book book;

    EchoConnection(Socket socket, EchoServer server, Book book) {
        this.socket = socket;
        this.server = server;
        this.book = book;
    }

    void run() {
        Served served = new Served(server);
        try {
            serve(served);
            served.ended(Served.End.FINISHED, "");
        } catch (WrongByteException e) {
            served.ended(Served.End.WRONG, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            served.ended(Served.End.RESET, "");
        }
    }

    private void serve(Served served) throws IOException {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        Request request = read(in);
        server.awaitAwake();
        if (request == null) {
            out.write(Request.CHECK.getBytes(StandardCharsets.US_ASCII));
            in.readAllBytes();
            return;
        }
        book.enter(request.id(), served);
        if (request.echo()) {
            echo(request.id(), in, out, served);
        } else {
            send(request, out);
            in.readAllBytes();
        }
    }

    private @Nullable Request read(InputStream in) throws IOException {
        try {
            return Request.read(in);
        } catch (WrongByteException e) {
            book.complain(server + ": " + e.getMessage());
            throw e;
        }
    }

    private void echo(long id, InputStream in, OutputStream out, Served served) throws IOException {
        byte[] buffer = new byte[PIECE];
        long received = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            server.awaitAwake();
            int wrong = Payload.mismatch(id, received, buffer, count);
            if (wrong >= 0) {
                throw new WrongByteException(
                        "at byte %d of what server %s received"
                                .formatted(received + wrong, server));
            }
            received += count;
            served.receivedUpTo(received);
            out.write(buffer, 0, count);
        }
    }

    private void send(Request request, OutputStream out) throws IOException {
        byte[] buffer = new byte[PIECE];
        for (long sent = 0; sent < request.length(); ) {
            int count = (int) Math.min(PIECE, request.length() - sent);
            Payload.fill(request.id(), sent, buffer, count);
            server.awaitAwake();
            out.write(buffer, 0, count);
            sent += count;
        }
        socket.shutdownOutput();
    }
}
