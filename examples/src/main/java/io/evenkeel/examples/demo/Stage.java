package io.evenkeel.examples.demo;

import java.io.IOException;
import java.util.List;

/** The place where the story is played: the nodes, the servers, the client and what joins them. */
interface Stage extends AutoCloseable {
    /** One line for the reader: how the nodes talk to each other. */
    String description();

    /** The virtual address as a URL. */
    String url();

    /** The two nodes, the one with the higher priority first. */
    List<DemoNode> nodes();

    List<DemoServer> servers();

    /** Starts the servers and the nodes' processes; the nodes take no part yet. */
    void open() throws IOException;

    /** Lets the client begin; its answers go to the journal. */
    void startClient() throws IOException;

    /** Looks beyond what client and nodes say: the address is where it belongs to, and known there. */
    void verifyOwner(DemoNode node) throws StepFailure;

    /** How long, between two moments, both nodes held the address. */
    long sharedNanos(long fromNanos, long toNanos);

    /** What to try while the demo is left running. */
    List<String> hints();

    /** Ends every process; idempotent, from any thread. */
    @Override
    void close();
}
