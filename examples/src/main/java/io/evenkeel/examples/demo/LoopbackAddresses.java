package io.evenkeel.examples.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The demo's addresses: a /24 of 127.0.0.0/8 picked at random, so that two demos do not meet, and
 * one port that is free on all of them. Nothing is configured: every 127/8 address is there.
 */
final class LoopbackAddresses {
    private static final int FIRST_PORT = 8080;
    private static final int PORT_STEP = 100;
    private static final int PORT_TRIES = 20;
    private static final int VIRTUAL_HOST = 100;

    private final String network;
    private final int port;

    private LoopbackAddresses(String network, int port) {
        this.network = network;
        this.port = port;
    }

    /** Addresses on which everything can be bound now; {@code servers} is their number. */
    static LoopbackAddresses choose(Random random, int servers) throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < PORT_TRIES; i++) {
            int second = 64 + random.nextInt(128);
            int third = 1 + random.nextInt(254);
            LoopbackAddresses candidate =
                    new LoopbackAddresses(
                            "127." + second + "." + third + ".", FIRST_PORT + i * PORT_STEP);
            try {
                candidate.probe(servers);
                return candidate;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(
                "No port from "
                        + FIRST_PORT
                        + " on in steps of "
                        + PORT_STEP
                        + " is free on 127.0.0.0/8: "
                        + last.getMessage(),
                last);
    }

    private void probe(int servers) throws IOException {
        List<InetSocketAddress> listening = new ArrayList<>();
        listening.add(virtual());
        for (int server = 1; server <= servers; server++) {
            listening.addAll(server(server));
        }
        for (InetSocketAddress address : listening) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(address);
            }
        }
        for (int node = 1; node <= 2; node++) {
            new DatagramSocket(node(node)).close();
        }
    }

    /** The virtual address, which only the Active node serves. */
    InetSocketAddress virtual() {
        return at(VIRTUAL_HOST);
    }

    /** Where the node with the given number (from 1) sends and receives VRRP. */
    InetSocketAddress node(int node) {
        return at(node);
    }

    /** Where the node reaches the server. Each node has an address of its own for each server. */
    InetSocketAddress server(int server, int node) {
        return at(10 * node + server);
    }

    /** All addresses of a server, in the order of the nodes. */
    List<InetSocketAddress> server(int server) {
        return List.of(server(server, 1), server(server, 2));
    }

    private InetSocketAddress at(int host) {
        return new InetSocketAddress(network + host, port);
    }
}
