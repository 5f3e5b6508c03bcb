package io.evenkeel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.VirtualRouterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a keepalived.conf on disk includes is found as keepalived finds it. */
class ConfigFilesTest {
    private static final String INSTANCE =
            """
            vrrp_instance %s {
                interface eth0
                virtual_router_id %d
                virtual_ipaddress {
                    192.0.2.%d
                }
                @main priority 200
            }
            """;

    @TempDir private Path directory;

    @Test
    void aPatternNamesTheVisibleFilesInOrder() throws IOException {
        write("keepalived.conf", "include conf.d/*.conf\n");
        write("conf.d/20.conf", INSTANCE.formatted("B", 2, 2));
        write("conf.d/10.conf", INSTANCE.formatted("A", 1, 1));
        write("conf.d/.30.conf", "nonsense\n");
        write("conf.d/40.conf.bak", "nonsense\n");

        assertEquals(List.of("A", "B"), names(read("main")));
    }

    @Test
    void namesStartAtTheDirectoryOfTheIncludingFile() throws IOException {
        write("keepalived.conf", "includea conf.d/first.conf\n");
        write("conf.d/first.conf", "includea {second,more/third}.conf\n");
        write("conf.d/second.conf", INSTANCE.formatted("A", 1, 1));
        write("conf.d/more/third.conf", INSTANCE.formatted("B", 2, 2));

        assertEquals(List.of("A", "B"), names(read("main")));
    }

    @Test
    void aWarningThatExplainsAProblemIsShownWithIt() throws IOException {
        write(
                "keepalived.conf",
                "$VIP=192.0.2.9\n" + INSTANCE.formatted("A", 1, 1).replace("192.0.2.1", "$VIP/24"));
        ConfigFiles files = read("main");
        assertEquals(1, files.problems().size(), files.problems().toString());
        assertTrue(files.warnings().get(0).contains("write '${VIP}'"), files.warnings().toString());
    }

    @Test
    void aFrontendThatNoClientWillReachIsWarnedOf() throws IOException {
        write(
                "keepalived.conf",
                INSTANCE.formatted("A", 1, 1).replace("@main", "no_accept\n@main")
                        + INSTANCE.formatted("B", 2, 2)
                        + INSTANCE.formatted("C", 3, 3)
                                .replace("@main priority 200", "strict_mode\npriority 255"));
        write(
                "haproxy.cfg",
                """
                listen web
                    mode tcp
                    bind 192.0.2.1:80
                    bind 192.0.2.2:80
                    bind 192.0.2.3:80
                    bind localhost:8080
                    bind :81
                    server a 198.51.100.1:80
                """);
        ConfigFiles files =
                ConfigFiles.read(
                        directory.resolve("keepalived.conf"),
                        directory.resolve("haproxy.cfg"),
                        "main");
        assertEquals(List.of(), files.problems());
        assertEquals(
                List.of(
                        directory
                                + "/haproxy.cfg: frontend web listens on 192.0.2.1:80, an address to which A accepts no packets"
                                + " (no_accept, or strict mode): no client will reach it; write 'accept' in that vrrp_instance"),
                files.warnings().stream().filter(w -> w.contains("no client")).toList());
    }

    @Test
    void problemsNameTheIncludedFile() throws IOException {
        write("keepalived.conf", "include a.conf\n");
        write("a.conf", "\nnonsense\n");

        assertEquals(
                List.of(
                        directory
                                + "/a.conf:2: unknown keyword 'nonsense'; the top level takes none of that name"),
                read("main").problems());
    }

    @Test
    void aFileOfCertificatesThatIsMissingIsAProblemOfItsLine() throws IOException {
        write(
                "haproxy.cfg",
                """
                defaults
                    timeout client 1s
                    timeout connect 1s
                    timeout server 1s
                listen web
                    bind 127.0.0.1:8443
                    bind 127.0.0.1:8444 ssl crt none.pem
                    server a 192.0.2.1:443
                    server b 192.0.2.2:443 ssl verify required ca-file none-ca.pem
                peers mesh
                    bind 127.0.0.1:8445 ssl crt none-peers.pem
                    server here
                    server there 192.0.2.3:8445 ssl ca-file none-peer.pem
                global
                    localpeer here
                """);
        Path file = directory.resolve("haproxy.cfg");
        assertEquals(
                List.of(
                        file + ":7: Frontend web on 127.0.0.1:8444",
                        file + ":9: Server web/b",
                        file + ":11: Peers mesh",
                        file + ":11: Peer mesh/there"),
                ConfigFiles.read(null, file, "main").problems().stream()
                        .map(problem -> problem.replaceFirst(" has no certificates to use.*", ""))
                        .toList());
    }

    @Test
    void aFileThatIncludesItselfByAnotherNameIsRefused() throws IOException {
        write("keepalived.conf", "include ./x/../keepalived.conf\n");

        assertEquals(
                List.of(
                        directory
                                + "/keepalived.conf:1: the file '"
                                + directory
                                + "/keepalived.conf' includes itself by this line; remove the line"),
                read("main").problems());
    }

    @Test
    void aMissingFileIsWarnedAboutOrRefused() throws IOException {
        write(
                "keepalived.conf",
                INSTANCE.formatted("A", 1, 1) + "include a\nincludem b\nincludew *.c\n");

        ConfigFiles files = read("main");

        assertEquals(
                List.of(
                        directory
                                + "/keepalived.conf:10: no file matches 'b' of 'includem'; correct the name, or write"
                                + " 'include' if it may be absent",
                        directory
                                + "/keepalived.conf:11: no file matches '*.c' of 'includew'; correct the name, or"
                                + " write 'include' if it may be absent"),
                files.problems());
    }

    @Test
    void linesForAnotherNodeDoNotCount() throws IOException {
        write("keepalived.conf", INSTANCE.formatted("A", 1, 1));

        assertEquals(200, routers(read("main")).get(0).priority());
        assertEquals(100, routers(read("other")).get(0).priority());
    }

    private static List<VirtualRouterConfig> routers(ConfigFiles files) {
        assertEquals(List.of(), files.problems());
        return files.keepalived() == null ? List.of() : files.keepalived().routers();
    }

    private static List<String> names(ConfigFiles files) {
        return routers(files).stream().map(VirtualRouterConfig::name).toList();
    }

    private ConfigFiles read(String configId) {
        return ConfigFiles.read(directory.resolve("keepalived.conf"), null, configId);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
