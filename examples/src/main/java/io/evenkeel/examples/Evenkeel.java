package io.evenkeel.examples;

/** The evenkeel command. */
public final class Evenkeel {
    private Evenkeel() {}

    public static void main(String[] args) {}
}
