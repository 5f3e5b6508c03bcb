package io.evenkeel.vrrp;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of a story: how times, options and actions are written. */
final class StoryText {

    private StoryText() {}

    /** Splits a file into its stories; each begins with a line "= title". */
    static List<List<String>> stories(String text) {
        List<List<String>> stories = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("= ") || stories.isEmpty()) {
                stories.add(new ArrayList<>());
            }
            stories.get(stories.size() - 1).add(line);
        }
        return stories;
    }

    static Map<String, String> options(String[] words) {
        Map<String, String> options = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return options;
    }

    static void configure(VirtualRouterConfig.Builder builder, Map<String, String> options) {
        options.forEach((key, value) -> configure(builder, key, value));
    }

    private static void configure(VirtualRouterConfig.Builder builder, String key, String value) {
        boolean yes = value.equals("yes");
        switch (key) {
            case "local", "verbose", "at", "wire" -> {}
            case "version" -> builder.version(version(value));
            case "vrid" -> builder.virtualRouterId(Integer.parseInt(value));
            case "priority" -> builder.priority(Integer.parseInt(value));
            case "interval" -> builder.advertisementInterval(duration(value));
            case "adverts" -> builder.downTimerAdverts(Integer.parseInt(value));
            case "preempt" -> builder.preemption(preemption(value));
            case "password" -> builder.authentication(Authentication.password(value));
            case "delay" -> builder.startDelay(duration(value));
            case "fast" -> builder.fastHandover(yes);
            case "strict" -> builder.strict(yes);
            case "accept" -> builder.acceptMode(yes);
            case "answers" -> builder.answersLower(yes);
            case "pause" -> builder.pauseReaction(PauseReaction.valueOf(upper(value)));
            case "sum" -> builder.checksumMode(ChecksumMode.valueOf(upper(value)));
            case "addresses" -> builder.addresses(addresses(value));
            case "excluded" ->
                    builder.excludedAddresses(value.isEmpty() ? List.of() : addresses(value));
            case "trackers" -> builder.trackers(trackers(value));
            case "peers" -> builder.destinations(peers(value));
            case "onlypeers" -> builder.destinations(peers(value).onlyPeers());
            case "refresh" ->
                    builder.announcements(
                            AnnouncementPolicy.DEFAULT.withRefresh(duration(value), 1));
            default -> throw new IllegalArgumentException("No such option: " + key);
        }
    }

    static VrrpVersion version(String value) {
        return VrrpVersion.valueOf(upper(value));
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Preemption preemption(String value) {
        return switch (value) {
            case "never" -> Preemption.NEVER;
            case "now" -> Preemption.IMMEDIATE;
            default -> Preemption.after(duration(value));
        };
    }

    static List<VirtualAddress> addresses(String value) {
        return Arrays.stream(value.split(","))
                .map(each -> VirtualAddress.of(IpAddress.parse(each)))
                .toList();
    }

    private static Destinations peers(String value) {
        return Destinations.unicast(
                Arrays.stream(value.split(","))
                        .map(each -> UnicastPeer.of(IpAddress.parse(each)))
                        .toList());
    }

    /** {@code name:weight[:deadline]}, with a minus before the name of an inverted one. */
    private static List<Tracker> trackers(String value) {
        return Arrays.stream(value.split(",")).map(each -> tracker(each.split(":"))).toList();
    }

    private static Tracker tracker(String[] parts) {
        boolean inverted = parts[0].startsWith("-");
        String name = inverted ? parts[0].substring(1) : parts[0];
        long deadline = parts.length > 2 ? nanos(parts[2]) : 0;
        return new Tracker(name, Integer.parseInt(parts[1]), inverted, deadline);
    }

    static String action(Action action, boolean verbose) {
        if (action instanceof Action.CancelAdvertisements) {
            return "cancel what is queued";
        } else if (action instanceof Action.SendAdvertisement send) {
            return "send priority "
                    + send.priority()
                    + " every "
                    + send.maxAdvertiseIntervalCentis() * 10
                    + " ms";
        } else if (action instanceof Action.AddAddresses add) {
            return "add " + text(add.addresses()) + (add.accept() ? "" : " without accepting");
        } else if (action instanceof Action.RemoveAddresses remove) {
            return "remove " + text(remove.addresses());
        } else if (action instanceof Action.Announce announce) {
            return "announce " + text(announce.addresses()) + " x" + announce.repeat();
        } else if (action instanceof Action.Notify notify) {
            return "tell: " + event(notify.event(), verbose);
        }
        throw new IllegalStateException("An action that the story does not know: " + action);
    }

    /** The diagnosis has a chapter of its own; elsewhere its longer sentences would hide the story. */
    private static String event(VrrpEvent event, boolean verbose) {
        if (!verbose && event instanceof VrrpEvent.NobodyHeard) {
            return "nobody was heard";
        } else if (!verbose && event instanceof VrrpEvent.PeerSilent silent) {
            return silent.peer() + " is silent";
        }
        return event.sentence();
    }

    private static String text(List<VirtualAddress> addresses) {
        return addresses.stream()
                .map(each -> each.address().toString())
                .collect(Collectors.joining(" "));
    }

    static String time(long nanos) {
        BigDecimal millis = BigDecimal.valueOf(nanos, 6).stripTrailingZeros();
        return "@" + millis.toPlainString() + "ms";
    }

    static Duration duration(String text) {
        return Duration.ofNanos(nanos(text));
    }

    static long nanos(String text) {
        int unit = text.endsWith("ms") ? 2 : 1;
        BigDecimal value = new BigDecimal(text.substring(0, text.length() - unit));
        int shift = unit == 2 ? 6 : 9;
        if (!text.endsWith("s")) {
            throw new IllegalArgumentException("A time needs a unit, ms or s: " + text);
        }
        return value.movePointRight(shift).longValueExact();
    }
}
