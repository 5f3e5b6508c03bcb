package io.evenkeel.lb.store;

/** What was found in a store, or heard, is nothing that a node of this version writes; the message is a part of a sentence. */
final class StoreFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFormatException(String message) {
        super(message);
    }
}
