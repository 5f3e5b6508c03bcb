package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.NotifyScript.Event;
import io.evenkeel.vrrp.NotifyScript.Subject;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** keepalived's {@code notify} and its kin. */
class NotifyRunnerTest {
    private final List<String> launched = new ArrayList<>();

    private NotifyRunner runner(NotifyScript... scripts) {
        return new NotifyRunner(
                List.of(scripts),
                List.of(new SyncGroupConfig("VG", List.of("VI_1", "VI_2"))),
                router -> !router.equals("gone"),
                new ScriptUsers(false),
                command -> launched.add(String.join(" ", command)));
    }

    private static NotifyScript script(Subject of, String name, Event event, String command) {
        return new NotifyScript(of, name, event, List.of(command.split(" ")), null, null);
    }

    private static VrrpEvent change(String router, VrrpState to) {
        return new VrrpEvent.StateChanged(router, VrrpState.INITIALIZE, to, 100, "because.");
    }

    @Test
    void theCommandOfTheStateIsRunAndThatOfAnyStateWithWhatItIs() {
        NotifyRunner runner =
                runner(
                        script(Subject.INSTANCE, "VI_1", Event.MASTER, "/bin/master now"),
                        script(Subject.INSTANCE, "VI_1", Event.BACKUP, "/bin/backup"),
                        script(Subject.INSTANCE, "VI_1", Event.ANY, "/bin/any"),
                        script(Subject.INSTANCE, "VI_2", Event.MASTER, "/bin/other"));
        runner.onEvent(change("VI_1", VrrpState.ACTIVE));
        runner.onEvent(change("VI_1", VrrpState.FAULT));
        runner.onEvent(change("VI_1", VrrpState.INITIALIZE));
        assertEquals(
                List.of(
                        "/bin/master now",
                        "/bin/any INSTANCE VI_1 MASTER 100",
                        "/bin/any INSTANCE VI_1 FAULT 100",
                        "/bin/any INSTANCE VI_1 STOP 100"),
                launched);
    }

    @Test
    void aGroupChangesWhenAllOfItsRoutersHave() {
        NotifyRunner runner = runner(script(Subject.GROUP, "VG", Event.ANY, "/bin/group"));
        runner.onEvent(change("VI_1", VrrpState.BACKUP));
        runner.onEvent(change("VI_2", VrrpState.BACKUP));
        runner.onEvent(change("VI_1", VrrpState.ACTIVE));
        runner.onEvent(change("VI_2", VrrpState.ACTIVE));
        runner.onEvent(change("VI_2", VrrpState.ACTIVE));
        assertEquals(
                List.of("/bin/group GROUP VG BACKUP 100", "/bin/group GROUP VG MASTER 100"),
                launched);
    }

    @Test
    void aLowerRouterThatIsHeardHasItsOwnCommand() {
        NotifyRunner runner =
                runner(
                        script(Subject.INSTANCE, "VI_1", Event.MASTER_RX_LOWER_PRI, "/bin/lower"),
                        script(Subject.INSTANCE, "VI_1", Event.ANY, "/bin/any"));
        runner.onEvent(
                new VrrpEvent.Contention("VI_1", IpAddress.parse("10.9.0.2"), 50, "sentence"));
        assertEquals(List.of("/bin/lower"), launched);
    }

    @Test
    void aRouterThatTheConfigurationNoLongerHasIsDeletedAndNotStopped() {
        NotifyRunner runner =
                runner(
                        script(Subject.INSTANCE, "gone", Event.STOP, "/bin/stop"),
                        script(Subject.INSTANCE, "gone", Event.DELETED, "/bin/deleted"));
        runner.onEvent(change("gone", VrrpState.INITIALIZE));
        assertEquals(List.of("/bin/deleted"), launched);
    }

    @Test
    void aCommandThatCannotBeStartedIsNoHarm() {
        NotifyRunner runner =
                new NotifyRunner(
                        List.of(
                                script(Subject.INSTANCE, "VI_1", Event.MASTER, "/none"),
                                script(Subject.INSTANCE, "VI_1", Event.ANY, "/bin/any")),
                        List.of(),
                        router -> !router.equals("gone"),
                        new ScriptUsers(false),
                        command -> {
                            launched.add(command.get(0));
                            throw new IOException("no such file");
                        });
        runner.onEvent(change("VI_1", VrrpState.ACTIVE));
        assertEquals(List.of("/none", "/bin/any"), launched);
    }

    @Test
    void otherCommandsCountFromTheNextEventOnAndThoseOfWhoIsGoneForHisEnd() {
        NotifyRunner runner =
                runner(
                        script(Subject.INSTANCE, "VI_1", Event.ANY, "/bin/before"),
                        script(Subject.INSTANCE, "gone", Event.DELETED, "/bin/deleted"),
                        script(Subject.GROUP, "VG", Event.MASTER, "/bin/group"));
        runner.onEvent(change("VI_1", VrrpState.BACKUP));
        runner.replace(
                List.of(
                        script(Subject.INSTANCE, "VI_1", Event.MASTER, "/bin/after"),
                        script(Subject.INSTANCE, "VI_2", Event.BACKUP, "/bin/new")));
        runner.onEvent(change("gone", VrrpState.INITIALIZE));
        runner.onEvent(change("VI_1", VrrpState.ACTIVE));
        runner.onEvent(change("VI_2", VrrpState.BACKUP));
        runner.onEvent(change("VI_2", VrrpState.ACTIVE));
        assertEquals(
                List.of(
                        "/bin/before INSTANCE VI_1 BACKUP 100",
                        "/bin/deleted",
                        "/bin/after",
                        "/bin/new"),
                launched);
    }

    @Test
    void aGroupThatGetsACommandLaterHasTheStateThatItsRoutersHadBefore() {
        NotifyRunner runner = runner();
        runner.onEvent(change("VI_1", VrrpState.ACTIVE));
        runner.replace(List.of(script(Subject.GROUP, "VG", Event.MASTER, "/bin/group")));
        runner.onEvent(change("VI_2", VrrpState.ACTIVE));
        assertEquals(List.of("/bin/group"), launched);
    }
}
