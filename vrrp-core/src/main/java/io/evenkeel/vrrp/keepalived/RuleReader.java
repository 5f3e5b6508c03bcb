package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRule;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one line of {@code virtual_rules} or {@code static_rules}. */
final class RuleReader extends OptionLine {
    private static final Set<String> ANY = Set.of("all", "any", "default");

    private final RuleNumbers numbers;
    private @Nullable IpPrefix from;
    private @Nullable IpPrefix to;
    private @Nullable Boolean ipv4;
    private @Nullable Long priority;
    private boolean inverted;
    private @Nullable String inputInterface;
    private @Nullable String outputInterface;
    private int mark;
    private int markMask;
    private int tos;
    private int table;
    private VirtualRule.Action action = VirtualRule.Action.LOOKUP;
    private int suppressPrefixLength = -1;

    private RuleReader(Statement statement, RuleNumbers numbers, Findings findings) {
        super("a rule", RouteVocabulary.RULE, statement, findings);
        this.numbers = numbers;
    }

    static void readAll(
            Statement block, PlacedList<VirtualRule> into, RuleNumbers numbers, Findings findings) {
        for (Statement statement : block.block()) {
            VirtualRule rule = new RuleReader(statement, numbers, findings).read();
            if (rule != null) {
                into.add(rule, statement.place());
            }
        }
    }

    /** Returns the rule, or reports everything that is wrong with it and returns null. */
    private @Nullable VirtualRule read() {
        readOptions();
        if (isRefused()) {
            return null;
        }
        if (table == 0 && action == VirtualRule.Action.LOOKUP) {
            error("the rule does nothing; write 'table' and the one to look into in it");
            return null;
        }
        boolean family = family();
        Long own = priority;
        long number = own == null ? numbers.next(family) : own;
        if (own == null) {
            warning(
                    "the rule has no priority and gets "
                            + number
                            + ", as with keepalived; write 'priority' and the number that it is to have");
        }
        try {
            return VirtualRule.of(family, number)
                    .from(from == null ? IpPrefix.all(family) : from)
                    .to(to == null ? IpPrefix.all(family) : to)
                    .inverted(inverted)
                    .inputInterface(inputInterface)
                    .outputInterface(outputInterface)
                    .mark(mark, markMask)
                    .tos(tos)
                    .table(table)
                    .action(action)
                    .suppressPrefixLength(suppressPrefixLength)
                    .build();
        } catch (IllegalArgumentException e) {
            error(e);
            return null;
        }
    }

    private boolean family() {
        Boolean wanted = ipv4;
        IpPrefix known = from != null ? from : to;
        return known != null ? known.isIpv4() : wanted == null || wanted;
    }

    @Override
    void set(String option, String value) {
        switch (option) {
            case "from" -> from = side(option, value);
            case "to" -> to = side(option, value);
            case "table", "lookup" -> table = table(option, value);
            case "priority", "preference", "order" ->
                    priority = number(option, value, 1, 0xffff_ffffL);
            case "iif", "dev" -> inputInterface = value;
            case "oif" -> outputInterface = value;
            case "fwmark" -> mark(option, value);
            case "tos", "dsfield" -> tos = (int) number(option, value, 0, 255);
            case "suppress_prefixlength" ->
                    suppressPrefixLength = (int) number(option, value, 0, 128);
            case "not" -> inverted = true;
            case "inet" -> family(true);
            case "inet6" -> family(false);
            default -> action = VirtualRule.Action.valueOf(option.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    boolean setBare(String word) {
        if (isPrefix(word)) {
            error("'" + word + "' stands alone; write 'from' or 'to' before it");
        }
        return isPrefix(word);
    }

    private void family(boolean wanted) {
        ipv4 = wanted;
        checkFamily(from);
        checkFamily(to);
    }

    private @Nullable IpPrefix side(String option, String value) {
        IpPrefix prefix = ANY.contains(value) ? null : prefix(option, value, false);
        checkFamily(prefix);
        return prefix;
    }

    private void checkFamily(@Nullable IpPrefix prefix) {
        Boolean wanted = ipv4;
        if (prefix != null && wanted != null && wanted != prefix.isIpv4()) {
            error(
                    "the rule is said to be "
                            + (wanted ? "IPv4" : "IPv6")
                            + ", and "
                            + prefix
                            + " is not; remove one of them");
        }
    }

    private void mark(String option, String value) {
        int slash = value.indexOf('/');
        String number = slash < 0 ? value : value.substring(0, slash);
        mark = (int) number(option, number, 0, 0xffff_ffffL);
        markMask =
                slash < 0 ? -1 : (int) number(option, value.substring(slash + 1), 1, 0xffff_ffffL);
    }
}
