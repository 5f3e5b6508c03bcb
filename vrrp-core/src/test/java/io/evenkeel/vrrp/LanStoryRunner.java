package io.evenkeel.vrrp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plays a story of several routers on a {@link Lan}; what each of them does is written below the command
 * that let it happen. See {@code stories/README}.
 */
final class LanStoryRunner {

    private final StoryTrace trace = new StoryTrace();
    private final Lan lan = new Lan(1).latency(1).untraced();
    private final Map<String, LanNode> nodes = new LinkedHashMap<>();

    static String play(List<String> lines) {
        LanStoryRunner runner = new LanStoryRunner();
        return runner.trace.play(lines, runner::command);
    }

    private void command(String line) {
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "router" -> router(words[1], StoryText.options(words));
            case "group" -> group(words[1], Arrays.asList(words).subList(2, words.length));
            case "start" -> each(words, LanNode::start);
            case "stop" -> each(words, LanNode::stop);
            case "kill" -> each(words, LanNode::kill);
            case "handover" -> each(words, LanNode::handover);
            case "cut" -> each(words, node -> node.mute(true));
            case "mend" -> each(words, node -> node.mute(false));
            case "down" -> each(words, node -> node.link(false));
            case "up" -> each(words, node -> node.link(true));
            case "apart" -> each(words, node -> node.segment = 1);
            case "together" -> each(words, node -> node.segment = 0);
            case "pause" -> node(words[1]).pause(StoryText.nanos(words[2]));
            case "maintenance" -> maintenance(node(words[1]), words[2].equals("on"));
            case "tracker" -> node(words[1]).report(words[2], words[3].equals("up"));
            case "wait" -> lan.run(StoryText.nanos(words[1]));
            case "show" -> nodes.forEach(this::show);
            default -> throw new IllegalArgumentException("No such command: " + line);
        }
    }

    private void router(String name, Map<String, String> options) {
        VirtualRouterConfig.Builder builder = VirtualRouterConfig.builder(name);
        builder.virtualRouterId(51).interfaceName("eth0");
        builder.addresses(StoryText.addresses("10.9.0.100"));
        StoryText.configure(builder, options);
        LanNode node = lan.add(builder.build(), options.get("at"));
        node.wire = Integer.parseInt(options.getOrDefault("wire", "0"));
        boolean verbose = options.containsKey("verbose");
        node.watch(
                action ->
                        trace.happened(
                                StoryText.time(lan.nowNanos())
                                        + "  "
                                        + name
                                        + ": "
                                        + StoryText.action(action, verbose)));
        nodes.put(name, node);
    }

    private void group(String name, List<String> members) {
        SyncGroup.of(
                new SyncGroupConfig(name, members),
                members.stream().map(member -> node(member).router).toList());
    }

    private static void maintenance(LanNode node, boolean on) {
        node.router.setMaintenance(on, node.now());
    }

    private void each(String[] words, Consumer<LanNode> command) {
        for (int i = 1; i < words.length; i++) {
            command.accept(node(words[i]));
        }
    }

    private LanNode node(String name) {
        LanNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("No such router: " + name);
        }
        return node;
    }

    private void show(String name, LanNode node) {
        trace.happened(
                name
                        + " "
                        + node.router.state()
                        + (node.isDead() ? ", dead" : "")
                        + (node.owned.isEmpty() ? "" : ", owns " + node.owned.size()));
    }
}
