package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A server that says nothing any more, as when its power is off; the host is a network namespace whose packets to it are dropped. */
class SilentServerTest {
    @Test
    void aServerWhosePowerIsOffIsFoundOutByTheUserTimeoutAndByKeepAlive() throws Exception {
        Process process =
                new ProcessBuilder(
                                "unshare",
                                "-n",
                                "sh",
                                "-c",
                                "ip link set lo up && exec \"$@\"",
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                SilentServerMain.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String told = new String(process.getInputStream().readAllBytes());
        assertEquals(
                """
                no acknowledgement: reset, SERVER_ABORT
                no answer to keep-alive: reset, SERVER_ABORT
                """,
                told);
        assertEquals(0, process.waitFor());
    }
}
