package io.evenkeel.lb.netty;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferIT {
    @ParameterizedTest
    @EnumSource
    void oneGibibyteEachWayArrivesAsItWasSent(Transport transport) throws Exception {
        Transfer.bothWaysAtOnce(transport, 1L << 30);
    }
}
