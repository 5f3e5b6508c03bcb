package io.evenkeel.benchmarks.queueing;

import io.evenkeel.lb.Balance;
import java.time.Duration;

/** The balances that are compared. */
enum Policy {
    RANDOM("random", Balance.random(), "#7f7f7f"),
    ROUND_ROBIN("round robin", Balance.roundRobin(), "#8c564b"),
    POWER_OF_TWO("power of two", Balance.powerOfTwo(), "#1f77b4"),
    LEAST_CONNECTIONS("least connections", Balance.leastConnections(), "#2ca02c"),
    PEAK_EWMA("peak EWMA", Balance.peakEwma(Duration.ofSeconds(10)), "#d62728");

    private final String title;
    private final Balance balance;
    private final String colour;

    Policy(String title, Balance balance, String colour) {
        this.title = title;
        this.balance = balance;
        this.colour = colour;
    }

    Balance balance() {
        return balance;
    }

    /** As SVG writes it. */
    String colour() {
        return colour;
    }

    @Override
    public String toString() {
        return title;
    }
}
