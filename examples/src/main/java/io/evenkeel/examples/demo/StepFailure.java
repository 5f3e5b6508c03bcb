package io.evenkeel.examples.demo;

/** Something that a step claims did not happen; the message is the sentence that says what. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1;

    StepFailure(String message) {
        super(message);
    }
}
