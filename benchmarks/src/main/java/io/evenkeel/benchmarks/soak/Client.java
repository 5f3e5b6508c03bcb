package io.evenkeel.benchmarks.soak;

import io.evenkeel.benchmarks.soak.Result.End;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/** Makes one visit, on the thread that calls it, and compares every byte that comes back. */
final class Client {
    /** Longer than any timeout of the proxy and any hang of a server. */
    private static final int PATIENCE_MILLIS = 25_000;

    private static final int AHEAD = 64 * 1024;
    private static final int SLOW_READ = 16 * 1024;
    private static final long SLOW_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private final Visit visit;
    private final Place place;
    private final Certificates certificates;
    private final long startNanos = System.nanoTime();
    private long sent;
    private long received;
    private String local = "";

    private Client(Visit visit, Place place, Certificates certificates) {
        this.visit = visit;
        this.place = place;
        this.certificates = certificates;
    }

    static Result visit(Visit visit, Place place, Certificates certificates) {
        return visit.door() == Door.DATAGRAMS
                ? DatagramClient.visit(visit, place)
                : new Client(visit, place, certificates).run();
    }

    private Result run() {
        try (Socket socket = new Socket()) {
            if (visit.manner() == Manner.SLOW_READER) {
                socket.setReceiveBufferSize(SLOW_READ);
            }
            // An address of its own, also of those that went before: the proxy's log names it by
            // that.
            socket.setReuseAddress(false);
            socket.bind(new InetSocketAddress(place.client(visit.source()), 0));
            // Now: a proxy that resets at once can be quicker than connect() returns.
            local = String.valueOf(socket.getLocalSocketAddress());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(place.frontend(visit.door()), PATIENCE_MILLIS);
            return end(behave(socket), "");
        } catch (SSLException e) {
            return end(End.UNTRUSTED, String.valueOf(e.getMessage()));
        } catch (ConnectException e) {
            return end(End.REFUSED, e.getMessage());
        } catch (SocketTimeoutException e) {
            return end(End.STUCK, e.getMessage());
        } catch (WrongByteException e) {
            return end(End.WRONG, e.getMessage());
        } catch (IOException e) {
            return end(End.RESET, e.getMessage());
        }
    }

    private Result end(End end, String message) {
        return new Result(end, received, local, startNanos, System.nanoTime(), message);
    }

    private End behave(Socket connected) throws IOException {
        if (visit.manner() == Manner.LEAVE) {
            return End.LEFT;
        }
        if (visit.door() != Door.SECURED) {
            return talk(connected);
        }
        if (visit.manner() == Manner.SILENT) {
            // Without a handshake; an alert is not told from the end.
            connected.getInputStream().readAllBytes();
            return End.FINISHED;
        }
        String name = visit.id() % 2 == 0 ? Certificates.ENCRYPTED : Certificates.CLEAR;
        Socket secured = certificates.connect(connected, name, startNanos);
        End end = talk(secured);
        if (visit.manner() == Manner.RESET) {
            // Closing what is secured would say that this is the end.
            connected.setSoLinger(true, 0);
        } else {
            secured.close();
        }
        return end;
    }

    private End talk(Socket socket) throws IOException {
        switch (visit.manner()) {
            case ONE_BYTE -> {
                socket.getOutputStream().write(Request.MAGIC);
                return End.LEFT;
            }
            case SILENT -> {
                return drain(socket.getInputStream(), false);
            }
            default -> {
                greet(socket);
                return speak(socket);
            }
        }
    }

    private void greet(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (visit.door() == Door.PROXIED) {
            out.write(
                    Request.proxyHeader(
                            socket.getLocalAddress().getHostAddress(),
                            socket.getLocalPort(),
                            socket.getInetAddress().getHostAddress(),
                            socket.getPort()));
        }
        if (visit.door() == Door.TLS) {
            out.write(ClientHello.of(visit.id() % 2 == 0 ? "one.a.example" : "b.example"));
        }
        out.write(new Request(visit.id(), visit.length(), !visit.manner().downloads()).bytes());
    }

    private End speak(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        switch (visit.manner()) {
            case DOWNLOAD -> {
                return drain(in, false);
            }
            case SLOW_READER -> {
                return drain(in, true);
            }
            case RESET -> {
                exchange(in, out, visit.part());
                if (visit.door() != Door.SECURED) {
                    socket.setSoLinger(true, 0);
                }
                return End.LEFT;
            }
            case STALL -> {
                return exchange(in, out, visit.part()) ? drain(in, false) : End.FINISHED;
            }
            case HALF_CLOSE -> {
                if (!exchange(in, out, Math.max(0, visit.length() - AHEAD))) {
                    return End.FINISHED;
                }
                send(out, visit.length() - sent);
                socket.shutdownOutput();
                return drain(in, false);
            }
            default -> {
                return exchange(in, out, visit.length()) ? End.COMPLETE : End.FINISHED;
            }
        }
    }

    /** Sends up to that place and reads the echo, never far ahead of it; false if the other side finished before. */
    private boolean exchange(InputStream in, OutputStream out, long until) throws IOException {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(until, AHEAD))];
        while (received < until) {
            if (sent < until && sent - received < AHEAD / 2) {
                send(out, Math.min(until - sent, AHEAD / 2));
            }
            if (!read(in, buffer, (int) Math.min(buffer.length, until - received))) {
                return false;
            }
        }
        return true;
    }

    private void send(OutputStream out, long length) throws IOException {
        byte[] bytes = new byte[(int) length];
        Payload.fill(visit.id(), sent, bytes, bytes.length);
        out.write(bytes);
        sent += length;
    }

    /** To the other side's end, which is early if not everything has come. */
    private End drain(InputStream in, boolean slowly) throws IOException {
        byte[] buffer = new byte[slowly ? SLOW_READ : AHEAD];
        while (read(in, buffer, buffer.length)) {
            if (slowly) {
                LockSupport.parkNanos(SLOW_PAUSE_NANOS);
            }
        }
        boolean all = received == visit.length() && !visit.manner().waitsForTimeout();
        return all ? End.COMPLETE : End.FINISHED;
    }

    private boolean read(InputStream in, byte[] buffer, int most) throws IOException {
        int count = in.read(buffer, 0, most);
        if (count < 0) {
            return false;
        }
        int wrong = Payload.mismatch(visit.id(), received, buffer, count);
        if (wrong >= 0 || received + count > visit.length()) {
            throw new WrongByteException(
                    "at byte %d of what came back".formatted(received + Math.max(0, wrong)));
        }
        received += count;
        return true;
    }
}
