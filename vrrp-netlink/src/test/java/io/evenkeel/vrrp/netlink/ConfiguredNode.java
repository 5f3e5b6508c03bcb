package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.keepalived.KeepalivedConfig;
import io.evenkeel.vrrp.keepalived.KeepalivedConfigReader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that runs the virtual routers of a {@code keepalived.conf}, to be killed and stopped by tests. It reads the file again
 * when the line {@code reload} comes in, hands over at SIGTERM, and ends with the process that started it.
 */
final class ConfiguredNode {
    static final String STARTED = "the node is started";
    static final String RELOADED = "the node has reloaded";

    private ConfiguredNode() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        VrrpService service = VrrpService.builder().routers(read(file).routers()).build();
        service.start();
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        System.err.println(STARTED);
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals("reload")) {
                service.reconfigure(read(file).routers());
                System.err.println(RELOADED);
            }
        }
        System.exit(0);
    }

    private static KeepalivedConfig read(Path file) throws Exception {
        return KeepalivedConfigReader.read(file.toString(), Files.readString(file));
    }
}
