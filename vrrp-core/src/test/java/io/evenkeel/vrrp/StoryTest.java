package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The protocol told as stories, one file per chapter, in {@code src/test/resources/stories}. A story's
 * commands must give exactly the trace that is written below them. {@code -Devenkeel.rewrite=true}
 * writes the traces anew; read the difference before you keep it.
 */
class StoryTest {

    private static final Path STORIES = Path.of("src", "test", "resources", "stories");

    @TestFactory
    List<DynamicContainer> everyStoryGoesAsItIsWritten() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(STORIES)) {
            files = found.filter(file -> isStory(file.toString())).sorted().toList();
        }
        assertTrue(files.size() > 3, "There are no stories in " + STORIES.toAbsolutePath());
        List<DynamicContainer> chapters = new ArrayList<>();
        for (Path file : files) {
            chapters.add(chapter(file));
        }
        return chapters;
    }

    private static boolean isStory(String file) {
        return file.endsWith(".story") || file.endsWith(".lan");
    }

    private static DynamicContainer chapter(Path file) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        StringBuilder rewritten = new StringBuilder();
        Function<List<String>, String> player =
                file.toString().endsWith(".lan") ? LanStoryRunner::play : StoryRunner::play;
        for (List<String> story : StoryText.stories(Files.readString(file))) {
            String told = String.join("\n", story) + "\n";
            String title = story.get(0).replace("= ", "");
            if (Boolean.getBoolean("evenkeel.rewrite")) {
                rewritten.append(player.apply(story));
            }
            tests.add(
                    DynamicTest.dynamicTest(title, () -> assertEquals(told, player.apply(story))));
        }
        if (rewritten.length() > 0) {
            Files.writeString(file, rewritten);
        }
        return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
    }
}
