package io.evenkeel.vrrp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that is run when a virtual router or a sync group changes its state. The core does not run it; whoever drives
 * the routers does.
 *
 * @param of whether it belongs to a router or to a group
 * @param name the name of the router or group
 * @param event what it is run for
 * @param command the program and its arguments; never empty. For {@link Event#ANY} four more follow: {@code INSTANCE} or
 *     {@code GROUP}, the name, the state ({@code MASTER}, {@code BACKUP}, {@code FAULT}, {@code STOP}, {@code DELETED}) and
 *     the priority
 * @param user the user to run it as, or null for the one who runs the routers
 * @param group the group to run it as, or null for that of the user
 */
public record NotifyScript(
        Subject of,
        String name,
        Event event,
        List<String> command,
        @Nullable String user,
        @Nullable String group) {

    /** What changes its state. */
    public enum Subject {
        /** A virtual router; keepalived's {@code vrrp_instance}. */
        INSTANCE,
        /** A sync group. */
        GROUP
    }

    /** What it is run for. */
    public enum Event {
        /** It became Active. */
        MASTER,
        /** It became Backup. */
        BACKUP,
        /** It cannot be either. */
        FAULT,
        /** It ends. */
        STOP,
        /** A reload took the router out of the configuration. */
        DELETED,
        /** Any of these, after the command for the event itself. */
        ANY,
        /** As Active it heard a router of lower priority. */
        MASTER_RX_LOWER_PRI
    }

    /**
     * @throws IllegalArgumentException if the name or the command is blank
     */
    public NotifyScript {
        command = List.copyOf(command);
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "A notify script belongs to nothing; name a router or a group.");
        }
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException(
                    "The notify script of " + name + " for " + event + " has no command.");
        }
    }
}
