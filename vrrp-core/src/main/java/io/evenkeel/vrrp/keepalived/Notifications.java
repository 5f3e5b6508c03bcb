package io.evenkeel.vrrp.keepalived;

import io.evenkeel.vrrp.NotifyScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The {@code notify} directives of an instance or a group. */
final class Notifications {
    private final NotifyScript.Subject subject;
    private final String name;
    private final Findings findings;
    private final List<NotifyScript> scripts = new ArrayList<>();
    private final Map<NotifyScript.Event, Place> places = new EnumMap<>(NotifyScript.Event.class);

    Notifications(NotifyScript.Subject subject, String name, Findings findings) {
        this.subject = subject;
        this.name = name;
        this.findings = findings;
    }

    void read(Statement statement) {
        NotifyScript.Event event = event(statement.name());
        if (statement.argumentCount() == 0) {
            return; // notify_deleted alone asks for what is always told: DELETED rather than FAULT
        }
        List<String> command = Commands.read(statement, findings);
        Place earlier = places.putIfAbsent(event, statement.place());
        if (earlier != null) {
            findings.error(
                    statement.place(),
                    "'"
                            + statement.name()
                            + "' is given on "
                            + earlier.seenFrom(statement.place())
                            + " already; there is one command for each event, remove one of them");
        }
        Account account = Account.read(statement, 1, findings);
        if (command != null && !name.isBlank()) {
            scripts.add(
                    new NotifyScript(
                            subject, name, event, command, account.user(), account.group()));
        }
    }

    static boolean isNotify(String directive) {
        return directive.startsWith("notify");
    }

    private static NotifyScript.Event event(String directive) {
        return switch (directive) {
            case "notify" -> NotifyScript.Event.ANY;
            case "notify_master" -> NotifyScript.Event.MASTER;
            case "notify_backup" -> NotifyScript.Event.BACKUP;
            case "notify_fault" -> NotifyScript.Event.FAULT;
            case "notify_stop" -> NotifyScript.Event.STOP;
            case "notify_deleted" -> NotifyScript.Event.DELETED;
            case "notify_master_rx_lower_pri" -> NotifyScript.Event.MASTER_RX_LOWER_PRI;
            default -> throw new IllegalStateException("no reader for " + directive);
        };
    }

    /** Whether there is any. */
    boolean isEmpty() {
        return scripts.isEmpty();
    }

    /**
     * Returns the commands.
     *
     * @param usual as whom those run that do not say so
     */
    List<NotifyScript> scripts(Account usual) {
        return scripts.stream().map(script -> runAs(script, usual)).toList();
    }

    private static NotifyScript runAs(NotifyScript script, Account usual) {
        Account as = new Account(script.user(), script.group()).or(usual);
        return new NotifyScript(
                script.of(),
                script.name(),
                script.event(),
                script.command(),
                as.user(),
                as.group());
    }
}
