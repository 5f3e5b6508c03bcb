package io.evenkeel.examples.demo;

import io.evenkeel.examples.lab.LabException;
import io.evenkeel.examples.lab.NetworkLab;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Plays the whole story on this machine: two nodes, three servers, one address.",
            "Election, balancing, a dead server, a killed node, its return, a planned",
            "handover; each step is checked as it happens. Needs no root."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything that the demo claims was seen",
            "1:something was not; the last line says what",
            "3:this host refuses; the message names what is missing",
            "130:ended by Ctrl-C"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int HOST_REFUSES = 3;

    @Option(
            names = "--netns",
            description =
                    "Play it on a real LAN of network namespaces: VRRP multicast, netlink, ARP. Needs root.")
    private boolean netns;

    @Option(names = "--keep", description = "Leave everything running at the end, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    /** Called by the command line, which sets the options. */
    public DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.standardOutput(System.out);
        Journal journal = new Journal();
        try (Scratch scratch = new Scratch();
                Stage stage = stage(journal, scratch)) {
            return new Performance(terminal, journal, stage, scratch).play(keep);
        } catch (IOException | LabException e) {
            System.err.println("evenkeel demo: " + e.getMessage());
            return HOST_REFUSES;
        }
    }

    private Stage stage(Journal journal, Scratch scratch) throws IOException {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            throw new IOException("the demo runs on Linux; this is " + system + ".");
        }
        if (netns) {
            String cause = NetworkLab.unavailabilityCause();
            if (cause != null) {
                throw new IOException(cause);
            }
            return new LanStage(journal, scratch.directory());
        }
        return new LoopbackStage(journal, scratch.directory());
    }
}
