package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.Test;

/** The other tests rely on leaks being noticed. */
class NoLeaksTest {
    @Test
    void everyBufferIsFollowedAndReportsComeToTheTests() {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        assertInstanceOf(
                RecordingLeakDetector.class,
                ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class));
    }
}
