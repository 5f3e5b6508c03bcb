package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.SyncGroupConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sync groups of a configuration and whom they bind together. */
final class SyncGroups {
    private final Findings findings;
    private final List<SyncGroupReader> groups = new ArrayList<>();

    SyncGroups(Findings findings) {
        this.findings = findings;
    }

    void read(Statement statement) {
        groups.add(new SyncGroupReader(statement, findings));
    }

    /** Returns the group of each instance that is in one, and reports names that fit no instance or several groups. */
    Map<String, SyncGroupReader> byMember(Set<String> instances) {
        Map<String, SyncGroupReader> byMember = new HashMap<>();
        Map<String, SyncGroupReader> byName = new HashMap<>();
        for (SyncGroupReader group : groups) {
            SyncGroupReader namesake = byName.putIfAbsent(group.name(), group);
            if (namesake != null) {
                findings.error(
                        group.place(),
                        "vrrp_sync_group '"
                                + group.name()
                                + "' is defined on "
                                + namesake.place().seenFrom(group.place())
                                + " already; give this one another name");
            }
            group.members()
                    .forEach((member, place) -> add(group, member, place, instances, byMember));
        }
        return byMember;
    }

    private void add(
            SyncGroupReader group,
            String member,
            Place place,
            Set<String> instances,
            Map<String, SyncGroupReader> byMember) {
        if (!instances.contains(member)) {
            String nearest = Nearest.of(member, instances);
            findings.error(
                    place,
                    "there is no vrrp_instance '"
                            + member
                            + "' for vrrp_sync_group '"
                            + group.name()
                            + "'; "
                            + (nearest == null
                                    ? "define it or correct the name"
                                    : "did you mean '" + nearest + "'?"));
            return;
        }
        SyncGroupReader other = byMember.putIfAbsent(member, group);
        if (other != null) {
            findings.error(
                    place,
                    "vrrp_instance '"
                            + member
                            + "' is in vrrp_sync_group '"
                            + other.name()
                            + "' already; an instance is in one group");
        }
    }

    /** Returns the groups of two and more; one alone is bound to nothing, which is warned about. */
    List<SyncGroupConfig> groups() {
        List<SyncGroupConfig> built = new ArrayList<>();
        for (SyncGroupReader group : groups) {
            List<String> members = List.copyOf(group.members().keySet());
            if (members.size() > 1 && !group.name().isBlank()) {
                built.add(new SyncGroupConfig(group.name(), members));
            } else if (members.size() == 1) {
                alone(group, members.get(0));
            }
        }
        return built;
    }

    private void alone(SyncGroupReader group, String member) {
        String one = "vrrp_sync_group '" + group.name() + "' has one member, ";
        if (group.notifications().isEmpty()) {
            findings.warning(
                    group.place(), one + "so that it binds nothing together; name another one");
        } else {
            findings.error(
                    group.place(),
                    one
                            + "so that it never changes its state; name another one, or move its notify directives into"
                            + " vrrp_instance '"
                            + member
                            + "'");
        }
    }

    /**
     * Returns what is run when a group changes its state.
     *
     * @param usual as whom those run that do not say so
     */
    List<NotifyScript> notifyScripts(Account usual) {
        return groups.stream().flatMap(g -> g.notifications().scripts(usual).stream()).toList();
    }
}
