package io.evenkeel.vrrp.netlink;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A host of the LAN that runs no router: whom does it find under an address, by ARP or neighbour discovery? */
final class Witness implements AutoCloseable {
    private static final int REACH_MILLIS = 500;

    private final Namespace host;
    private final IpConsole ip;
    private final LanCapture capture;
    private final String mac;

    Witness(Lan lan, int number, LanCapture capture) throws Exception {
        this.capture = capture;
        host = lan.host(number);
        ip = new IpConsole(host);
        mac = lan.table(number).mac("eth0");
    }

    /** The hardware address that it has in its cache for the address; empty if none. */
    String cached(String address) throws Exception {
        String entry = ip.ask("neigh show to " + address + " dev eth0");
        int at = entry.indexOf("lladdr ");
        return at < 0 ? "" : entry.substring(at + 7, at + 24);
    }

    /** Whether it gets an echo from the address. */
    boolean reaches(String address) throws Exception {
        return host.call(() -> InetAddress.getByName(address).isReachable(REACH_MILLIS));
    }

    /**
     * Asks all hosts for the address, as one that has never heard of it.
     *
     * @param others addresses that are asked for afterwards; who answers for them has heard the question before
     * @return the hardware addresses that answered
     */
    Set<String> answerers(String address, List<String> others) throws Exception {
        int mark = capture.mark();
        ask(address);
        for (String other : others) {
            Conditions.await(
                    "an answer for " + other,
                    () -> {
                        ask(other);
                        return capture.count(mark, line -> isAnswer(line, other)) > 0;
                    });
        }
        Set<String> answerers = new TreeSet<>();
        for (String line : capture.since(mark)) {
            if (isAnswer(line, address)) {
                answerers.add(line.split(" ")[1]);
            }
        }
        return answerers;
    }

    private void ask(String address) throws Exception {
        ip.ask("neigh flush to " + address + " dev eth0");
        reaches(address);
    }

    private boolean isAnswer(String line, String address) {
        return line.contains(" > " + mac + ",")
                && (line.contains("Reply " + address + " is-at")
                        || line.toLowerCase(Locale.ROOT)
                                .contains("neighbor advertisement, tgt is " + address + ","));
    }

    @Override
    public void close() {
        ip.close();
    }
}
