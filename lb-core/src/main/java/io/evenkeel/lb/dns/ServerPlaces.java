package io.evenkeel.lb.dns;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.ResolveFailure;
import io.evenkeel.lb.ServerAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which server of a group has which address. One that has an address keeps it for as long as the name has it; the order of records does
 * not matter. Addresses that are free go to the first servers that have none, in the order of their bytes, so that nodes which start
 * together agree. Not thread-safe.
 */
final class ServerPlaces<S> {
    /** An SRV record's weights are this many times as fine as a server's. */
    private static final int WEIGHT_SCALE = 256;

    private static final class Place<S> {
        final S server;
        @Nullable Target target;
        @Nullable ServerAddress address;
        int weight;
        boolean told;

        Place(S server, @Nullable ServerAddress address) {
            this.server = server;
            this.address = address;
        }
    }

    private NameGroup<S> group;
    private List<Place<S>> places = new ArrayList<>();

    ServerPlaces(NameGroup<S> group) {
        this.group = group;
        follow(group);
    }

    NameGroup<S> group() {
        return group;
    }

    /** Servers that stay keep what they have. */
    void follow(NameGroup<S> next) {
        List<Place<S>> before = places;
        places = new ArrayList<>();
        for (NameGroup.Place<S> wanted : next.places()) {
            places.add(
                    before.stream()
                            .filter(place -> place.server.equals(wanted.server()))
                            .findFirst()
                            .orElseGet(() -> new Place<>(wanted.server(), wanted.address())));
        }
        group = next;
    }

    /**
     * Does what follows from what is known now.
     *
     * @param lookup of the group's name
     * @param hosts the lookups of the targets of a service; null while there is none
     */
    void assign(
            NameLookup lookup,
            Function<String, @Nullable NameLookup> hosts,
            List<NameAction<S>> actions) {
        if (!lookup.isKnown()) {
            return;
        }
        if (group.key().isService()) {
            assignTargets(lookup, hosts, actions);
        } else {
            assignAddresses(lookup, actions);
        }
    }

    private void assignAddresses(NameLookup lookup, List<NameAction<S>> actions) {
        List<IpAddress> live = lookup.addresses();
        Set<IpAddress> taken = new HashSet<>();
        List<Place<S>> free = new ArrayList<>();
        List<Place<S>> sharing = new ArrayList<>();
        for (Place<S> place : places) {
            IpAddress ip = place.address == null ? null : place.address.ip();
            if (ip == null || !live.contains(ip)) {
                free.add(place);
            } else if (taken.add(ip)) {
                tell(place, ip, actions);
            } else {
                sharing.add(place);
            }
        }
        free.addAll(sharing);
        List<IpAddress> unplaced = live.stream().filter(ip -> !taken.contains(ip)).toList();
        for (int i = 0; i < free.size(); i++) {
            Place<S> place = free.get(i);
            if (i < unplaced.size()) {
                tell(place, unplaced.get(i), actions);
            } else if (live.isEmpty() || !group.allowDuplicates()) {
                String cause = live.isEmpty() ? nothingFound(lookup) : tooFew(live.size());
                tell(place, null, 0, cause, actions);
            } else {
                boolean shares = sharing.contains(place);
                IpAddress shared = shares ? place.address.ip() : live.get(i % live.size());
                tell(place, shared, actions);
            }
        }
    }

    private void tell(Place<S> place, IpAddress ip, List<NameAction<S>> actions) {
        tell(place, new ServerAddress(ip, group.port()), 0, found(), actions);
    }

    private void assignTargets(
            NameLookup lookup,
            Function<String, @Nullable NameLookup> hosts,
            List<NameAction<S>> actions) {
        List<Target> unplaced = new ArrayList<>(lookup.targets());
        int all = unplaced.size();
        for (Place<S> place : places) {
            if (place.target != null && !unplaced.remove(place.target)) {
                place.target = null;
            }
        }
        for (Place<S> place : places) {
            if (place.target == null && !unplaced.isEmpty()) {
                place.target = unplaced.remove(0);
            }
            Target target = place.target;
            if (target == null) {
                tell(place, null, 0, all == 0 ? nothingFound(lookup) : tooFew(all), actions);
                continue;
            }
            int weight = group.ignoreWeight() ? 0 : lookup.weight(target) / WEIGHT_SCALE + 1;
            NameLookup host = hosts.apply(target.host());
            List<IpAddress> live = host == null ? List.of() : host.addresses();
            if (live.isEmpty()) {
                tell(place, null, weight, "its target " + target + " has no address", actions);
                continue;
            }
            IpAddress ip = place.address == null ? null : place.address.ip();
            ServerAddress address =
                    new ServerAddress(
                            ip != null && live.contains(ip) ? ip : live.get(0), target.port());
            tell(place, address, weight, found() + ", target " + target, actions);
        }
    }

    private void tell(
            Place<S> place,
            @Nullable ServerAddress address,
            int weight,
            String cause,
            List<NameAction<S>> actions) {
        boolean weighs = weight != 0 && weight != place.weight;
        if (place.told && !weighs && Objects.equals(place.address, address)) {
            return;
        }
        place.told = true;
        place.address = address;
        place.weight = weight == 0 ? place.weight : weight;
        actions.add(new NameAction.Assign<>(place.server, address, weighs ? weight : 0, cause));
    }

    private String found() {
        return "resolvers " + group.key().resolvers() + " say so of " + group.key().name();
    }

    private String nothingFound(NameLookup lookup) {
        ResolveFailure failure = lookup.failure();
        return group.key().name()
                + " has no address: "
                + (failure == null ? ResolveFailure.NX : failure).label();
    }

    private String tooFew(int count) {
        return group.key().name()
                + " has "
                + count
                + (group.key().isService() ? " target" : " address")
                + (count == 1 ? "" : group.key().isService() ? "s" : "es")
                + " for "
                + places.size()
                + " servers";
    }
}
