package io.evenkeel.vrrp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Virtual routers of one host that are Active together or not at all. Whatever makes one of them leave
 * makes the others leave in the same turn, each by actions to its own sink; one that could be Active
 * waits until all of them could.
 *
 * <p>Made once for routers that are not started. From then on each router is driven as without a group.
 */
public final class SyncGroup {

    private final SyncGroupConfig config;
    private final List<RouterMachine> members;

    private SyncGroup(SyncGroupConfig config, List<RouterMachine> members) {
        this.config = config;
        this.members = members;
    }

    /**
     * Puts routers into a group.
     *
     * @param config names the members
     * @param routers all that may be meant; others stay alone
     * @throws IllegalArgumentException if a member is not among the routers or is in a group already
     * @throws IllegalStateException if a member is started
     */
    public static SyncGroup of(SyncGroupConfig config, List<VirtualRouter> routers) {
        List<RouterMachine> members = new ArrayList<>();
        for (String name : config.members()) {
            members.add(member(config, name, routers).machine());
        }
        SyncGroup group = new SyncGroup(config, List.copyOf(members));
        members.forEach(member -> member.join(group));
        return group;
    }

    private static VirtualRouter member(
            SyncGroupConfig config, String name, List<VirtualRouter> routers) {
        for (VirtualRouter router : routers) {
            if (!router.config().name().equals(name)) {
                continue;
            }
            if (router.machine().group() != null) {
                throw new IllegalArgumentException(
                        "Virtual router "
                                + name
                                + " cannot be in sync group "
                                + config.name()
                                + ": it is in another one already.");
            }
            if (!router.isStopped()) {
                throw new IllegalStateException(
                        "Virtual router "
                                + name
                                + " is started; put it into sync group "
                                + config.name()
                                + " before that.");
            }
            return router;
        }
        throw new IllegalArgumentException(
                "Sync group "
                        + config.name()
                        + " names "
                        + name
                        + ", and there is no such router.");
    }

    public SyncGroupConfig config() {
        return config;
    }

    /** Whether every other member is Active or only waits for the group. */
    boolean lets(RouterMachine candidate) {
        for (RouterMachine member : members) {
            if (member != candidate
                    && !(member.state().wantsActive() && member.isLocalAddressUsable())) {
                return false;
            }
        }
        return true;
    }

    /** Why the group forbids a member to own its addresses, or null. */
    @Nullable String faultBeside(RouterMachine asking) {
        for (RouterMachine member : members) {
            if (member != asking && !member.isStopped()) {
                String fault = member.ownFault();
                if (fault != null) {
                    return "sync group "
                            + config.name()
                            + " is in fault, because "
                            + member.config().name()
                            + " is: "
                            + fault;
                }
            }
        }
        return null;
    }

    /** A member became Active, or what held it back is over: the others may go too. */
    void heldBackNoMore(RouterMachine moved, long nowNanos) {
        for (RouterMachine member : members) {
            if (member != moved) {
                member.state().onHeldBackNoMore(nowNanos);
            }
        }
    }

    void left(RouterMachine moved, boolean planned, long nowNanos) {
        for (RouterMachine member : members) {
            if (member != moved) {
                member.state().onGroupLeft(planned, reason(moved), nowNanos);
            }
        }
    }

    private String reason(RouterMachine moved) {
        return moved.config().name() + " of sync group " + config.name() + " is no longer Active.";
    }

    /** What may or may not own its addresses has changed for every member. */
    void settle(RouterMachine moved, String cleared, long nowNanos) {
        for (RouterMachine member : members) {
            if (member != moved) {
                member.settleAlone(cleared, nowNanos);
            }
        }
    }
}
