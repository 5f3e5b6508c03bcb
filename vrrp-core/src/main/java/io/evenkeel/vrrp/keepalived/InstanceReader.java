package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one {@code vrrp_instance}. What the values amount to is {@link InstanceBuilder}'s matter. */
final class InstanceReader extends BlockReader {
    private static final Duration LONGEST_PREEMPTION_DELAY = Duration.ofSeconds(1000);

    private final String name;
    private final Place place;
    private final ReaderOptions options;
    private final AddressList addresses = new AddressList();
    private final AddressList excluded = new AddressList();
    private final RouteBlocks routes;
    private final List<TrackedSource> tracked = new ArrayList<>();
    private final AnnouncementSettings announcements = new AnnouncementSettings();
    private final WaySettings way = new WaySettings(this);
    private final ProtocolSettings protocol = new ProtocolSettings(this);
    private final VirtualMacSettings virtualMac = new VirtualMacSettings(this);
    private final Notifications notifications;
    private @Nullable String interfaceName;
    private @Nullable Integer virtualRouterId;
    private @Nullable Integer priority;
    private @Nullable Duration interval;
    private String intervalText = "1";
    private @Nullable VrrpVersion version;
    private @Nullable AuthenticationReader authentication;
    private @Nullable HmacReader hmac;
    private boolean master;
    private boolean preempting = true;
    private Duration preemptionDelay = Duration.ZERO;

    InstanceReader(
            Statement instance, ReaderOptions options, RuleNumbers numbers, Findings findings) {
        super(InstanceVocabulary.INSTANCE, findings);
        this.name = instance.nameArgument();
        this.place = instance.place();
        this.options = options;
        this.routes = new RouteBlocks(numbers, findings);
        this.notifications = new Notifications(NotifyScript.Subject.INSTANCE, name, findings);
        walk(instance.block());
    }

    @Override
    void read(Statement statement) {
        String directive = statement.name();
        switch (directive) {
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
            case "auth_hmac" -> hmac = new HmacReader(statement, options, findings());
            case "virtual_ipaddress" -> addresses.read(statement, findings());
            case "virtual_ipaddress_excluded" -> excluded.read(statement, findings());
            case "virtual_routes" -> routes.readRoutes(statement);
            case "virtual_rules" -> routes.readRules(statement);
            case "track_file", "track_interface", "track_process", "track_script" ->
                    tracked.addAll(TrackedSource.all(statement, findings()));
            case "nopreempt" -> preempting = false;
            case "preempt" -> preempting = true;
            case "preempt_delay" -> {
                Duration read = seconds(statement, Duration.ZERO, LONGEST_PREEMPTION_DELAY);
                preemptionDelay = read == null ? preemptionDelay : read;
            }
            case "native_ipv6" -> {
                // The addresses say so themselves; that they do is looked at once all are read.
            }
            default -> {
                if (WaySettings.DIRECTIVES.contains(directive)) {
                    way.read(statement);
                } else if (ProtocolSettings.DIRECTIVES.contains(directive)) {
                    protocol.read(statement);
                } else if (VirtualMacSettings.DIRECTIVES.contains(directive)) {
                    virtualMac.read(statement);
                } else if (Notifications.isNotify(directive)) {
                    notifications.read(statement);
                } else {
                    announcements.read(directive, statement, this);
                }
            }
        }
    }

    private void readState(Statement statement) {
        String state = statement.argument(0);
        master = state.equals("MASTER");
        if (!master && !state.equals("BACKUP")) {
            findings()
                    .error(
                            statement.place(),
                            "'state' is '" + state + "'; it must be MASTER or BACKUP");
        }
    }

    private void readInterval(Statement statement) {
        intervalText = statement.argument(0);
        interval = Numbers.seconds(intervalText);
        if (interval == null) {
            findings()
                    .error(
                            statement.place(),
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
                            statement.place(),
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

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** Returns the place of the directive, or that of the instance when it is absent. */
    Place placeOrOwn(String directive) {
        Place found = placeOf(directive);
        return found == null ? place : found;
    }

    boolean has(String directive) {
        return placeOf(directive) != null;
    }

    AddressList addresses() {
        return addresses;
    }

    AddressList excluded() {
        return excluded;
    }

    RouteBlocks routes() {
        return routes;
    }

    /** Whether the addresses are IPv4; the first one decides. */
    boolean isIpv4() {
        return addresses.isEmpty() ? !has("native_ipv6") : addresses.get(0).address().isIpv4();
    }

    List<TrackedSource> tracked() {
        return tracked;
    }

    AnnouncementSettings announcements() {
        return announcements;
    }

    WaySettings way() {
        return way;
    }

    ProtocolSettings protocol() {
        return protocol;
    }

    VirtualMacSettings virtualMac() {
        return virtualMac;
    }

    Notifications notifications() {
        return notifications;
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

    @Nullable AuthenticationReader authentication() {
        return authentication;
    }

    @Nullable HmacReader hmac() {
        return hmac;
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
