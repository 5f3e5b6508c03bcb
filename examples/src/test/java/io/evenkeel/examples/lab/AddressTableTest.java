package io.evenkeel.examples.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AddressTableTest {
    private static final String TABLE =
            """
            Main:
              +-- 0.0.0.0/0 2 0 2
                 +-- 192.168.1.0/24 2 0 1
                       |-- 192.168.1.0
                          /24 link UNICAST
                       |-- 192.168.1.11
                          /32 host LOCAL
                    |-- 192.168.1.100
                       /32 link UNICAST
                       /32 host LOCAL
                    |-- 192.168.1.101
                       /32 link UNICAST
                    |-- 192.168.1.255
                       /32 link BROADCAST
            """;

    @Test
    void findsTheHostsOwnAddresses() {
        assertTrue(AddressTable.contains(TABLE, "192.168.1.11"));
        assertTrue(AddressTable.contains(TABLE, "192.168.1.100"));
    }

    @Test
    void takesNoRouteForAnAddress() {
        assertFalse(AddressTable.contains(TABLE, "192.168.1.101"));
        assertFalse(AddressTable.contains(TABLE, "192.168.1.255"));
        assertFalse(AddressTable.contains(TABLE, "192.168.1.0"));
    }

    @Test
    void comparesWholeAddresses() {
        assertFalse(AddressTable.contains(TABLE, "192.168.1.1"));
        assertFalse(AddressTable.contains(TABLE, "192.168.1.10"));
    }
}
