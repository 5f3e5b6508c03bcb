package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.AddressOptions;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code virtual_ipaddress}: an address and its options. */
final class AddressReader {
    private static final Map<String, Integer> SCOPES =
            Map.of("global", 0, "site", 200, "link", 253, "host", 254, "nowhere", 255);

    private static final IpAddress LIMITED_BROADCAST = IpAddress.ofIpv4(-1);

    private final Statement statement;
    private final Findings findings;
    private boolean refused;
    private @Nullable String device;
    private @Nullable String label;
    private @Nullable String broadcast;
    private @Nullable String peer;
    private @Nullable Boolean deprecated;
    private AddressOptions options = AddressOptions.DEFAULT;

    private AddressReader(Statement statement, Findings findings) {
        this.statement = statement;
        this.findings = findings;
    }

    /** Returns the address, or reports everything that is wrong with it and returns null. */
    static @Nullable VirtualAddress read(Statement statement, Findings findings) {
        return new AddressReader(statement, findings).read();
    }

    private @Nullable VirtualAddress read() {
        String text = statement.name();
        int slash = text.indexOf('/');
        IpAddress address = address(slash < 0 ? text : text.substring(0, slash), "an address");
        if (address == null) {
            return null; // its options would be read as nonsense, too
        }
        if (statement.hasBlock()) {
            error("'" + text + "' takes no block; remove the braces");
        }
        int bits = address.isIpv4() ? 32 : 128;
        Integer prefix = slash < 0 ? Integer.valueOf(bits) : prefix(text, bits);
        options();
        IpAddress resolved = prefix == null ? null : broadcast(address, prefix);
        prefix = peer(prefix, bits);
        if (!address.isIpv4() && options.scope() != 0) {
            findings.warning(
                    statement.place(),
                    "'scope' has no effect: Linux finds the scope of an IPv6 address by itself");
            options = options.withScope(0);
        }
        if (refused || prefix == null) {
            return null;
        }
        if (address.equals(LIMITED_BROADCAST)) {
            error(address + " is the broadcast address; write the address of a host");
            return null;
        }
        try {
            boolean unused = deprecated == null ? prefix == 128 : deprecated;
            return new VirtualAddress(
                    address, prefix, device, label, resolved, options.withDeprecated(unused));
        } catch (IllegalArgumentException e) {
            error(Sentences.lower(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable IpAddress address(String text, String what) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            String hint =
                    InstanceVocabulary.INSTANCE.find(text) == null
                            ? ""
                            : " (is a '}' missing before it?)";
            error(
                    "'"
                            + text
                            + "' is not "
                            + what
                            + hint
                            + "; write one such as 192.0.2.10 or 2001:db8::10");
            return null;
        }
    }

    private @Nullable Integer prefix(String text, int bits) {
        Long prefix = Numbers.whole(text.substring(text.indexOf('/') + 1));
        if (prefix == null || prefix < 1 || prefix > bits) {
            error("the prefix length of '" + text + "' must be a whole number from 1 to " + bits);
            return null;
        }
        return prefix.intValue();
    }

    private void options() {
        int i = 0;
        while (i < statement.argumentCount()) {
            String option = statement.argument(i++);
            Directive directive = Vocabularies.ADDRESS.find(option);
            if (directive == null) {
                unknown(option);
                return; // what follows may be the value of the unknown word
            }
            if (directive.support() == Directive.Support.REFUSED) {
                error(
                        "'"
                                + option
                                + "' is a keepalived option that Evenkeel does not support: "
                                + directive.note());
                return;
            }
            if (directive.support() == Directive.Support.IGNORED) {
                findings.warning(
                        statement.place(), "'" + option + "' has no effect: " + directive.note());
                continue;
            }
            if (directive.form() == Directive.Form.FLAG) {
                options = options.withoutPrefixRoute();
                continue;
            }
            if (i == statement.argumentCount()) {
                error(
                        "'"
                                + option
                                + "' of "
                                + statement.name()
                                + " lacks its value; write it after the word");
                return;
            }
            set(option, statement.argument(i++));
        }
    }

    private void unknown(String word) {
        String nearest = Vocabularies.ADDRESS.nearest(word);
        error(
                "'"
                        + word
                        + "' is no option of an address; "
                        + (nearest == null
                                ? "write every address on a line of its own"
                                : "did you mean '" + nearest + "'?"));
    }

    private void set(String option, String value) {
        switch (option) {
            case "dev" -> device = value;
            case "label" -> label = value;
            case "scope" -> scope(value);
            case "peer" -> peer = value;
            case "preferred_lft" -> preferred(value);
            default -> broadcast = value;
        }
    }

    private void scope(String value) {
        Long number = Numbers.whole(value);
        Integer named = SCOPES.get(value);
        if (named != null) {
            options = options.withScope(named);
        } else if (number != null && number >= 0 && number <= 255) {
            options = options.withScope(number.intValue());
        } else {
            error(
                    "'"
                            + value
                            + "' is not a scope; it is global, site, link, host, nowhere, or a number from 0 to 255");
        }
    }

    private void preferred(String value) {
        Long seconds = Numbers.whole(value);
        if (!value.equals("forever") && (seconds == null || seconds < 0)) {
            error(
                    "'"
                            + value
                            + "' is not a lifetime; it is forever, 0, or a whole number of seconds");
            return;
        }
        deprecated = seconds != null && seconds == 0;
        if (seconds != null && seconds > 0) {
            findings.warning(
                    statement.place(),
                    "'preferred_lft "
                            + value
                            + "' counts as forever: the address is renewed while the router is Active");
        }
    }

    /** Takes the peer in; returns the prefix length, which is the peer's if it has one. */
    private @Nullable Integer peer(@Nullable Integer prefix, int bits) {
        String text = peer;
        if (text == null) {
            return prefix;
        }
        int slash = text.indexOf('/');
        options = options.withPeer(address(slash < 0 ? text : text.substring(0, slash), "a peer"));
        return slash < 0 ? prefix : prefix(text, bits);
    }

    private @Nullable IpAddress broadcast(IpAddress address, int prefix) {
        String text = broadcast;
        if (text == null) {
            return null;
        }
        boolean computed = text.equals("+") || text.equals("-");
        if (!computed || !address.isIpv4()) {
            return address(text, "a broadcast address");
        }
        int hostBits = prefix == 32 ? 0 : -1 >>> prefix;
        int bits = address.ipv4Bits();
        return IpAddress.ofIpv4(text.equals("+") ? bits | hostBits : bits & ~hostBits);
    }

    private void error(String message) {
        refused = true;
        findings.error(statement.place(), message);
    }
}
