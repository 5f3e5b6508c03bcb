package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.vrrp.NotifyScript;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Includes, variables and conditions say the same as the lines that they stand for. */
class LanguageTest {
    private static final String PLAIN =
            """
            vrrp_instance A {
                interface eth0
                virtual_router_id 51
                priority 120
                virtual_ipaddress {
                    192.0.2.10/24
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A use in braces may stand anywhere, one without before a blank.
                "$N=10\n$V=192.0.2.${N}/24\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 51\n"
                        + "priority 120\nvirtual_ipaddress {\n$V\n}\n}",
                // The value is looked up where it is used, not where it is defined.
                "$V=192.0.2.${N}/24\n$N=99\n$N=10\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 51\n"
                        + "priority 120\nvirtual_ipaddress {\n\"${V}\"\n}\n}",
                // Several lines, with definitions, conditions and uses of their own.
                "$ADDRESS= \\\n  192.0.2.${N}/24\n$V= \\\nvrrp_instance ${NAME} { \\\n $N=10 \\\n interface $IF \\\n"
                        + " virtual_router_id 51 \\\n @main priority 120 \\\n @other priority 1 \\\n"
                        + " virtual_ipaddress { \\\n $ADDRESS \\\n } \\\n}\n$NAME=A\n$IF=eth0\n$V\n",
                // A value may bring braces, or a condition.
                "$B={ 192.0.2.10/24 }\n$M=@main\n$O=@other\nvrrp_instance A {\ninterface eth0\n"
                        + "virtual_router_id 51\n$M priority 120\n$O priority 1\nvirtual_ipaddress $B\n}",
                // Nothing is a value, too, and a comment is none.
                "$X=\n$P=120 # per node\nvrrp_instance ${X}A {\ninterface eth0 $X\nvirtual_router_id 51\n"
                        + "priority $P\nvirtual_ipaddress {\n192.0.2.10/24\n}\n}"
            })
    void variables(String text) {
        assertSame(text, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@main priority 120\n@other priority 1",
                "@^other priority 120\n@^main priority 1",
                "priority 1\n@main $P=120\n@other $P=2\npriority $P",
                "  @main   priority \\\n 120\n @other priority 1 \\\n 2 {",
                "priority 120\n@main\n@other {\n@ }\n@main # nothing"
            })
    void conditions(String directives) {
        assertSame(PLAIN.replace("priority 120", directives), Map.of());
    }

    @Test
    void includedLinesStandWhereTheIncludeStands() {
        assertSame(
                "include instance\n",
                Map.of(
                        "instance",
                        "vrrp_instance A {\nincludea basics # the rest\n@other include absent\n"
                                + "virtual_ipaddress {\ninclude {address,}\n}\n}",
                        "basics",
                        "$P=120\ninterface eth0\nvirtual_router_id 51\npriority $P",
                        "address",
                        "192.0.2.10/24"));
    }

    @Test
    void whatAnIncludedFileDefinesHoldsAfterIt() {
        assertSame("include p\n" + PLAIN.replace("120", "${P}"), Map.of("p", "$P=120"));
    }

    @Test
    void aPatternIncludesEveryFile() {
        String start = PLAIN.substring(0, PLAIN.indexOf("priority"));

        assertSame("include *", Map.of("1", start, "2", PLAIN.substring(start.length())));
    }

    @Test
    void checksOfIncludesEndWithTheFileThatSetsThem() {
        assertSame(
                "include checked\ninclude absent*\n" + PLAIN,
                Map.of("checked", "global_defs {\ninclude_check\n}\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "${_INSTANCE}, main",
        "${_PWD}, /etc/keepalived",
        "${_ENV HOME}, /root",
        "${_ENV PRICE}, 5$",
        "${_HASH}${_BANG}, #!",
        "\\$N, $N",
        "a$, a$",
        "$N.conf, $N.conf"
    })
    void valuesOfKeepalived(String written, String value) {
        String text =
                "$N=1\n"
                        + PLAIN.replace(
                                "priority 120",
                                "notify \"/bin/notify\" \n@main notify_stop " + written);

        assertEquals(
                List.of(value),
                read(text, Map.of()).notifyScripts().stream()
                        .filter(s -> s.event() == NotifyScript.Event.STOP)
                        .flatMap(s -> s.command().stream())
                        .toList());
    }

    @Test
    void anEndlessTextIsCutOff() {
        StringBuilder text = new StringBuilder("$V0=xxxxxxxxxxxxxxxx\n");
        for (int i = 1; i < 30; i++) {
            text.append("$V")
                    .append(i)
                    .append("=${V")
                    .append(i - 1)
                    .append("}${V")
                    .append(i - 1)
                    .append("}\n");
        }
        ConfigException refusal =
                assertThrows(ConfigException.class, () -> read(text + "${V29}\n", Map.of()));

        assertEquals(
                "the variables of this line stand for each other more than 32 deep or for more than 262144 characters,"
                        + " perhaps in a circle; write the value of one of them out",
                refusal.problems().get(0).message());
    }

    @Test
    void filesThatMultiplyAreCutOff() {
        String twice = "include %s\ninclude %s\n";
        Map<String, String> files = new HashMap<>();
        for (char c = 'a'; c < 'z'; c++) {
            String next = String.valueOf((char) (c + 1));
            files.put(String.valueOf(c), twice.formatted(next, next));
        }
        files.put("z", "# nothing\n");
        ConfigException refusal =
                assertThrows(ConfigException.class, () -> read("include a\n", files));

        assertEquals(
                "includes and variables multiply the text to more than 4194304 characters; make them fewer",
                refusal.problems().get(0).message());
    }

    private static void assertSame(String text, Map<String, String> files) {
        KeepalivedConfig config = read(text, files);

        assertEquals(read(PLAIN, Map.of()).routers(), config.routers());
    }

    private static KeepalivedConfig read(String text, Map<String, String> files) {
        ReaderOptions options =
                ReaderOptions.NONE
                        .withConfigId("main")
                        .withEnvironment(Map.of("HOME", "/root", "PRICE", "5$")::get)
                        .withIncludes(Golden.resolver(files));
        return KeepalivedConfigReader.read(
                "/etc/keepalived/keepalived.conf", text.getBytes(StandardCharsets.UTF_8), options);
    }
}
