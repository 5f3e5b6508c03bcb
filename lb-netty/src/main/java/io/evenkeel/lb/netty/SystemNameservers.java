package io.evenkeel.lb.netty;

import io.evenkeel.lb.IpAddress;
import io.evenkeel.lb.NameserverConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name servers of {@code /etc/resolv.conf}. */
final class SystemNameservers {
    private static final Logger LOGGER = LoggerFactory.getLogger(SystemNameservers.class);
    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final int PORT = 53;

    private SystemNameservers() {}

    /** None, and a word in the log, if the file cannot be read. */
    static List<NameserverConfig> read() {
        try {
            return parse(Files.readString(FILE, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            LOGGER.warn("{} cannot be read, so no name server is taken from there.", FILE, e);
            return List.of();
        }
    }

    /** Those of such a file, named as their addresses, as in HAProxy. */
    static List<NameserverConfig> parse(String text) {
        List<NameserverConfig> found = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 1 && words[0].equals("nameserver")) {
                IpAddress ip = IpAddress.parse(words[1]);
                if (ip != null) {
                    found.add(new NameserverConfig(ip.toString(), ip.toString(), PORT, false));
                }
            }
        }
        return found;
    }
}
