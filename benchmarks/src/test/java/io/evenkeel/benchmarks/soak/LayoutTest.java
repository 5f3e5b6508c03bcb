package io.evenkeel.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.haproxy.ConfigException;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Place PLACE = new Place(77, Path.of("files"));

    /** An error here would be one of the soak, and would look like one of the proxy. */
    @Test
    void everyLayoutIsAConfigurationWithServersForEachFrontend() throws Exception {
        Random random = new Random(1);
        Layout layout = Layout.first(random);
        for (int i = 0; i < 50; i++) {
            String text = HaproxyFile.of(layout, PLACE, "");
            var proxy = HaproxyConfigReader.read("haproxy.cfg", text).proxy();
            assertEquals(layout.extra() ? 8 : 7, proxy.frontends().size());
            for (BackendConfig backend : proxy.backends()) {
                int servers = backend.servers().size();
                assertEquals(backend.name().equals("sources"), servers < 4, backend.name());
            }
            Layout next = layout.next(random);
            assertNotEquals(layout, next);
            layout = next;
        }
    }

    @Test
    void theFileWithAnErrorIsRefused() {
        String text = HaproxyFile.of(Layout.first(new Random(1)), PLACE, Reloads.ERROR);
        assertThrows(ConfigException.class, () -> HaproxyConfigReader.read("haproxy.cfg", text));
    }
}
