package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.NotifyScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one {@code vrrp_sync_group}. */
final class SyncGroupReader extends BlockReader {
    private final String name;
    private final Place place;
    private final Map<String, Place> members = new LinkedHashMap<>();
    private final List<TrackedSource> tracked = new ArrayList<>();
    private final Notifications notifications;

    SyncGroupReader(Statement group, Findings findings) {
        super(Vocabularies.SYNC_GROUP, findings);
        this.name = group.nameArgument();
        this.place = group.place();
        this.notifications = new Notifications(NotifyScript.Subject.GROUP, name, findings);
        walk(group.block());
        if (name.isBlank()) {
            findings.error(place, "'vrrp_sync_group' has an empty name; give it one");
        }
        if (placeOf("group") == null) {
            findings.error(
                    place,
                    "vrrp_sync_group '"
                            + name
                            + "' has no members; write 'group' and a block of vrrp_instance names");
        }
    }

    @Override
    void read(Statement statement) {
        switch (statement.name()) {
            case "group" -> readMembers(statement);
            case "track_file", "track_interface", "track_process", "track_script" ->
                    tracked.addAll(TrackedSource.all(statement, findings()));
            case "sync_group_tracking_weight" -> {
                // That it is there is all it says.
            }
            default -> notifications.read(statement);
        }
    }

    private void readMembers(Statement block) {
        if (block.block().isEmpty()) {
            findings()
                    .error(
                            block.place(),
                            "vrrp_sync_group '"
                                    + name
                                    + "' has no member; name at least two instances");
        }
        for (Statement line : block.block()) {
            addMember(line.name(), line.place());
            line.arguments().forEach(member -> addMember(member, line.place()));
            if (line.hasBlock()) {
                findings()
                        .error(
                                line.place(),
                                "'" + line.name() + "' takes no block; remove the braces");
            }
        }
    }

    private void addMember(String member, Place where) {
        if (members.putIfAbsent(member, where) != null) {
            findings()
                    .error(
                            where,
                            "vrrp_instance '"
                                    + member
                                    + "' is there twice in vrrp_sync_group '"
                                    + name
                                    + "'; name it once");
        }
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** Returns the names of the instances, each with its place. */
    Map<String, Place> members() {
        return members;
    }

    List<TrackedSource> tracked() {
        return tracked;
    }

    Notifications notifications() {
        return notifications;
    }

    /** Whether members may be weighted on their own. */
    boolean keepsWeights() {
        return placeOf("sync_group_tracking_weight") != null;
    }
}
