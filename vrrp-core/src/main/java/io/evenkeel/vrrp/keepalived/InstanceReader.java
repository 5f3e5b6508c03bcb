package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_instance}. What the values amount to is {@link InstanceBuilder}'s matter. */
final class InstanceReader extends BlockReader {
    private static final Duration LONGEST_PREEMPTION_DELAY = Duration.ofSeconds(1000);

    private final String name;
    private final int line;
    private final List<VirtualAddress> addresses = new ArrayList<>();
    private final List<Integer> addressLines = new ArrayList<>();
    private final List<VirtualAddress> excluded = new ArrayList<>();
    private final List<Integer> excludedLines = new ArrayList<>();
    private final List<TrackedScript> trackedScripts = new ArrayList<>();
    private final AnnouncementSettings announcements = new AnnouncementSettings();
    private @Nullable String interfaceName;
    private @Nullable Integer virtualRouterId;
    private @Nullable Integer priority;
    private @Nullable Duration interval;
    private String intervalText = "1";
    private @Nullable VrrpVersion version;
    private @Nullable Boolean strict;
    private @Nullable AuthenticationReader authentication;
    private boolean addressesRead;
    private boolean addressesRefused;
    private boolean master;
    private boolean preempting = true;
    private Duration preemptionDelay = Duration.ZERO;

    InstanceReader(Statement instance, Findings findings) {
        super(InstanceVocabulary.INSTANCE, findings);
        this.name = instance.nameArgument();
        this.line = instance.line();
        walk(instance.block());
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "state" -> readState(statement);
            case "interface" -> interfaceName = statement.argument(0);
            case "virtual_router_id" -> virtualRouterId = anyWhole(statement, "1 to 255");
            case "priority" ->
                    priority =
                            anyWhole(statement, "1 to 254, or 255 for the owner of the addresses");
            case "advert_int" -> readInterval(statement);
            case "version" -> version = Versions.read(statement, this);
            case "authentication" ->
                    authentication = new AuthenticationReader(statement, findings());
            case "virtual_ipaddress" -> readAddresses(statement, addresses, addressLines);
            case "virtual_ipaddress_excluded" -> readAddresses(statement, excluded, excludedLines);
            case "track_script" ->
                    statement
                            .block()
                            .forEach(s -> trackedScripts.add(TrackedScript.read(s, findings())));
            case "nopreempt" -> preempting = false;
            case "preempt" -> preempting = true;
            case "preempt_delay" -> {
                Duration read = seconds(statement, Duration.ZERO, LONGEST_PREEMPTION_DELAY);
                preemptionDelay = read == null ? preemptionDelay : read;
            }
            case "strict_mode" -> strict = flag(statement);
            case "down_timer_adverts" -> only(statement, "3");
            case "accept" -> {
                // The addresses are added to the host, which therefore accepts packets to them.
            }
            default -> announcements.read(statement.name(), statement, this);
        }
    }

    private void readState(Statement statement) {
        String state = statement.argument(0);
        master = state.equals("MASTER");
        if (!master && !state.equals("BACKUP")) {
            findings()
                    .error(
                            statement.line(),
                            "'state' is '" + state + "'; it must be MASTER or BACKUP");
        }
    }

    private void readInterval(Statement statement) {
        intervalText = statement.argument(0);
        interval = Numbers.seconds(intervalText);
        if (interval == null) {
            findings()
                    .error(
                            statement.line(),
                            "'advert_int' is '"
                                    + statement.argument(0)
                                    + "'; it must be a number of seconds, such as 1 or, in version 3, 0.25");
        }
    }

    /** Returns the number, whose range the model knows. */
    private @Nullable Integer anyWhole(Statement statement, String range) {
        Long value = Numbers.whole(statement.argument(0));
        if (value == null || value != value.intValue()) {
            findings()
                    .error(
                            statement.line(),
                            "'"
                                    + statement.name()
                                    + "' is '"
                                    + statement.argument(0)
                                    + "'; it must be a whole number, "
                                    + range);
            return null;
        }
        return value.intValue();
    }

    private void readAddresses(
            Statement block, List<VirtualAddress> addresses, List<Integer> lines) {
        addressesRead |= addresses == this.addresses;
        for (Statement statement : block.block()) {
            VirtualAddress address = AddressReader.read(statement, findings());
            if (address == null) {
                addressesRefused = true;
            } else {
                addresses.add(address);
                lines.add(statement.line());
            }
        }
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    /** Returns the line of the directive, or that of the instance when it is absent. */
    int lineOrOwn(String directive) {
        Integer found = lineOf(directive);
        return found == null ? line : found;
    }

    boolean has(String directive) {
        return lineOf(directive) != null;
    }

    List<VirtualAddress> addresses() {
        return addresses;
    }

    int addressLine(int index) {
        return addressLines.get(index);
    }

    List<VirtualAddress> excluded() {
        return excluded;
    }

    int excludedLine(int index) {
        return excludedLines.get(index);
    }

    /** Whether there is a block of addresses in which nothing is written. */
    boolean hasEmptyAddresses() {
        return addressesRead && addresses.isEmpty() && !addressesRefused;
    }

    List<TrackedScript> trackedScripts() {
        return trackedScripts;
    }

    AnnouncementSettings announcements() {
        return announcements;
    }

    @Nullable String interfaceName() {
        return interfaceName;
    }

    @Nullable Integer virtualRouterId() {
        return virtualRouterId;
    }

    @Nullable Integer priority() {
        return priority;
    }

    @Nullable Duration interval() {
        return interval;
    }

    String intervalText() {
        return intervalText;
    }

    @Nullable VrrpVersion version() {
        return version;
    }

    @Nullable Boolean strict() {
        return strict;
    }

    @Nullable AuthenticationReader authentication() {
        return authentication;
    }

    boolean master() {
        return master;
    }

    boolean preempting() {
        return preempting;
    }

    Duration preemptionDelay() {
        return preemptionDelay;
    }
}
