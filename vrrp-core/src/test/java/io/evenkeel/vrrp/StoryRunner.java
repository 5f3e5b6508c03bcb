package io.evenkeel.vrrp;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Plays a story: each command drives one virtual router on a virtual clock, and the actions that come
 * back are written below it. See {@code stories/README}.
 */
final class StoryRunner {

    private static final IpAddress PEER = IpAddress.parse("10.9.0.2");

    private final StringBuilder trace = new StringBuilder();
    private final ByteBuffer out = ByteBuffer.allocate(1500);
    private VirtualRouterConfig config = Packets.router().build();
    private VirtualRouter router = new VirtualRouter(config, this::perform);
    private long nowNanos;
    private String lastLine = "";
    private int repeats;

    /** The story with the trace that its commands give now. */
    static String play(List<String> lines) {
        StoryRunner runner = new StoryRunner();
        for (String line : lines) {
            if (!line.startsWith("    ")) {
                runner.flush();
                runner.trace.append(line).append('\n');
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("=")) {
                    runner.command(line.trim());
                }
            }
        }
        runner.flush();
        return runner.trace.toString();
    }

    private void command(String line) {
        String[] words = line.split("\\s+");
        Map<String, String> options = options(words);
        switch (words[0]) {
            case "router" -> configure(options);
            case "start" -> router.startup(nowNanos);
            case "stop" -> router.shutdown(nowNanos);
            case "handover" -> router.handover(nowNanos);
            case "link" -> router.handleInterface(words[1].equals("up"), nowNanos);
            case "tracker" -> router.handleTracker(words[1], words[2].equals("up"), nowNanos);
            case "hear" -> hear(words[1], options);
            case "wait" -> driveUntil(nowNanos + nanos(words[1]));
            case "sleep" -> nowNanos += nanos(words[1]);
            case "wake" -> router.handleDeadline(nowNanos);
            case "show" -> show();
            default -> throw new IllegalArgumentException("No such command: " + line);
        }
    }

    private static Map<String, String> options(String[] words) {
        Map<String, String> options = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return options;
    }

    private void configure(Map<String, String> options) {
        VirtualRouterConfig.Builder builder = Packets.router();
        configure(builder, options);
        config = builder.build();
        router = new VirtualRouter(config, this::perform);
        router.handleLocalAddress(
                IpAddress.parse(options.getOrDefault("local", "10.9.0.1")), true, 0);
        nowNanos = 0;
    }

    private static void configure(
            VirtualRouterConfig.Builder builder, Map<String, String> options) {
        options.forEach(
                (key, value) -> {
                    switch (key) {
                        case "local" -> {}
                        case "version" -> builder.version(VrrpVersion.valueOf(value.toUpperCase()));
                        case "priority" -> builder.priority(Integer.parseInt(value));
                        case "interval" -> builder.advertisementInterval(duration(value));
                        case "preempt" -> builder.preemption(preemption(value));
                        case "password" -> builder.authentication(Authentication.password(value));
                        case "delay" -> builder.startDelay(duration(value));
                        case "fast" -> builder.fastHandover(value.equals("yes"));
                        case "strict" -> builder.strict(value.equals("yes"));
                        case "addresses" -> builder.addresses(addresses(value));
                        case "excluded" -> builder.excludedAddresses(addresses(value));
                        case "trackers" -> builder.trackers(trackers(value));
                        case "refresh" ->
                                builder.announcements(
                                        AnnouncementPolicy.DEFAULT.withRefresh(duration(value), 1));
                        default -> throw new IllegalArgumentException("No such option: " + key);
                    }
                });
    }

    private static Preemption preemption(String value) {
        return switch (value) {
            case "never" -> Preemption.NEVER;
            case "now" -> Preemption.IMMEDIATE;
            default -> Preemption.after(duration(value));
        };
    }

    private static List<VirtualAddress> addresses(String value) {
        return Arrays.stream(value.split(","))
                .map(each -> VirtualAddress.of(IpAddress.parse(each)))
                .toList();
    }

    private static List<Tracker> trackers(String value) {
        return Arrays.stream(value.split(","))
                .map(each -> each.split(":"))
                .map(each -> new Tracker(each[0], Integer.parseInt(each[1])))
                .toList();
    }

    /** A peer with the same configuration, but for what the options say. */
    private void hear(String priority, Map<String, String> options) {
        VirtualRouterConfig.Builder peer = config.toBuilder();
        IpAddress source =
                options.containsKey("from") ? IpAddress.parse(options.get("from")) : PEER;
        int centis = config.advertisementIntervalCentis();
        if (options.containsKey("every")) {
            centis = (int) (nanos(options.get("every")) / 10_000_000);
        }
        if (options.containsKey("addresses")) {
            peer.addresses(addresses(options.get("addresses")));
        }
        if (options.containsKey("version")) {
            peer.version(VrrpVersion.valueOf(options.get("version").toUpperCase()));
            peer.authentication(Authentication.NONE);
        }
        if (options.containsKey("password")) {
            peer.authentication(Authentication.password(options.get("password")));
        }
        if (options.containsKey("vrid")) {
            peer.virtualRouterId(Integer.parseInt(options.get("vrid")));
        }
        byte[] message =
                Packets.advertisement(peer.build(), Integer.parseInt(priority), centis, source);
        if (options.containsKey("checksum")) {
            ByteBuffer bytes = ByteBuffer.wrap(message);
            bytes.putShort(6, (short) 0);
            boolean wrong = options.get("checksum").equals("wrong");
            int right = Checksum.complement(Checksum.sum(bytes, 0, message.length));
            bytes.putShort(6, (short) (wrong ? right ^ 0x55 : right));
        }
        int ttl = Integer.parseInt(options.getOrDefault("ttl", "255"));
        long ago = options.containsKey("ago") ? nanos(options.get("ago")) : 0;
        ReceivedPacket packet = Packets.packet(message, source.toString(), ttl, nowNanos - ago);
        router.handlePacket(packet, nowNanos);
    }

    private void driveUntil(long untilNanos) {
        while (router.nextDeadlineNanos() <= untilNanos) {
            nowNanos = Math.max(nowNanos, router.nextDeadlineNanos());
            router.handleDeadline(nowNanos);
        }
        nowNanos = untilNanos;
    }

    private void show() {
        long deadline = router.nextDeadlineNanos();
        StringBuilder dropped = new StringBuilder();
        for (PacketRejection rejection : PacketRejection.values()) {
            if (router.counters().rejected(rejection) > 0) {
                dropped.append(", dropped ")
                        .append(router.counters().rejected(rejection))
                        .append(' ')
                        .append(rejection);
            }
        }
        line(
                router.state()
                        + ", priority "
                        + router.effectivePriority()
                        + ", "
                        + (router.isStopped() ? "stopped" : "running")
                        + ", next "
                        + (deadline == VirtualRouter.NO_DEADLINE ? "never" : "at " + time(deadline))
                        + dropped);
    }

    private void perform(Action action) {
        line(time(nowNanos) + "  " + text(action));
    }

    private String text(Action action) {
        if (action instanceof Action.SendAdvertisement send) {
            out.clear();
            router.encode(send, AdvertisementCodec.IPV4_GROUP, nowNanos, out);
            return "send priority "
                    + send.priority()
                    + " every "
                    + send.maxAdvertiseIntervalCentis() * 10
                    + " ms";
        } else if (action instanceof Action.AddAddresses add) {
            return "add " + text(add.addresses());
        } else if (action instanceof Action.RemoveAddresses remove) {
            return "remove " + text(remove.addresses());
        } else if (action instanceof Action.Announce announce) {
            return "announce " + text(announce.addresses()) + " x" + announce.repeat();
        } else if (action instanceof Action.Notify notify) {
            return "tell: " + notify.event().sentence();
        }
        throw new IllegalStateException("An action that the story does not know: " + action);
    }

    private static String text(List<VirtualAddress> addresses) {
        return addresses.stream()
                .map(each -> each.address().toString())
                .collect(Collectors.joining(" "));
    }

    /** Lines that differ in nothing but the time are written once, with a count. */
    private void line(String line) {
        String what = line.substring(line.indexOf(' '));
        boolean same = lastLine.startsWith("@") && lastLine.endsWith("  " + what.trim());
        if (same && line.startsWith("@")) {
            repeats++;
            lastLine = line;
            return;
        }
        flush();
        lastLine = line;
        trace.append("    ").append(line).append('\n');
    }

    private void flush() {
        if (repeats > 0) {
            trace.append("    ... ").append(repeats).append(" more, the last ");
            trace.append(lastLine, 0, lastLine.indexOf("  ")).append('\n');
        }
        repeats = 0;
        lastLine = "";
    }

    private static String time(long nanos) {
        BigDecimal millis = BigDecimal.valueOf(nanos, 6).stripTrailingZeros();
        return "@" + millis.toPlainString() + "ms";
    }

    private static Duration duration(String text) {
        return Duration.ofNanos(nanos(text));
    }

    private static long nanos(String text) {
        int unit = text.endsWith("ms") ? 2 : 1;
        BigDecimal value = new BigDecimal(text.substring(0, text.length() - unit));
        int shift = unit == 2 ? 6 : 9;
        if (!text.endsWith("s")) {
            throw new IllegalArgumentException("A time needs a unit, ms or s: " + text);
        }
        return value.movePointRight(shift).longValueExact();
    }

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
}
