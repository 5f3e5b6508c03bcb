package io.evenkeel.lb.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection with a peer. Whoever has the socket gives what arrives to {@link #receive}, sends what {@link #send} gives, and closes
 * when it {@link #isOver}. Used by the thread of its {@link PeerGroup} alone.
 */
public final class PeerSession {
    static final long HEARTBEAT_NANOS = 3_000_000_000L;
    static final long SILENCE_NANOS = 5_000_000_000L;

    /** How long a peer may take to say who it is. */
    static final long HANDSHAKE_NANOS = 5_000_000_000L;

    private enum Phase {
        AWAIT_STATUS,
        AWAIT_HELLO,
        TALKING,
        OVER
    }

    private final PeerGroup group;
    private final String origin;
    private final PeerInbox inbox = new PeerInbox();
    private final PeerWriter outbox = new PeerWriter();
    private final List<String> helloLines = new ArrayList<>();
    private @Nullable RemotePeer peer;
    private @Nullable PeerLearning learning;
    private @Nullable PeerTeaching teaching;
    private Phase phase;
    private String cause = "";
    private long receivedNanos;
    private long sentNanos;

    private PeerSession(
            PeerGroup group, String origin, @Nullable RemotePeer peer, Phase phase, long nowNanos) {
        this.group = group;
        this.origin = origin;
        this.peer = peer;
        this.phase = phase;
        receivedNanos = nowNanos;
        sentNanos = nowNanos;
    }

    static PeerSession connecting(PeerGroup group, RemotePeer peer, long nowNanos) {
        PeerSession session =
                new PeerSession(group, peer.config.toString(), peer, Phase.AWAIT_STATUS, nowNanos);
        session.say(group.helloTo(peer));
        return session;
    }

    static PeerSession accepted(PeerGroup group, String origin, long nowNanos) {
        return new PeerSession(group, origin, null, Phase.AWAIT_HELLO, nowNanos);
    }

    @Nullable RemotePeer peer() {
        return peer;
    }

    /** Where the connection comes from or goes to, for people. */
    String origin() {
        return origin;
    }

    boolean isTalking() {
        return phase == Phase.TALKING;
    }

    /** Whether to send what {@link #send} still gives, without waiting for it, and to close. */
    public boolean isOver() {
        return phase == Phase.OVER;
    }

    /** Why it is over, a part of a sentence; empty if it is not. */
    public String cause() {
        return cause;
    }

    void end(String why) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            cause = why;
        }
    }

    /** Takes bytes that have arrived, all of them. */
    public void receive(ByteBuffer in, long nowNanos) {
        try {
            while (in.hasRemaining() && phase != Phase.OVER) {
                boolean went = inbox.add(in);
                while (phase != Phase.OVER && step(nowNanos)) {
                    // Until what is left is not whole.
                    went = true;
                }
                if (!went) {
                    throw new PeerProtocolException("a message has no end");
                }
            }
        } catch (PeerProtocolException e) {
            if (phase == Phase.TALKING) {
                control(PeerMessages.ERROR, PeerMessages.PROTOCOL_ERROR);
            } else if (phase == Phase.AWAIT_HELLO) {
                say(PeerStatus.PROTOCOL_ERROR.line());
            }
            end("it breaks the peers protocol: " + e.getMessage());
        }
        in.position(in.limit());
    }

    private boolean step(long nowNanos) {
        if (phase == Phase.TALKING) {
            PeerReader message = inbox.message();
            if (message != null) {
                receivedNanos = nowNanos;
                message(message, nowNanos);
            }
            return message != null;
        }
        String line = inbox.line();
        if (line == null) {
            return false;
        }
        if (phase == Phase.AWAIT_STATUS) {
            status(line, nowNanos);
        } else {
            helloLines.add(line);
            hello(nowNanos);
        }
        return true;
    }

    private void status(String line, long nowNanos) {
        PeerStatus status = PeerStatus.of(line);
        if (status == PeerStatus.SUCCEEDED) {
            group.onHandshake(this, Objects.requireNonNull(peer, "peer"), nowNanos);
        } else {
            end("it answers " + (status == null ? "with no status" : status.toString()));
        }
    }

    private void hello(long nowNanos) {
        String[] first = helloLines.get(0).split(" ", -1);
        if (!first[0].equals(PeerHello.PROTOCOL) || first.length < 2) {
            throw new PeerProtocolException("it does not begin with " + PeerHello.PROTOCOL);
        }
        if (!PeerHello.isVersionKnown(first[1])) {
            refuse(PeerStatus.BAD_VERSION, "it has version " + first[1]);
        } else if (helloLines.size() == PeerHello.LINES) {
            PeerHello hello = PeerHello.of(helloLines);
            RemotePeer known = group.peer(hello.local());
            if (!hello.remote().equals(group.config().localPeer())) {
                refuse(PeerStatus.LOCAL_NAME_MISMATCH, "it looks for peer " + hello.remote());
            } else if (known == null) {
                refuse(PeerStatus.REMOTE_NAME_MISMATCH, "it calls itself " + hello.local());
            } else {
                peer = known;
                say(PeerStatus.SUCCEEDED.line());
                group.onHandshake(this, known, nowNanos);
            }
        }
    }

    private void refuse(PeerStatus status, String why) {
        say(status.line());
        end(why);
        group.complain(
                "A connection from "
                        + origin
                        + " was refused by the peers "
                        + group.config().name()
                        + " with "
                        + status
                        + ": "
                        + why
                        + ", and this node is "
                        + group.config().localPeer()
                        + " and knows "
                        + group.peerNames()
                        + ".");
    }

    /** The handshake has succeeded: entries may be told. */
    void talk(PeerLearning learns, PeerTeaching teaches, long nowNanos) {
        learning = learns;
        teaching = teaches;
        phase = Phase.TALKING;
        receivedNanos = nowNanos;
        sentNanos = nowNanos;
    }

    /** Asks the peer for all that it has. */
    void ask() {
        control(PeerMessages.CONTROL, PeerMessages.RESYNC_REQUEST);
    }

    private void message(PeerReader in, long nowNanos) {
        PeerLearning learns = Objects.requireNonNull(learning, "talking");
        PeerTeaching teaches = Objects.requireNonNull(teaching, "talking");
        int kind = in.octet();
        int type = in.octet();
        if (kind == PeerMessages.CONTROL) {
            switch (type) {
                case PeerMessages.RESYNC_REQUEST -> teaches.teachAll();
                case PeerMessages.RESYNC_FINISHED, PeerMessages.RESYNC_PARTIAL -> {
                    control(PeerMessages.CONTROL, PeerMessages.RESYNC_CONFIRM);
                    group.onTaught(this, type == PeerMessages.RESYNC_FINISHED);
                }
                default -> {
                    // A heartbeat, or a confirmation that nothing waits for.
                }
            }
        } else if (kind == PeerMessages.ERROR) {
            end(
                    "it says that this node breaks the peers protocol"
                            + (type == PeerMessages.SIZE_LIMIT ? ": a message is too long" : ""));
        } else if (kind == PeerMessages.TABLE) {
            switch (type) {
                case PeerMessages.UPDATE -> learns.update(in, true, false, nowNanos);
                case PeerMessages.UPDATE_INCREMENTAL -> learns.update(in, false, false, nowNanos);
                case PeerMessages.UPDATE_TIMED -> learns.update(in, true, true, nowNanos);
                case PeerMessages.UPDATE_TIMED_INCREMENTAL ->
                        learns.update(in, false, true, nowNanos);
                case PeerMessages.DEFINITION -> learns.define(in);
                case PeerMessages.SWITCH -> learns.switchTo(in);
                case PeerMessages.ACKNOWLEDGEMENT -> teaches.confirmed(in);
                default -> {
                    // Newer than this.
                }
            }
        }
    }

    /** Puts what there is to send into the buffer, as far as there is room. */
    public void send(ByteBuffer out, long nowNanos) {
        while (out.hasRemaining() && (outbox.length() > 0 || fill(nowNanos))) {
            outbox.drainTo(out);
            sentNanos = nowNanos;
        }
    }

    private boolean fill(long nowNanos) {
        PeerLearning learns = learning;
        PeerTeaching teaches = teaching;
        // First what was heard is confirmed: what is told after that is known to be later.
        return phase == Phase.TALKING
                && learns != null
                && teaches != null
                && (learns.confirm(outbox)
                        || teaches.write(outbox, group.isUpToDate(nowNanos), nowNanos));
    }

    /** Time has passed. */
    void advance(long nowNanos) {
        if (phase == Phase.TALKING) {
            if (nowNanos - receivedNanos >= SILENCE_NANOS) {
                end("nothing was heard of it for 5 s");
            } else if (nowNanos - sentNanos >= HEARTBEAT_NANOS && outbox.length() == 0) {
                control(PeerMessages.CONTROL, PeerMessages.HEARTBEAT);
                sentNanos = nowNanos;
            }
        } else if (phase != Phase.OVER && nowNanos - receivedNanos >= HANDSHAKE_NANOS) {
            end("it did not answer within 5 s");
        }
    }

    /** When {@link #advance} has something to do. */
    long deadlineNanos() {
        long silence = receivedNanos + SILENCE_NANOS;
        long heartbeat = sentNanos + HEARTBEAT_NANOS;
        return phase == Phase.TALKING && heartbeat - silence < 0 ? heartbeat : silence;
    }

    private void control(int kind, int type) {
        outbox.octet(kind).octet(type);
    }

    private void say(String text) {
        outbox.bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
