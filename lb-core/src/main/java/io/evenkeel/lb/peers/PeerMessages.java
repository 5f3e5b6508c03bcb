package io.evenkeel.lb.peers;

/** The numbers of classes and types of messages. */
final class PeerMessages {
    static final int CONTROL = 0;
    static final int ERROR = 1;
    static final int TABLE = 10;

    static final int RESYNC_REQUEST = 0;
    static final int RESYNC_FINISHED = 1;
    static final int RESYNC_PARTIAL = 2;
    static final int RESYNC_CONFIRM = 3;
    static final int HEARTBEAT = 4;

    static final int PROTOCOL_ERROR = 0;
    static final int SIZE_LIMIT = 1;

    /** Types from here up have a length. */
    static final int WITH_LENGTH = 128;

    static final int UPDATE = 128;
    static final int UPDATE_INCREMENTAL = 129;
    static final int DEFINITION = 130;
    static final int SWITCH = 131;
    static final int ACKNOWLEDGEMENT = 132;
    static final int UPDATE_TIMED = 133;
    static final int UPDATE_TIMED_INCREMENTAL = 134;

    private PeerMessages() {}
}
