package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ListenConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Opens listeners and puts into words why that failed. */
final class Listening {
    private static final int EACCES_NEGATIVE = -13;
    private static final int EADDRINUSE_NEGATIVE = -98;
    private static final int EADDRNOTAVAIL_NEGATIVE = -99;

    private Listening() {}

    /**
     * Binds and listens; the connections wait in the kernel until the acceptors start.
     *
     * @param ours other listeners of this proxy, which may be in the way until they are closed
     */
    static List<ListenSocket> open(
            FrontendConfig frontend,
            BindAddress bind,
            List<LoopContext> contexts,
            List<Listener> ours)
            throws ProxyStartException {
        List<IoEventLoop> loops = contexts.stream().map(LoopContext::loop).toList();
        boolean mayOverlap =
                bind.port() != 0
                        && ours.stream().anyMatch(other -> other.bind().port() == bind.port());
        try {
            InetAddress address = HostNames.first(bind.host());
            return contexts.get(0)
                    .transport()
                    .listen(
                            loops,
                            new InetSocketAddress(address, bind.port()),
                            frontend.listenConfig(bind),
                            mayOverlap);
        } catch (IOException | ChannelException e) {
            throw failure(frontend.name(), bind, e);
        }
    }

    /** Has the connections accepted for a frontend; if that fails, the sockets are closed. */
    static Listener start(
            Frontend frontend,
            BindAddress bind,
            ListenConfig config,
            List<ListenSocket> sockets,
            List<LoopContext> contexts,
            Acceptor.SessionFactory sessions,
            Counters counters)
            throws ProxyStartException {
        List<Acceptor> acceptors = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            acceptors.add(
                    new Acceptor(
                            contexts.get(i),
                            contexts,
                            frontend,
                            sockets.get(i),
                            sessions,
                            counters,
                            bind));
        }
        Listener listener = new Listener(bind, config, acceptors);
        try {
            for (Acceptor acceptor : acceptors) {
                start(acceptor);
            }
        } catch (IOException e) {
            listener.close();
            throw failure(frontend.config().name(), bind, e);
        }
        return listener;
    }

    private static void start(Acceptor acceptor) throws IOException {
        Future<?> started =
                acceptor.context()
                        .loop()
                        .submit(
                                () -> {
                                    acceptor.start();
                                    return null;
                                })
                        .awaitUninterruptibly();
        if (!started.isSuccess()) {
            throw new IOException(started.cause());
        }
    }

    private static ProxyStartException failure(String frontend, BindAddress bind, Exception e) {
        return new ProxyStartException(
                "Frontend " + frontend + " cannot listen on " + bind + ": " + reason(e, bind), e);
    }

    static String reason(Exception error, BindAddress bind) {
        int number = error instanceof Errors.NativeIoException e ? e.expectedErr() : 0;
        String message = String.valueOf(error.getMessage());
        if (error instanceof UnknownHostException) {
            return HostNames.hasFamily(bind.host())
                    ? message + "; write an address."
                    : "the name " + bind.host() + " cannot be looked up; write an address.";
        }
        if (number == EADDRINUSE_NEGATIVE || message.contains("in use")) {
            return "the port is in use by another listener; stop that one or change the bind line.";
        }
        if (number == EACCES_NEGATIVE || message.contains("denied")) {
            return "permission denied; a port below 1024 needs root or the capability CAP_NET_BIND_SERVICE.";
        }
        if (number == EADDRNOTAVAIL_NEGATIVE || message.contains("assign requested")) {
            return "the address is not available on this host; add it to an interface or change the bind line.";
        }
        if (message.contains("Too many open files")) {
            return "no file descriptor is left, for each loop has one for each port; raise the limit (ulimit -n,"
                    + " LimitNOFILE=) or bind fewer ports.";
        }
        return message + ".";
    }
}
