package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentReplyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "up                        | true  |             | -1  | -1 | \"\"        |",
                "down                      | false |             | -1  | -1 | \"\"        |",
                "failed                    | false |             | -1  | -1 | \"\"        |",
                "fail                      | false |             | -1  | -1 | \"\"        |",
                "stopped # by hand         | false |             | -1  | -1 | by hand     |",
                "ready                     |       | READY       | -1  | -1 | \"\"        |",
                "drain                     |       | DRAIN       | -1  | -1 | \"\"        |",
                "maint                     |       | MAINTENANCE | -1  | -1 | \"\"        |",
                "75%                       |       |             | 75  | -1 | \"\"        |",
                "maxconn:30                |       |             | -1  | 30 | \"\"        |",
                "UP, Ready,50% MAXCONN:0   | true  | READY       | 50  | 0  | \"\"        |",
                "up down 5% 7%             | false |             | 7   | -1 | \"\"        |",
                "\"\tup\t# all # well\"    | true  |             | -1  | -1 | all # well  |",
                "# nothing                 |       |             | -1  | -1 | nothing     |",
                "\"\"                      |       |             | -1  | -1 | \"\"        |",
                "uq up                     | true  |             | -1  | -1 | \"\"        | 'uq'",
                "up#x                      |       |             | -1  | -1 | \"\"        | 'up#x'",
                "% -5% 5%x                 |       |             | -1  | -1 | \"\"        | '%'",
                "maxconn:                  |       |             | -1  | -1 | \"\"        | 'maxconn:'",
                "maxconn:-1                |       |             | -1  | -1 | \"\"        | 'maxconn:-1'",
                "9999999999%               |       |             | -1  | -1 | \"\"        | '9999999999%'",
            })
    void words(
            String line,
            Boolean running,
            AdminState admin,
            int weight,
            int maxConnections,
            String description,
            String problem) {
        assertEquals(
                new AgentReply(running, admin, weight, maxConnections, description, problem),
                AgentReply.parse(line));
    }

    @Test
    void theLineEndsWithTheFirstOfItsEnds() {
        assertEquals(AgentReply.parse("up"), AgentReply.parse("up\r\ndown\n"));
        assertEquals(AgentReply.parse("up"), AgentReply.parse("up\ndown"));
    }

    @ParameterizedTest(name = "{0}% of {1} is {2}")
    @CsvSource({
        "100, 10, 10",
        "75, 10, 7",
        "0, 10, 0",
        "1, 10, 1",
        "50, 1, 1",
        "200, 10, 20",
        "999999999, 256, 256",
        "100, 0, 0",
    })
    void aPartOfTheConfiguredWeight(int percent, int configured, int weight) {
        assertEquals(weight, AgentReply.parse(percent + "%").weight(configured));
    }

    @Test
    void whateverIsSaidIsRead() {
        Random random = new Random(5);
        String letters = "updown%#:, \tmaxcready0159\u00ff";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                line.append(letters.charAt(random.nextInt(letters.length())));
            }
            AgentReply.parse(line.toString());
        }
        assertNull(AgentReply.parse("").problem());
    }
}
