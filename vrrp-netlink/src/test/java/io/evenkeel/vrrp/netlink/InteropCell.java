package io.evenkeel.vrrp.netlink;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A LAN of the interop matrix: Evenkeel, a peer, and a third host that watches whom it finds under the virtual addresses. What is expected is
 * looked at for each way on its own; a way that failed is left out of what comes after.
 */
final class InteropCell {
    private static final int WITNESS = 3;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long LOOK_MILLIS = 20;
    // Three intervals and the skew time are less than four.
    private static final int ADVERTISEMENTS_HEARD = 5;

    private final InteropPlan plan;
    private final Lan lan;
    private final LanCapture capture;
    private final Witness witness;
    private final Map<Side, RouterProcess> routers = new EnumMap<>(Side.class);
    private final Map<Side, RouterSettings> settings = new EnumMap<>(Side.class);
    private final Set<Side> unplugged = EnumSet.noneOf(Side.class);
    private final Map<Way, String> failures = new EnumMap<>(Way.class);
    private int eventMark;

    InteropCell(InteropPlan plan, Path directory) throws Exception {
        this.plan = plan;
        lan = new Lan(WITNESS);
        capture = new LanCapture(lan);
        witness = new Witness(lan, WITNESS, capture);
        for (Side side : Side.values()) {
            routers.put(side, plan.router(side, lan, directory));
            settings.put(side, plan.settings(side));
        }
    }

    InteropPlan plan() {
        return plan;
    }

    RouterProcess router(Side side) {
        return routers.get(side);
    }

    void start(Side side) throws Exception {
        router(side).start(settings.get(side));
    }

    void reload(Side side, RouterSettings changed) throws Exception {
        settings.put(side, changed);
        router(side).reload(changed);
    }

    void cut(Side side) throws Exception {
        unplugged.add(side);
        lan.cut(plan.host(side));
    }

    void mend(Side side) throws Exception {
        unplugged.remove(side);
        lan.mend(plan.host(side));
    }

    void separate(boolean apart) throws Exception {
        lan.separate(1, 2, apart);
    }

    /** Waits until this side alone owns the addresses: by the tables of both hosts, and by all answers that the third host gets. */
    void expectOwner(Side side) throws Exception {
        expect(
                way -> {
                    String problem = tables(way, EnumSet.of(side));
                    return problem != null ? problem : answers(way, side);
                });
    }

    /** As {@link #expectOwner}, and that it has told so: the third host knows it before it asks. */
    void expectNewOwner(Side side) throws Exception {
        expect(
                way -> {
                    String problem = tables(way, EnumSet.of(side));
                    if (problem == null && plan.announces(side)) {
                        problem = cache(way, side);
                    }
                    return problem != null ? problem : answers(way, side);
                });
    }

    /** Waits until both sides own the addresses, as happens when a peer does not do its part. */
    void expectTwoOwners() throws Exception {
        expect(way -> tables(way, EnumSet.allOf(Side.class)));
    }

    /** Waits until this side has the addresses, whoever else has. */
    void expectAddresses(Side side) throws Exception {
        expect(
                way ->
                        has(side, way, way.address())
                                ? null
                                : side + " does not have " + way.address());
    }

    /** Waits until Evenkeel has logged that the peer, which it hears, advertises another list of addresses. */
    void expectOtherListTold() throws Exception {
        expect(
                way -> {
                    String sentence =
                            "%s: the peer %s advertises "
                                    .formatted(way.name(), way.source(plan.host(Side.PEER)));
                    return router(Side.EVENKEEL).log().contains(sentence)
                            ? null
                            : "Evenkeel has not logged '" + sentence + "...'";
                });
    }

    /** Waits until Evenkeel has the addresses and has told so, while those of a dead or stopped peer are still on its host. */
    void expectTakenFromTheDead() throws Exception {
        expect(
                way -> {
                    String problem = tables(way, EnumSet.allOf(Side.class));
                    return problem != null ? problem : cache(way, Side.EVENKEEL);
                });
    }

    /** Waits for so many advertisements of that side that the other one would have taken over without them. */
    void awaitHeard(Side side) throws Exception {
        int mark = capture.mark();
        expect(
                way -> {
                    long heard = capture.count(mark, line -> isFrom(side, way, line));
                    return heard >= ADVERTISEMENTS_HEARD
                            ? null
                            : "only " + heard + " advertisements of " + side;
                });
    }

    /** The place from which {@link #expectSilence} looks. */
    int mark() {
        return capture.mark();
    }

    /**
     * Holds that this side has not advertised since then, unless the other one had fallen silent, be it that it came back just before:
     * machines may be slow.
     */
    void expectSilence(Side side, int mark) {
        List<String> lines = capture.since(0);
        for (Way way : plan.ways()) {
            String heard = null;
            String silentUntil = null;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (isFrom(side.other(), way, line)) {
                    if (heard != null && intervals(way, heard, line) >= 3) {
                        silentUntil = line;
                    }
                    heard = line;
                } else if (i >= mark && isFrom(side, way, line)) {
                    boolean silent = heard == null || intervals(way, heard, line) >= 3;
                    boolean wasSilent =
                            silentUntil != null && intervals(way, silentUntil, line) <= 1;
                    if (!silent && !wasSilent) {
                        fail(way, side + " advertised, though the Active was heard: " + line);
                    }
                    break;
                }
            }
        }
    }

    private static double intervals(Way way, String from, String until) {
        return (double) LanCapture.nanosBetween(from, until) / way.interval().toNanos();
    }

    private boolean isFrom(Side side, Way way, String line) {
        return way.isAdvertisement(line, plan.host(side));
    }

    /** Forgets what failed; what is told of later failures begins here. */
    void beginEvent() {
        failures.clear();
        eventMark = capture.mark();
    }

    /** What failed since {@link #beginEvent}, null if the way did as expected. */
    @Nullable String failure(Way way) {
        return failures.get(way);
    }

    private void expect(Expectation expectation) throws Exception {
        long bound = System.nanoTime() + PATIENCE_NANOS;
        Set<Way> pending = EnumSet.copyOf(plan.ways());
        pending.removeAll(failures.keySet());
        while (!pending.isEmpty()) {
            boolean late = System.nanoTime() > bound;
            for (Way way : List.copyOf(pending)) {
                String problem = expectation.problem(way);
                if (problem == null) {
                    pending.remove(way);
                } else if (late) {
                    fail(way, "waited in vain: " + problem);
                    pending.remove(way);
                }
            }
            if (!pending.isEmpty()) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private void fail(Way way, String problem) {
        if (!failures.containsKey(way)) {
            failures.put(way, problem + "\n" + report());
        }
    }

    /** What is wrong with the address tables if these sides are to have the addresses. */
    private @Nullable String tables(Way way, Set<Side> owners) throws Exception {
        for (Side side : Side.values()) {
            if (unplugged.contains(side) && !plan.mindsLink(side)) {
                continue;
            }
            RouterSettings its = settings.get(side);
            for (String address : way.addresses(its.linkLocal(), its.another())) {
                if (has(side, way, address) != owners.contains(side)) {
                    return "%s %s %s, host %d"
                            .formatted(
                                    side,
                                    owners.contains(side) ? "does not have" : "has",
                                    address,
                                    plan.host(side));
                }
            }
        }
        return null;
    }

    /** An address that is to leave the host when the link is cut counts without a carrier too. */
    private boolean has(Side side, Way way, String address) throws Exception {
        return plan.mindsLink(side)
                ? table(side).has(router(side).interfaceName(way), address)
                : table(side).has(address);
    }

    private @Nullable String cache(Way way, Side owner) throws Exception {
        String cached = witness.cached(way.address());
        return cached.isEmpty() || cached.equals(mac(owner, way))
                ? null
                : "%s is at %s in the third host's cache, not at %s of %s"
                        .formatted(way.address(), cached, mac(owner, way), owner);
    }

    private @Nullable String answers(Way way, Side owner) throws Exception {
        List<String> others =
                Stream.of(Side.values())
                        .filter(side -> !unplugged.contains(side))
                        .map(side -> (way.isIpv6() ? "fd09::" : "10.9.0.") + plan.host(side))
                        .toList();
        Set<String> answerers = witness.answerers(way.address(), others);
        if (!answerers.equals(Set.of(mac(owner, way)))) {
            return "%s is answered for by %s, not by %s of %s alone"
                    .formatted(way.address(), answerers, mac(owner, way), owner);
        }
        return witness.reaches(way.address()) ? null : way.address() + " gives no echo";
    }

    private String mac(Side side, Way way) throws Exception {
        return table(side).mac(router(side).interfaceName(way));
    }

    private AddressTable table(Side side) throws Exception {
        return lan.table(plan.host(side));
    }

    /** Both address tables, both logs and what was on the LAN. */
    String report() {
        StringBuilder report = new StringBuilder();
        try {
            for (Side side : Side.values()) {
                report.append("--- host ").append(plan.host(side)).append(", ").append(side);
                report.append(":\n").append(table(side));
                report.append("--- log of ").append(side).append(":\n");
                report.append(digest(router(side).log()));
            }
        } catch (Exception e) {
            report.append("--- the rest cannot be told: ").append(e).append('\n');
        }
        return report + "--- packets since the event began:\n" + capture.summary(eventMark);
    }

    /** Lines of a log differ in their times at least. */
    private static String digest(String log) {
        return Digest.of(log.lines().toList(), line -> line.replaceAll("[0-9]", ""));
    }

    void close() throws Exception {
        for (RouterProcess router : routers.values()) {
            router.close();
        }
        witness.close();
        capture.close();
        lan.close();
    }

    private interface Expectation {
        /** What is not as expected yet, null if nothing. */
        @Nullable String problem(Way way) throws Exception;
    }
}
