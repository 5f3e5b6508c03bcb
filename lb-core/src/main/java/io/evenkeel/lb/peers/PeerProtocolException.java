package io.evenkeel.lb.peers;

/** A peer has sent what the protocol does not allow; the message says what. */
final class PeerProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerProtocolException(String message) {
        super(message);
    }
}
