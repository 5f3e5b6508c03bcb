package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VrrpEvent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of {@code notify} and its kin when a virtual router or a sync group changes its state. It does not wait for
 * them, as keepalived does not: a command that hangs holds nothing up. Used by one thread, that of the events, but for {@link #replace}.
 */
final class NotifyRunner {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyRunner.class);
    private static final File NOTHING = new File("/dev/null");

    private volatile List<NotifyScript> scripts;
    private final List<SyncGroupConfig> groups;
    private final Predicate<String> isListed;
    private final ScriptUsers users;
    private final Launcher launcher;
    private final Map<String, Integer> priorities = new HashMap<>();
    private final Map<String, NotifyScript.Event> states = new HashMap<>();
    private final Map<String, NotifyScript.Event> groupStates = new HashMap<>();

    /** Starts a command. */
    interface Launcher {
        void launch(List<String> command) throws IOException;
    }

    /**
     * @param isListed whether the configuration has a router of that name; one that it no longer has is deleted
     */
    NotifyRunner(
            List<NotifyScript> scripts,
            List<SyncGroupConfig> groups,
            Predicate<String> isListed,
            ScriptUsers users) {
        this(scripts, groups, isListed, users, NotifyRunner::launch);
    }

    NotifyRunner(
            List<NotifyScript> scripts,
            List<SyncGroupConfig> groups,
            Predicate<String> isListed,
            ScriptUsers users,
            Launcher launcher) {
        this.scripts = List.copyOf(scripts);
        this.groups = List.copyOf(groups);
        this.isListed = isListed;
        this.users = users;
        this.launcher = launcher;
    }

    /** Runs these from the next event on; and still those of routers which the configuration no longer has, since they are yet to end. */
    void replace(List<NotifyScript> next) {
        List<NotifyScript> all = new ArrayList<>(next);
        for (NotifyScript script : scripts) {
            if (script.of() == NotifyScript.Subject.INSTANCE && !isListed.test(script.name())) {
                all.add(script);
            }
        }
        scripts = List.copyOf(all);
    }

    void onEvent(VrrpEvent event) {
        if (event instanceof VrrpEvent.StateChanged change) {
            priorities.put(change.router(), change.priority());
            NotifyScript.Event state = state(change);
            states.put(change.router(), state);
            run(NotifyScript.Subject.INSTANCE, change.router(), state, change.router());
            groups.forEach(this::follow);
        } else if (event instanceof VrrpEvent.Contention contention) {
            run(
                    NotifyScript.Subject.INSTANCE,
                    contention.router(),
                    NotifyScript.Event.MASTER_RX_LOWER_PRI,
                    contention.router());
        }
    }

    private NotifyScript.Event state(VrrpEvent.StateChanged change) {
        return switch (change.to()) {
            case ACTIVE -> NotifyScript.Event.MASTER;
            case BACKUP -> NotifyScript.Event.BACKUP;
            case FAULT -> NotifyScript.Event.FAULT;
            case INITIALIZE ->
                    isListed.test(change.router())
                            ? NotifyScript.Event.STOP
                            : NotifyScript.Event.DELETED;
        };
    }

    /** A group has a state when all of its routers have it. */
    private void follow(SyncGroupConfig group) {
        NotifyScript.Event common = common(group);
        if (common != null && groupStates.put(group.name(), common) != common) {
            run(NotifyScript.Subject.GROUP, group.name(), common, group.members().get(0));
        }
    }

    private NotifyScript.@Nullable Event common(SyncGroupConfig group) {
        NotifyScript.Event common = states.get(group.members().get(0));
        for (String member : group.members()) {
            if (states.get(member) != common) {
                return null;
            }
        }
        return common;
    }

    private void run(
            NotifyScript.Subject subject, String name, NotifyScript.Event event, String router) {
        for (NotifyScript script : scripts) {
            boolean any =
                    script.event() == NotifyScript.Event.ANY
                            && event != NotifyScript.Event.MASTER_RX_LOWER_PRI;
            if (script.of() == subject
                    && script.name().equals(name)
                    && (script.event() == event || any)) {
                launch(script, any ? arguments(script, event, router) : script.command());
            }
        }
    }

    private List<String> arguments(NotifyScript script, NotifyScript.Event event, String router) {
        List<String> command = new ArrayList<>(script.command());
        command.add(script.of().name());
        command.add(script.name());
        command.add(event.name());
        command.add(String.valueOf(priorities.getOrDefault(router, 0)));
        return command;
    }

    private void launch(NotifyScript script, List<String> command) {
        try {
            launcher.launch(users.command(command, script.user(), script.group()));
        } catch (IOException e) {
            LOG.warn(
                    "The command '{}' that {} is to run on a change to {} cannot be started: {}",
                    String.join(" ", command),
                    script.name(),
                    script.event(),
                    e.getMessage());
        }
    }

    private static void launch(List<String> command) throws IOException {
        new ProcessBuilder(command)
                .redirectInput(NOTHING)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
