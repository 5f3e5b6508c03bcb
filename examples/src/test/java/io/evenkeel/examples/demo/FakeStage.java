package io.evenkeel.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A stage whose nodes are any command, with neither servers nor client. */
final class FakeStage implements Stage {
    private final Journal journal = new Journal();
    private final List<DemoNode> nodes;

    FakeStage(List<String> command, Path directory) {
        nodes =
                List.of(
                        new DemoNode("node1", 100, command, directory, journal),
                        new DemoNode("node2", 90, command, directory, journal));
    }

    Journal journal() {
        return journal;
    }

    @Override
    public String description() {
        return "nothing is real";
    }

    @Override
    public String url() {
        return "http://127.0.0.1/";
    }

    @Override
    public List<DemoNode> nodes() {
        return nodes;
    }

    @Override
    public List<DemoServer> servers() {
        return List.of();
    }

    @Override
    public void open() throws IOException {
        for (DemoNode node : nodes) {
            node.launch();
        }
    }

    @Override
    public void startClient() {}

    @Override
    public void verifyOwner(DemoNode node) {}

    @Override
    public long sharedNanos(long fromNanos, long toNanos) {
        return 0;
    }

    @Override
    public List<String> hints() {
        return List.of();
    }

    @Override
    public void close() {
        nodes.forEach(DemoNode::close);
    }
}
