package io.evenkeel.vrrp;

import java.util.HashSet;
import java.util.List;

/**
 * Virtual routers that are Active on one host together: where one of them cannot be, none is. Usual for
 * a host that routes between two LANs and holds an address on each.
 *
 * @param name what events, errors and people call it
 * @param members the names of its routers, at least two, no two alike
 */
public record SyncGroupConfig(String name, List<String> members) {

    /**
     * @throws IllegalArgumentException if the name is blank, there are fewer than two members or one is
     *     there twice
     */
    public SyncGroupConfig {
        members = List.copyOf(members);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A sync group has no name; give it one.");
        }
        if (members.size() < 2) {
            throw new IllegalArgumentException(
                    "Sync group "
                            + name
                            + " has "
                            + members.size()
                            + " members; it needs at least two virtual routers.");
        }
        if (new HashSet<>(members).size() < members.size()) {
            throw new IllegalArgumentException(
                    "Sync group " + name + " names a member twice: " + members + ".");
        }
    }
}
