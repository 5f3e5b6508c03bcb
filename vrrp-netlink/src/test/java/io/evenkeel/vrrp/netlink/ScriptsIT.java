package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VrrpScript;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as other users, which takes root. The routers meet nobody. */
@RootTest(programs = "/usr/bin/setpriv")
class ScriptsIT {
    private static final String ADDRESS = "127.53.71.";

    private static final AddressHolder NO_HOLDER =
            new AddressHolder() {
                @Override
                public void acquire(VirtualAddress address) {}

                @Override
                public void release(VirtualAddress address) {}
            };

    @TempDir Path directory;
    private final List<LoopbackNode> nodes = new ArrayList<>();
    private Path output = Path.of("none");

    @BeforeEach
    void letEverybodyWrite() throws Exception {
        output = Files.createFile(directory.resolve("output"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @AfterEach
    void close() {
        nodes.forEach(LoopbackNode::close);
    }

    @Test
    void aScriptRunsAsItsUserWithTheUsersGroups() throws Exception {
        start(script("nobody", null, "id > " + output));
        Conditions.await(
                "the script",
                () -> Files.readString(output).contains("uid=65534(nobody) gid=65534(nogroup)"));
        assertTrue(Files.readString(output).contains("groups=65534(nogroup)"));
    }

    @Test
    void aScriptRunsAsItsGroup() throws Exception {
        start(script("nobody", "daemon", "id > " + output));
        Conditions.await(
                "the script",
                () -> Files.readString(output).contains("uid=65534(nobody) gid=1(daemon)"));
    }

    @Test
    void aScriptOfAnotherUserThatHangsIsKilledWithAllThatItStarted() throws Exception {
        // The one that sleeps belongs to nobody's parent any more when the time is over.
        String fork = "(sleep 301 & echo $! > " + output + "); sleep 302";
        LoopbackNode node = node(script("nobody", null, fork));
        node.service().start();
        Conditions.await("the orphan to start", () -> Files.readString(output).endsWith("\n"));
        String orphan = Files.readString(output).strip();
        Conditions.await("the orphan to end", 60, () -> !isAlive(orphan));
        node.awaitState(VrrpState.FAULT);
    }

    @Test
    void aCommandForAChangeOfStateRunsAsItsUser() throws Exception {
        NotifyScript notify =
                new NotifyScript(
                        NotifyScript.Subject.INSTANCE,
                        "VI_1",
                        NotifyScript.Event.MASTER,
                        List.of("/bin/sh", "-c", "id -un > " + output),
                        "nobody",
                        null);
        VrrpService service =
                VrrpService.builder()
                        .router(LoopbackNode.config(100, Duration.ofMillis(100)).build())
                        .notifyScripts(List.of(notify))
                        .network(network(9))
                        .build();
        try (service) {
            service.start();
            Conditions.await(
                    "the command", () -> Files.readString(output).strip().equals("nobody"));
        }
    }

    @Test
    void aUserThatDoesNotExistIsRefusedAtTheStart() {
        LoopbackNode node = node(script("nosuchuser", null, "true"));
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> node.service().start());
        String message = String.valueOf(refused.getMessage());
        assertTrue(
                message.startsWith(
                        "VRRP cannot start because script check cannot run as user nosuchuser: "),
                message);
        assertTrue(message.contains("nosuchuser"), message);
    }

    @Test
    void aScriptThatOthersCanChangeDoesNotRunAsRootWhereSecurityIsWanted() throws Exception {
        Path open = Files.writeString(directory.resolve("check"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> startSecure(open, null));
        assertEquals(
                "VRRP cannot start because script check would run as root, and "
                        + open.toRealPath()
                        + " can be written to by others than root: let only root write there, or name a user (script_user) for it.",
                refused.getMessage());
        startSecure(open, "nobody");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        startSecure(open, null);
    }

    private void startSecure(Path program, @Nullable String user) throws Exception {
        VrrpScript script =
                new VrrpScript(
                        "check",
                        List.of(program.toString()),
                        1_000_000_000L,
                        1_000_000_000L,
                        0,
                        1,
                        1,
                        false,
                        user,
                        null);
        VrrpService service =
                VrrpService.builder()
                        .router(
                                LoopbackNode.config(100, Duration.ofMillis(100))
                                        .trackers(List.of(Tracker.fatal("check")))
                                        .build())
                        .scripts(List.of(script))
                        .scriptSecurity(true)
                        .network(network(8))
                        .build();
        try (service) {
            service.start();
        }
    }

    private static boolean isAlive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    private void start(VrrpScript script) throws Exception {
        node(script).service().start();
    }

    private LoopbackNode node(VrrpScript script) {
        LoopbackNode node =
                new LoopbackNode(
                        new InetSocketAddress(ADDRESS + (nodes.size() + 1), 21953),
                        List.of(),
                        LoopbackNode.config(100, Duration.ofMillis(100))
                                .trackers(List.of(Tracker.fatal("check")))
                                .build(),
                        List.of(script),
                        event -> {});
        nodes.add(node);
        return node;
    }

    private static VrrpNetwork network(int number) {
        return VrrpNetwork.loopback(
                new InetSocketAddress(ADDRESS + number, 21953), List.of(), NO_HOLDER);
    }

    private static VrrpScript script(String user, @Nullable String group, String commands) {
        return new VrrpScript(
                "check",
                List.of("/bin/sh", "-c", commands),
                60_000_000_000L,
                10_000_000_000L,
                0,
                1,
                1,
                false,
                user,
                group);
    }
}
