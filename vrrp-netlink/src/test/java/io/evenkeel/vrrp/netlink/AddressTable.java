package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The interfaces of a host and their addresses at one moment. */
final class AddressTable {
    private static final Pattern HEADLINE = Pattern.compile("^[0-9]+: ");

    private final List<Line> lines = new ArrayList<>();
    private final String text;

    /** A line about an interface, whose first line says whether it has a carrier. */
    private record Line(String interfaceName, boolean carrier, String text) {}

    /**
     * Reads a table.
     *
     * @param text what {@code ip addr show} printed
     */
    AddressTable(String text) {
        this.text = text;
        String name = "";
        boolean carrier = false;
        for (String line : text.lines().toList()) {
            // Between them ip remarks that the table changed while it was read.
            if (HEADLINE.matcher(line).find()) {
                name = line.split(": ")[1].split("@")[0];
                carrier = line.contains("LOWER_UP") && !line.contains("NO-CARRIER");
            }
            lines.add(new Line(name, carrier, line.strip()));
        }
    }

    /** Whether an interface with a carrier has the address. FRR keeps it on one that it switches off with {@code protodown}. */
    boolean has(String address) {
        return lines.stream().anyMatch(line -> line.carrier && isOf(line, address));
    }

    /** Whether this interface has the address, with or without a carrier. */
    boolean has(String interfaceName, String address) {
        return lines.stream()
                .anyMatch(line -> line.interfaceName.equals(interfaceName) && isOf(line, address));
    }

    private static boolean isOf(Line line, String address) {
        String family = address.contains(":") ? "inet6 " : "inet ";
        return line.text.startsWith(family + address + "/");
    }

    /** The hardware address of an interface. */
    String mac(String interfaceName) {
        return lines.stream()
                .filter(line -> line.interfaceName.equals(interfaceName))
                .filter(line -> line.text.startsWith("link/ether "))
                .map(line -> line.text.split(" ")[1])
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No " + interfaceName + " in\n" + text));
    }

    @Override
    public String toString() {
        return text;
    }
}
