package io.evenkeel.lb.netty;

import org.junit.jupiter.api.Test;

class TransferIT {
    @Test
    void oneGibibyteEachWayArrivesAsItWasSent() throws Exception {
        Transfer.bothWaysAtOnce(Transport.best(), 1L << 30);
    }
}
