package io.evenkeel.benchmarks.crowd;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Opens many connections and keeps them: {@code Crowd hello|reader HOST PORT COUNT}. Says every second how many are open
 * and how many were closed by the other side, and ends with its standard input.
 */
public final class Crowd {
    /** Who opens more at once only fills the accept queue. */
    private static final int CONNECTS_AT_ONCE = 100;

    /** Most are connected by then. */
    private static final long FIRST_TURN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SlowClient kind;
    private final InetSocketAddress target;
    private final int count;
    private final Selector selector;
    private final ArrayDeque<Member> byTurn = new ArrayDeque<>();
    private long firstTurnNanos;
    private int joined;
    private int begun;
    private int connecting;
    private int open;
    private int closed;
    private volatile boolean ended;

    private static final class Member {
        final SocketChannel channel;
        long nextNanos;
        int turn;

        Member(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private Crowd(SlowClient kind, InetSocketAddress target, int count) throws IOException {
        this.kind = kind;
        this.target = target;
        this.count = count;
        selector = Selector.open();
    }

    public static void main(String[] arguments) throws IOException {
        SlowClient kind = SlowClient.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        InetSocketAddress target =
                new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        new Crowd(kind, target, Integer.parseInt(arguments[3])).run();
    }

    private void run() throws IOException {
        long nextReport = System.nanoTime();
        firstTurnNanos = nextReport + FIRST_TURN_NANOS;
        Thread ending =
                new Thread(
                        () -> {
                            awaitEndOfInput();
                            ended = true;
                        });
        ending.setDaemon(true);
        ending.start();
        while (!ended) {
            while (begun < count && connecting < CONNECTS_AT_ONCE) {
                connect();
            }
            selector.select(20);
            for (SelectionKey key : selector.selectedKeys()) {
                onEvent(key, (Member) key.attachment());
            }
            selector.selectedKeys().clear();
            long now = System.nanoTime();
            takeTurns(now);
            if (now - nextReport >= 0) {
                nextReport = now + TimeUnit.SECONDS.toNanos(1);
                System.out.println("open=" + open + " closed=" + closed);
            }
        }
    }

    /** The script closes it, or dies. */
    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // That is an end too.
        }
    }

    private void connect() throws IOException {
        begun++;
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        kind.prepare(channel);
        Member member = new Member(channel);
        connecting++;
        if (channel.connect(target)) {
            connected(channel.register(selector, 0, member), member);
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT, member);
        }
    }

    private void onEvent(SelectionKey key, Member member) throws IOException {
        if (key.isConnectable()) {
            try {
                member.channel.finishConnect();
            } catch (IOException e) {
                connecting--;
                closed++;
                member.channel.close();
                return;
            }
            connected(key, member);
        } else if (key.isReadable()) {
            // Only those that expect nothing are asked for: this is the end.
            try {
                if (member.channel.read(ByteBuffer.allocate(64)) >= 0) {
                    return;
                }
            } catch (IOException e) {
                // Reset.
            }
            gone(member);
        }
    }

    private void connected(SelectionKey key, Member member) throws IOException {
        connecting--;
        open++;
        key.interestOps(kind == SlowClient.HELLO ? SelectionKey.OP_READ : 0);
        try {
            kind.begin(member.channel);
        } catch (IOException e) {
            gone(member);
            return;
        }
        // All come within a few seconds, and would then all have their turn within a few seconds.
        long intervalNanos = TimeUnit.MILLISECONDS.toNanos(kind.intervalMillis());
        long evenly = firstTurnNanos + joined++ * intervalNanos / count;
        member.nextNanos = Math.max(System.nanoTime(), evenly);
        byTurn.addLast(member);
    }

    private void takeTurns(long now) throws IOException {
        while (!byTurn.isEmpty() && now - byTurn.peekFirst().nextNanos >= 0) {
            Member member = byTurn.removeFirst();
            if (!member.channel.isOpen()) {
                continue;
            }
            try {
                kind.goOn(member.channel, ++member.turn);
            } catch (IOException e) {
                gone(member);
                continue;
            }
            member.nextNanos += TimeUnit.MILLISECONDS.toNanos(kind.intervalMillis());
            byTurn.addLast(member);
        }
    }

    private void gone(Member member) throws IOException {
        if (member.channel.isOpen()) {
            member.channel.close();
            open--;
            closed++;
        }
    }
}
