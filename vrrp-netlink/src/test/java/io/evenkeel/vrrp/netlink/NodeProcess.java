package io.evenkeel.vrrp.netlink;

import com.sun.jna.Native;
import io.evenkeel.vrrp.VirtualRouter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A {@link NodeMain} in a JVM of its own on a host of a LAN. */
final class NodeProcess {
    private final Process process;
    private final BufferedReader output;
    private final String greeting;

    /** Starts it and waits for its first line. */
    NodeProcess(Namespace host, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(classPath());
        command.add(NodeMain.class.getName());
        command.addAll(List.of(arguments));
        process =
                host.call(
                        () ->
                                new ProcessBuilder(command)
                                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                                        .start());
        output = process.inputReader();
        greeting = String.valueOf(output.readLine());
    }

    /** {@code started}, or why not. */
    String greeting() {
        return greeting;
    }

    /** Its state and how often its monitor was overrun, when it answers. */
    String ask() throws IOException {
        process.getOutputStream().write("\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return String.valueOf(output.readLine());
    }

    /** As the kernel does when memory runs out: it can do nothing about it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it where it is, as a debugger or a frozen container does. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    private static String classPath() throws ClassNotFoundException {
        return Stream.of(
                        NodeMain.class,
                        VrrpService.class,
                        VirtualRouter.class,
                        Native.class,
                        LoggerFactory.class,
                        Class.forName("org.slf4j.simple.SimpleLogger"))
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }
}
