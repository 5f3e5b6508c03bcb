package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lettuce need not be there, unless somebody wants a store. */
class WithoutLettuceTest {
    @Test
    void aStoreIsRefusedWithTheNameOfTheArtifactAndAllElseWorks() throws Exception {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        String some =
                Arrays.stream(all.split(File.pathSeparator))
                        .filter(part -> !part.contains("lettuce") && !part.contains("reactor"))
                        .collect(Collectors.joining(File.pathSeparator));
        try (TcpServer server = TcpServer.named("one")) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx64m",
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    some,
                                    WithoutLettuceMain.class.getName(),
                                    Integer.toString(server.port()))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            List<String> said = process.inputReader().lines().toList();
            assertEquals(
                    List.of(
                            "Peers mesh exchange their stick tables through redis://192.0.2.9:6379/evenkeel, for"
                                    + " which Lettuce is needed, and it is not on the class path; add the artifact"
                                    + " io.lettuce:lettuce-core, version 7.1 or later of 7.",
                            "one"),
                    said);
            assertEquals(0, process.waitFor());
        }
    }
}
