package io.evenkeel.vrrp;

/** Takes a router's actions, in the order in which they are to be done. */
@FunctionalInterface
public interface ActionSink {

    /** Takes one action. Must not call back into the router. */
    void accept(Action action);
}
