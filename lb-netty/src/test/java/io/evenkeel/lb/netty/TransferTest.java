package io.evenkeel.lb.netty;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferTest {
    @ParameterizedTest
    @EnumSource
    void bytesArriveAsTheyWereSentBothWaysAtOnce(Transport transport) throws Exception {
        Transfer.bothWaysAtOnce(transport, 64L << 20);
    }
}
