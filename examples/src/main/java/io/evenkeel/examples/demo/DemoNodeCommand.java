package io.evenkeel.examples.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One node of the demo, a process of its own; started by {@link DemoCommand} and of no use alone. */
@Command(name = "demo-node", hidden = true)
public final class DemoNodeCommand implements Callable<Integer> {
    /** Called by the command line, which sets the options. */
    public DemoNodeCommand() {}

    /** Runs a node. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoNodeCommand()).execute(args));
    }

    @Override
    public Integer call() {
        return 1;
    }
}
