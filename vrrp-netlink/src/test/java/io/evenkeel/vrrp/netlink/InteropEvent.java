package io.evenkeel.vrrp.netlink;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that happens in a cell of the interop matrix, and what is expected of the two routers. It begins and ends with both of them
 * running.
 *
 * @param name as in "SIGKILL of the Active peer"
 */
record InteropEvent(String name, Scene scene) {
    private static final int FAR_BETTER = 200;
    private static final int FAR_WORSE = 50;

    interface Scene {
        void play(InteropCell cell) throws Exception;
    }

    /** What is played in a cell, in this order. */
    static List<InteropEvent> of(InteropPlan plan) {
        Side better = plan.better();
        return better == null ? equal(plan) : ranked(better);
    }

    private static List<InteropEvent> ranked(Side better) {
        List<InteropEvent> events = new ArrayList<>();
        events.add(
                new InteropEvent(
                        "start, " + better + " better",
                        cell -> start(cell, cell.plan().first(), better)));
        for (Side hit : List.of(better, better.other())) {
            String of = " of the " + (hit == better ? "Active " : "Backup ") + hit;
            events.add(new InteropEvent("planned stop" + of, cell -> stop(cell, hit, better)));
            events.add(new InteropEvent("SIGKILL" + of, cell -> kill(cell, hit, better)));
            events.add(
                    new InteropEvent(
                            "SIGSTOP then SIGCONT" + of, cell -> pause(cell, hit, better)));
            events.add(
                    new InteropEvent("link cut and repaired" + of, cell -> cut(cell, hit, better)));
            events.add(
                    new InteropEvent(
                            "reload without a change" + of, cell -> reload(cell, hit, better)));
            events.add(
                    new InteropEvent(
                            "reload with another priority" + of,
                            cell -> otherPriority(cell, hit, better)));
            events.add(
                    new InteropEvent(
                            "differing VIP lists, one more" + of,
                            cell -> differingLists(cell, hit, better)));
        }
        return events;
    }

    private static List<InteropEvent> equal(InteropPlan plan) {
        Side first = plan.first();
        Side higher = plan.higher();
        String of = " of the Active " + higher;
        return List.of(
                new InteropEvent(
                        "start, " + higher + " with the higher address",
                        cell -> start(cell, first, first)),
                new InteropEvent(
                        "LAN parted and healed, " + higher + " with the higher address",
                        InteropEvent::part),
                new InteropEvent(
                        "planned stop" + of,
                        cell -> {
                            cell.router(higher).stop();
                            cell.expectNewOwner(higher.other());
                            restartAsBackup(cell, higher);
                            cell.expectNewOwner(higher.other());
                        }));
    }

    /** Starts both in a new cell, so that the next event finds what it expects. */
    static void settle(InteropCell cell) throws Exception {
        Side better = cell.plan().better();
        Side owner = better == null ? cell.plan().higher() : better;
        start(cell, owner, owner);
    }

    /** An equal router does not take the addresses from one that has them, whatever their addresses. */
    private static void start(InteropCell cell, Side first, Side owner) throws Exception {
        cell.start(first);
        cell.expectNewOwner(first);
        if (owner == first) {
            restartAsBackup(cell, first.other());
        } else {
            cell.start(first.other());
        }
        cell.expectNewOwner(owner);
    }

    private static void restartAsBackup(InteropCell cell, Side backup) throws Exception {
        int mark = cell.mark();
        cell.start(backup);
        cell.awaitHeard(backup.other());
        cell.expectSilence(backup, mark);
    }

    private static void restart(InteropCell cell, Side hit, Side better) throws Exception {
        if (hit == better) {
            cell.start(hit);
        } else {
            restartAsBackup(cell, hit);
        }
        cell.expectNewOwner(better);
    }

    private static void stop(InteropCell cell, Side hit, Side better) throws Exception {
        cell.router(hit).stop();
        cell.expectNewOwner(hit.other());
        restart(cell, hit, better);
    }

    private static void kill(InteropCell cell, Side hit, Side better) throws Exception {
        cell.router(hit).signal("KILL");
        expectTakeoverOfASilent(cell, hit, better);
        restart(cell, hit, better);
    }

    private static void pause(InteropCell cell, Side hit, Side better) throws Exception {
        int mark = cell.mark();
        cell.router(hit).signal("STOP");
        if (hit != better) {
            cell.awaitHeard(better);
        }
        expectTakeoverOfASilent(cell, hit, better);
        cell.router(hit).signal("CONT");
        if (hit != better) {
            cell.awaitHeard(better);
            cell.expectSilence(hit, mark);
        }
        cell.expectNewOwner(better);
    }

    /** A peer's addresses stay on its host while nobody takes them off; Evenkeel's are leased. */
    private static void expectTakeoverOfASilent(InteropCell cell, Side hit, Side better)
            throws Exception {
        if (hit == better && hit == Side.PEER) {
            cell.expectTakenFromTheDead();
        } else {
            cell.expectNewOwner(hit.other());
        }
    }

    private static void cut(InteropCell cell, Side hit, Side better) throws Exception {
        cell.cut(hit);
        cell.expectNewOwner(hit.other());
        if (hit != better && !cell.plan().mindsLink(hit)) {
            // Before that, the carrier of the macvlan would come back with the link, in spite of
            // its protodown.
            cell.expectAddresses(hit);
        }
        cell.mend(hit);
        if (hit != better) {
            cell.awaitHeard(better);
        }
        cell.expectNewOwner(better);
    }

    private static void reload(InteropCell cell, Side hit, Side better) throws Exception {
        int mark = cell.mark();
        cell.reload(hit, cell.plan().settings(hit));
        cell.awaitHeard(better);
        cell.expectSilence(better.other(), mark);
        cell.expectOwner(better);
    }

    private static void otherPriority(InteropCell cell, Side hit, Side better) throws Exception {
        RouterSettings usual = cell.plan().settings(hit);
        cell.reload(hit, usual.withPriority(hit == better ? FAR_WORSE : FAR_BETTER));
        cell.expectNewOwner(better.other());
        cell.reload(hit, usual);
        cell.expectNewOwner(better);
    }

    private static void differingLists(InteropCell cell, Side hit, Side better) throws Exception {
        InteropPlan plan = cell.plan();
        cell.reload(hit, plan.settings(hit).withAnother(true));
        boolean dropped = better == Side.EVENKEEL && plan.peerDropsOtherLists();
        if (dropped) {
            cell.expectTwoOwners();
        } else {
            cell.awaitHeard(better);
            cell.expectOwner(better);
        }
        if (dropped || better == Side.PEER) {
            cell.expectOtherListTold();
        }
        cell.reload(hit.other(), plan.settings(hit.other()).withAnother(true));
        cell.expectOwner(better);
        cell.reload(hit, plan.settings(hit));
        cell.reload(hit.other(), plan.settings(hit.other()));
        cell.expectOwner(better);
    }

    /** Both own what they cannot ask each other about; once they can, the higher address keeps it. */
    private static void part(InteropCell cell) throws Exception {
        Side higher = cell.plan().higher();
        cell.separate(true);
        cell.expectTwoOwners();
        if (cell.plan().peer() == InteropPlan.Peer.FRR) {
            // It gives way to anybody until it has found its source address and advertised.
            cell.awaitHeard(Side.PEER);
        }
        cell.separate(false);
        cell.expectNewOwner(higher);
    }
}
