package io.evenkeel.examples.demo;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.netlink.VrrpListener;
import java.io.PrintStream;

/**
 * What a node tells the demo: one line per observation, with {@link System#nanoTime()}, which is the
 * same clock in all processes of a Linux host.
 */
final class NodeReport implements VrrpListener, BackendObserver {
    private final PrintStream out;
    private final boolean stateIsServing;
    private final Object checked = new Object();

    /**
     * A report.
     *
     * @param stateIsServing whether the node serves exactly while it is Active; otherwise somebody
     *     calls {@link #serving} and {@link #quiet}
     */
    NodeReport(PrintStream out, boolean stateIsServing) {
        this.out = out;
        this.stateIsServing = stateIsServing;
    }

    void ready() {
        say("ready");
    }

    /** The node serves the address from now on. */
    void serving() {
        say("serving " + System.nanoTime());
    }

    /** The node no longer serves the address. */
    void quiet() {
        say("quiet " + System.nanoTime());
    }

    /** Tells every change of the backend's servers, and what they are now. */
    void watch(Backend backend) {
        backend.addObserver(this);
        for (Server server : backend.servers()) {
            tell(server, "now");
        }
    }

    /** Waits until every server of the backend was checked once. */
    void awaitFirstChecks(Backend backend) throws InterruptedException {
        synchronized (checked) {
            while (backend.awaitingFirstChecks()) {
                checked.wait(100);
            }
        }
    }

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        tell(server, transition.cause());
        synchronized (checked) {
            checked.notifyAll();
        }
    }

    private void tell(Server server, String cause) {
        String state = server.isUsable() ? "UP" : "DOWN";
        say("server " + System.nanoTime() + " " + server.name() + " " + state + " " + cause);
    }

    @Override
    public void onEvent(VrrpEvent event) {
        if (event instanceof VrrpEvent.StateChanged change) {
            long now = System.nanoTime();
            say("state " + now + " " + change.to() + " " + change.reason());
            if (stateIsServing && change.to() == VrrpState.ACTIVE) {
                serving();
            } else if (stateIsServing && change.from() == VrrpState.ACTIVE) {
                quiet();
            }
        } else {
            say("event " + System.nanoTime() + " " + event.sentence());
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
