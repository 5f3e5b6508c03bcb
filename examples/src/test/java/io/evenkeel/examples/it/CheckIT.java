package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evenkeel check}: files that are right, and every problem of files that are not. */
class CheckIT {
    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed/keepalived-node1.conf",
                "seed/keepalived-node2.conf",
                "seed/keepalived-node3.conf",
                "kubernetes/keepalived.conf"
            })
    void acceptsKeepalivedFilesAsTheyStand(String name) throws Exception {
        Path file = Configs.write(directory, "keepalived.conf", Configs.resource(name));
        check("--keepalived", file).assertExit(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed/haproxy.cfg", "kubernetes/haproxy.cfg"})
    void acceptsHaproxyFilesAsTheyStand(String name) throws Exception {
        Path file = Configs.write(directory, "haproxy.cfg", Configs.resource(name));
        check("--haproxy", file).assertExit(0);
    }

    /** Lines that end in {@code <<} are wrong, and no others; the marks are not in the file. */
    @Test
    void namesEveryProblemOfAKeepalivedFile() throws Exception {
        assertRefusesMarkedLines(
                "--keepalived",
                """
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 256                           <<
                    priority 0                                      <<
                    advert_int 0.5                                  <<
                    wombat 3                                        <<
                    virtual_ipaddress {
                        192.168.1.300                               <<
                    }
                }
                vrrp_instance VI_2 {
                    interface eth0
                    virtual_router_id 0                             <<
                    version 3
                    advert_int 0.001                                <<
                    virtual_ipaddress {
                        192.168.1.7
                    }
                }
                vrrp_instance VI_3 {
                    interface eth0
                    virtual_router_id 3
                    version 3
                    advert_int 41                                   <<
                    virtual_ipaddress {
                        192.168.1.8
                    }
                }
                vrrp_instance VI_4 {
                    interface eth0
                    virtual_router_id 4
                    priority three                                  <<
                    authentication {
                        auth_type PASS
                        auth_pass ""                                <<
                    }
                    virtual_ipaddress {
                        192.168.1.9
                    }
                }
                vrrp_instance VI_4 {                                <<
                    interface eth0
                    virtual_router_id 5
                    virtual_ipaddress {
                        192.168.1.10
                    }
                }
                """);
    }

    @Test
    void namesEveryProblemOfAHaproxyFile() throws Exception {
        assertRefusesMarkedLines(
                "--haproxy",
                """
                defaults
                    timeout connect -5s                             <<
                    wombat 3                                        <<
                frontend web
                    bind 127.0.0.1:70000                            <<
                    bind nowhere                                    <<
                    default_backend absent                          <<
                backend servers
                    balance sideways                                <<
                    server one 127.0.0.1:8001 check
                    server one 127.0.0.1:8002 check                 <<
                    server two 127.0.0.1:http8 check                <<
                    server three 127.0.0.1:8003 check inter -1s     <<
                """);
    }

    static Stream<Arguments> damaged() {
        return Stream.of(
                Arguments.of("--keepalived", "vrrp_instance VI_1 {\n    interface eth0\n"),
                Arguments.of("--keepalived", "vrrp_instance VI_1 {\n priority 100 }\n}\n}\n"),
                Arguments.of("--keepalived", "vrrp_instance \0 {\n}\n"),
                Arguments.of("--haproxy", "frontend web\n    bind \0:80\n"),
                Arguments.of("--haproxy", "server one 127.0.0.1:80\n"));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void refusesDamagedFilesAtALine(String option, String text) throws Exception {
        Path file = Configs.write(directory, "damaged.conf", text);
        LauncherRun run = check(option, file);
        run.assertExit(1);
        assertTrue(run.output().contains(file + ":"), run.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--keepalived", "--haproxy"})
    void refusesWhatIsNoFile(String option) throws Exception {
        LauncherRun missing = check(option, directory.resolve("absent.conf"));
        missing.assertExit(1);
        assertTrue(missing.output().contains("absent.conf"), missing.output());

        Path folder = Files.createDirectory(directory.resolve("folder.conf"));
        LauncherRun noFile = check(option, folder);
        noFile.assertExit(1);
        assertTrue(noFile.output().contains("folder.conf"), noFile.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--wombat", "wombat", "--keepalived"})
    void refusesAWrongCommandLine(String argument) throws Exception {
        LauncherRun run = LauncherRun.of(directory, Launcher.command("check", argument));
        run.assertExit(2);
    }

    private void assertRefusesMarkedLines(String option, String marked) throws Exception {
        Set<Integer> wrong = new TreeSet<>();
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String line : marked.lines().toList()) {
            number++;
            if (line.endsWith("<<")) {
                wrong.add(number);
            }
            text.append(line.replaceAll("\\s*<<$", "")).append('\n');
        }
        Path file = Configs.write(directory, "wrong.conf", text.toString());
        check(option, file).assertRefuses(file, wrong);
    }

    private LauncherRun check(String option, Path file) throws IOException, InterruptedException {
        return LauncherRun.of(directory, Launcher.command("check", option, file.toString()));
    }
}
