package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.BackendConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers a line means: {@code name host:port#addressNumber}. */
class ServerParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    server a 192.0.2.1:81               ~ a 192.0.2.1:81#0
                    server a [2001:db8::1]:81           ~ a 2001:db8::1:81#0
                    server a 2001:db8:0:0::1:81         ~ a 2001:db8::1:81#0
                    server a ipv4@192.0.2.1:81          ~ a 192.0.2.1:81#0
                    server a tcp6@[2001:db8::1]:81      ~ a 2001:db8::1:81#0
                    server a tcp@name:81                ~ a name:81#0
                    server a ipv4@name:81               ~ a ipv4@name:81#0
                    server a tcp6@name:81               ~ a ipv6@name:81#0
                    server-template s 2 ipv6@name:81    ~ s1 ipv6@name:81#1, s2 ipv6@name:81#2
                    server a $HOST:$PORT                ~ a 192.0.2.7:8007#0
                    server a ${HOST}:1${P}              ~ a 192.0.2.7:17#0
                    server a "$HOST":"${PORT-9}"        ~ a 192.0.2.7:8007#0
                    server a 192.0.2.1                  ~ a 192.0.2.1:80#0
                    server a name                       ~ a name:80#0
                    server a 192.0.2.1:                 ~ a 192.0.2.1:80#0
                    server a 192.0.2.1:0                ~ a 192.0.2.1:80#0
                    server a 192.0.2.1:+1000            ~ a 192.0.2.1:1080#0
                    server a 192.0.2.1:-79              ~ a 192.0.2.1:1#0
                    server a 192.0.2.1:+5 check port 9  ~ a 192.0.2.1:85#0
                    server-template s 1 name:81         ~ s1 name:81#1
                    server-template s 3 name:81         ~ s1 name:81#1, s2 name:81#2, s3 name:81#3
                    server-template s- 0-1 name:81      ~ s-0 name:81#1, s-1 name:81#2
                    server-template s 7-8 name          ~ s7 name:80#1, s8 name:80#2
                    server-template s 2 192.0.2.1:81    ~ s1 192.0.2.1:81#0, s2 192.0.2.1:81#0
                    """)
    void theServersOfALine(String line, String servers) {
        assertEquals(servers, servers(read("listen l\nbind :80\n" + line + "\n"), "l"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    frontend f|bind :90|default_backend b|frontend g|bind 192.0.2.9:90|default_backend b ~ 90
                    frontend f|bind :90|default_backend b|frontend g|bind :91|default_backend c|backend c ~ 90
                    frontend f|bind :90|default_backend b|listen g|bind :91 ~ 90
                    defaults|default_backend b|listen f|bind :90 ~ 90
                    """)
    void aPortIsThatOfTheFrontendsThatLeadToTheBackend(String others, int port) {
        String file = others.replace('|', '\n') + "\nbackend b\nserver a 192.0.2.1\n";
        assertEquals("a 192.0.2.1:" + port + "#0", servers(read(file), "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', 0",
        "7, '', 7",
        "0, 'maxconn 9', 9",
        "7, 'maxconn 9', 7",
        "11, 'maxconn 9', 9"
    })
    void theLimitOfABindLineAndTheLimitOfTheSectionHoldTogether(
            int ofBind, String section, int limit) {
        HaproxyConfig config =
                read(
                        "listen l\nbind :80 maxconn "
                                + ofBind
                                + "\n"
                                + section
                                + "\nserver a 192.0.2.1:81\n");
        assertEquals(limit, config.proxy().frontends().get(0).maxConnections());
    }

    private static HaproxyConfig read(String file) {
        return HaproxyConfigReader.read(
                "f", file, Map.of("HOST", "192.0.2.7", "PORT", "8007", "P", "7")::get);
    }

    private static String servers(HaproxyConfig config, String backend) {
        BackendConfig found = Objects.requireNonNull(config.proxy().backend(backend));
        List<String> servers =
                found.servers().stream()
                        .map(
                                server ->
                                        server.name()
                                                + " "
                                                + server.host()
                                                + ":"
                                                + server.port()
                                                + "#"
                                                + server.addressNumber())
                        .toList();
        return String.join(", ", servers);
    }
}
