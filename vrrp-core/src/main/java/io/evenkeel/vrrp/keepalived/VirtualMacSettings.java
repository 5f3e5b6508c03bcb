package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualMac;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an instance has an interface with the virtual MAC address: {@code use_vmac} and {@code vmac_xmit_base}. */
final class VirtualMacSettings {
    static final Set<String> DIRECTIVES = Set.of("use_vmac", "vmac_xmit_base");

    /** Five octets are a MAC address too: the VRID is the last one. */
    private static final Pattern MAC_ADDRESS =
            Pattern.compile("[0-9a-fA-F]{1,2}([:-][0-9a-fA-F]{1,2}){4,5}");

    /** Words of keepalived 2.3 that take another one. */
    private static final Set<String> TWO_WORDS = Set.of("name", "group");

    private final BlockReader instance;
    private @Nullable String name;

    VirtualMacSettings(BlockReader instance) {
        this.instance = instance;
    }

    void read(Statement statement) {
        if (!statement.name().equals("use_vmac")) {
            // It changes how use_vmac is meant, which may come after it.
            return;
        }
        name = null;
        for (int i = 0; i < statement.argumentCount(); i++) {
            String argument = statement.argument(i);
            boolean isLast = i + 1 == statement.argumentCount();
            if (MAC_ADDRESS.matcher(argument).matches()) {
                error(
                        statement,
                        argument,
                        "is a MAC address of your own; Evenkeel takes that of the protocol, which follows from the VRID;"
                                + " leave it out");
            } else if (argument.equals("netlink_notify_msg")) {
                warn(
                        statement,
                        argument,
                        "is ignored: no notification of the instance's interface is asked for");
            } else if (TWO_WORDS.contains(argument) && isLast) {
                error(statement, argument, "lacks its value; write '" + argument + " ...'");
            } else if (argument.equals("group")) {
                i++;
                warn(
                        statement,
                        "group " + statement.argument(i),
                        "is ignored: the interface stays in the group 0");
            } else {
                if (argument.equals("name")) {
                    i++;
                }
                takeName(statement, statement.argument(i));
            }
        }
    }

    private void takeName(Statement statement, String written) {
        if (name == null) {
            name = written;
        } else {
            warn(statement, written, "has no meaning and is ignored");
        }
    }

    private void error(Statement statement, String words, String reason) {
        instance.findings().error(statement.place(), after(words, reason));
    }

    private void warn(Statement statement, String words, String reason) {
        instance.findings().warning(statement.place(), after(words, reason));
    }

    private static String after(String words, String reason) {
        return "'" + words + "' after 'use_vmac' " + reason;
    }

    boolean isWanted() {
        return instance.placeOf("use_vmac") != null;
    }

    /** Returns the name that is written for the interface, or null. */
    @Nullable String name() {
        return name;
    }

    /** Returns what is asked for, or null; {@code interfaceName} is the name that was found for it. */
    @Nullable VirtualMac virtualMac(@Nullable String interfaceName, boolean unicast) {
        Place fromParent = instance.placeOf("vmac_xmit_base");
        if (interfaceName == null) {
            if (fromParent != null) {
                instance.findings()
                        .warning(
                                fromParent,
                                "'vmac_xmit_base' has no effect without 'use_vmac', as with keepalived");
            }
            return null;
        }
        Place place = instance.placeOf("use_vmac");
        if (unicast && fromParent == null && place != null) {
            instance.findings()
                    .warning(
                            place,
                            "with 'unicast_peer' the advertisements leave by the interface itself, as with keepalived;"
                                    + " write 'vmac_xmit_base'");
        }
        return new VirtualMac(interfaceName, unicast || fromParent != null);
    }
}
