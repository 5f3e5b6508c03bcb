package io.evenkeel.vrrp.keepalived;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of statements.
 *
 * <p>A keyword that stands only at the top level closes whatever is open, so that one missing brace is one problem and the
 * rest of the file is still read.
 */
final class BlockParser {
    private static final Set<String> ONLY_AT_THE_TOP =
            Set.of(
                    "global_defs",
                    "static_ipaddress",
                    "static_routes",
                    "static_rules",
                    "virtual_server",
                    "virtual_server_group",
                    "vrrp_instance",
                    "vrrp_script",
                    "vrrp_sync_group",
                    "vrrp_track_file",
                    "vrrp_track_process");

    /** Blocks of words that are no keywords of an instance: one that is ends them. */
    private static final Set<String> LISTS =
            Set.of(
                    "authentication",
                    "track_file",
                    "track_interface",
                    "track_process",
                    "track_script",
                    "unicast_peer",
                    "virtual_ipaddress",
                    "virtual_ipaddress_excluded",
                    "virtual_routes",
                    "virtual_rules");

    private final Findings findings;
    private final List<Statement> top = new ArrayList<>();
    private final Deque<Statement> open = new ArrayDeque<>();
    private final Deque<List<Statement>> bodies = new ArrayDeque<>();

    /** Blocks that a brace closed which stands where an outer block would end: theirs is the one that is missing. */
    private final Deque<Statement> suspects = new ArrayDeque<>();

    /** Instances that go on after the brace that ended them; that their last brace is missing is no news. */
    private final Set<Statement> reopened = new HashSet<>();

    private @Nullable Statement current;
    private @Nullable Statement lastClosed;
    private @Nullable Token lastBrace;

    private BlockParser(Findings findings) {
        this.findings = findings;
        bodies.push(top);
    }

    static List<Statement> parse(List<Token> tokens, Findings findings) {
        BlockParser parser = new BlockParser(findings);
        for (Token token : tokens) {
            parser.accept(token);
        }
        parser.closeAll();
        return parser.top;
    }

    private void accept(Token token) {
        switch (token.kind()) {
            case WORD -> word(token);
            case OPEN -> open(token);
            case CLOSE -> close(token);
            case END_OF_LINE -> current = null;
        }
    }

    private void word(Token word) {
        Statement statement = current;
        if (statement != null) {
            statement.addArgument(word);
            return;
        }
        if (word.firstOfLine() && open.isEmpty()) {
            reopenIfClosedTooEarly(word);
        } else if (word.firstOfLine()) {
            if (ONLY_AT_THE_TOP.contains(word.text())) {
                closeAll();
            } else if (isInstanceKeywordInList(word)) {
                bodies.pop();
                reportUnclosed(open.pop());
            }
        }
        Statement started = new Statement(word);
        bodies.element().add(started);
        current = started;
    }

    private void open(Token brace) {
        List<Statement> body = bodies.element();
        Statement owner = current;
        if (owner == null && !body.isEmpty()) {
            owner = body.get(body.size() - 1);
        }
        if (owner == null || owner.hasBlock()) {
            findings.error(
                    brace.place(),
                    "this '{' follows no keyword that could open a block; remove it or add the keyword");
            owner = new Statement(brace); // belongs to nothing, but its closing brace must be found
        }
        open.push(owner);
        bodies.push(owner.openBlock());
        current = null;
    }

    private void close(Token brace) {
        current = null;
        if (open.isEmpty()) {
            findings.error(
                    brace.place(),
                    "this '}' closes nothing; remove it, or open the block that it is to end");
            return;
        }
        Statement closed = open.pop();
        bodies.pop();
        if (brace.firstOfLine() && !open.isEmpty() && brace.column() < closed.indentation()) {
            suspects.push(closed);
        }
        if (open.isEmpty()) {
            suspects.clear();
            lastClosed = closed;
            lastBrace = brace;
        }
    }

    /** A directive of an instance that follows an instance at the top level: the brace before it is one too many. */
    private void reopenIfClosedTooEarly(Token word) {
        Statement closed = lastClosed;
        Token brace = lastBrace;
        if (closed == null
                || brace == null
                || top.isEmpty()
                || closed != top.get(top.size() - 1)
                || !closed.name().equals("vrrp_instance")
                || InstanceVocabulary.INSTANCE.find(word.text()) == null
                || Vocabularies.TOP.find(word.text()) != null) {
            return;
        }
        findings.error(
                brace.place(),
                "this '}' ends the vrrp_instance of "
                        + closed.place().seenFrom(brace.place())
                        + ", whose directives go on in "
                        + word.place().seenFrom(brace.place())
                        + "; remove it");
        reopened.add(closed);
        open.push(closed);
        bodies.push(closed.blockToContinue());
    }

    private void closeAll() {
        int missing = open.size();
        for (int i = 0; i < missing; i++) {
            Statement unclosed = open.pop();
            bodies.pop();
            reportUnclosed(suspects.isEmpty() ? unclosed : suspects.pop());
        }
        suspects.clear();
        current = null;
    }

    private boolean isInstanceKeywordInList(Token word) {
        String list = open.element().name();
        boolean ofTheList =
                list.equals("virtual_routes") && RouteVocabulary.ROUTE.find(word.text()) != null
                        || list.equals("virtual_rules")
                                && RouteVocabulary.RULE.find(word.text()) != null;
        return LISTS.contains(list)
                && open.size() == 2
                && !ofTheList
                && InstanceVocabulary.INSTANCE.find(word.text()) != null;
    }

    private void reportUnclosed(Statement block) {
        boolean isReported = reopened.contains(block) || block.name().equals("{");
        if (isReported) {
            return;
        }
        findings.error(
                block.place(),
                "the '{' of '"
                        + block.name()
                        + "' that opens here is never closed; add the missing '}'");
    }
}
