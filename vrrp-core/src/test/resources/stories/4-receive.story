# RFC 9568, section 7.1. The codec's test has the whole ladder; here is what the router makes of it.

= A dropped packet is counted always and told once for each source and reason
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ttl=254
    @0ms  tell: A: dropped a packet from 10.9.0.2: its TTL is 254 and not 255, so that it may come from outside this LAN.
hear 200 ttl=254
hear 200 ttl=254 from=10.9.0.3
    @0ms  tell: A: dropped a packet from 10.9.0.3: its TTL is 254 and not 255, so that it may come from outside this LAN.
hear 200 version=v2
    @0ms  tell: A: dropped a packet from 10.9.0.2: it speaks version 2, this router V3; configure the same version on both.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 3 TTL, dropped 1 VERSION

= It is told again after a change of state
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 50 checksum=wrong
    @0ms  tell: A: dropped a packet from 10.9.0.2: its checksum is wrong.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
hear 50 checksum=wrong
    @4000ms  tell: A: dropped a packet from 10.9.0.2: its checksum is wrong.

= 64, 82. Other virtual routers and the router's own packets are not worth a word (RFC 9568, 7.1)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 vrid=52 addresses=10.9.0.110
hear 100 from=10.9.0.1
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 VIRTUAL_ROUTER_ID, dropped 1 OWN

= 76. A differing interval is followed and told when it is seen twice (RFC 9568, 7.1)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=500ms
hear 200 every=500ms
    @0ms  tell: A: the peer 10.9.0.2 advertises every 500 ms, this router every 1000 ms. A Backup follows the Active's interval; give both the same one, so that a failover takes equally long both ways.
hear 200 every=500ms
show
    BACKUP, priority 100, running, next at @1804.6875ms

= The one short interval of a handover is not told
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=10ms
hear 0 every=10ms
hear 150
show
    BACKUP, priority 100, running, next at @3609.375ms

= 75. Version 2 drops another interval (RFC 3768, 7.1)
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=2s
    @0ms  tell: A: dropped a packet from 10.9.0.2: its advertisement interval is 2 s, this router's 1 s; version 2 needs the same on both.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 INTERVAL

= 77, 78. Other addresses are told and followed; the order does not matter (RFC 9568, 7.1)
router addresses=10.9.0.100,10.9.0.101
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=10.9.0.101,10.9.0.100
hear 200 addresses=10.9.0.100
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under this router's VRID, this router 10.9.0.100, 10.9.0.101. Give both the same virtual addresses; an address on one of them only is gone after a failover.
hear 200 addresses=10.9.0.100
show
    BACKUP, priority 100, running, next at @3609.375ms

= 78. ... and none in common means that the VRID is another cluster's
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=10.9.0.110,10.9.0.111
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.110, 10.9.0.111 under this router's VRID, this router 10.9.0.100. If it is of another cluster, give one of the two another virtual_router_id; until then only one of them is Active. Else give both the same virtual addresses.

= 79. Strict version 2 drops them, unless their owner sends them (RFC 3768, 7.1)
router version=v2 strict=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=10.9.0.101
    @0ms  tell: A: dropped a packet from 10.9.0.2: it advertises other addresses; configure the same on both, or leave strict out.
hear 255 addresses=10.9.0.101
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.101 under this router's VRID, this router 10.9.0.100. If it is of another cluster, give one of the two another virtual_router_id; until then only one of them is Active. Else give both the same virtual addresses.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 ADDRESSES

= 70. A checksum without pseudo-header is understood and told (RFC 9568, 5.2.8)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 checksum=message
    @0ms  tell: A: the peer 10.9.0.2 computes the checksum without a pseudo-header (RFC 9568, section 5.2.8); that is understood here, but make sure that it understands the form with one, which this router sends, or let this router follow it (ChecksumMode.AUTO).
show
    BACKUP, priority 100, running, next at @3609.375ms

= 74. Passwords (RFC 2338, 5.3.6)
router version=v2 password=abc
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
hear 200 password=abd
    @0ms  tell: A: dropped a packet from 10.9.0.2: its password is another one; configure the same on both.
hear 200 version=v2
    @0ms  tell: A: dropped a packet from 10.9.0.2: its authentication type is 0, this router's 1 (0 none, 1 password); configure the same on both.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 AUTHENTICATION_TYPE, dropped 1 PASSWORD

= An interval that differs now and then is no misconfiguration
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=10ms
hear 200
hear 200 every=10ms
hear 200

= Neither is the interval of a release
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=10ms
hear 0 every=10ms
hear 0 every=10ms

= 51. A TTL below 255 has crossed a router (RFC 9568, 5.1.1.3)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ttl=254
    @0ms  tell: A: dropped a packet from 10.9.0.2: its TTL is 254 and not 255, so that it may come from outside this LAN.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 TTL

= 52. ... and so has a hop limit below 255 (RFC 9568, 5.1.2.3)
router addresses=fe80::100
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ttl=254
    @0ms  tell: A: dropped a packet from fe80::2: its TTL is 254 and not 255, so that it may come from outside this LAN.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 TTL

= 53. Unicast advertisements may cross routers
router peers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ttl=64
show
    BACKUP, priority 100, running, next at @3609.375ms

= 66. The first IPv6 address is link-local (RFC 9568, 5.2.9; erratum 8300)
router addresses=fe80::100,2001:db8::100
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=2001:db8::100,fe80::100
    @0ms  tell: A: dropped a packet from fe80::2: its first IPv6 address is not link-local; put an fe80:: address first there, or do without the check here.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 FIRST_ADDRESS

= 81. Packets of strangers are dropped where only peers are taken
router onlypeers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 from=10.9.0.3
    @0ms  tell: A: dropped a packet from 10.9.0.3: it is none of the unicast peers [10.9.0.2]; add it to them, or find out who it is.
hear 200
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 UNKNOWN_PEER

= ... and are told where they are not
router peers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 from=10.9.0.3
    @0ms  tell: A: the peer 10.9.0.3 is none of the unicast peers 10.9.0.2, and does not hear this router. Add it to them, or take packets of peers only.
show
    BACKUP, priority 100, running, next at @3609.375ms

= Multicast and unicast do not mix
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 to=10.9.0.1
    @0ms  tell: A: dropped a packet from 10.9.0.2: it was sent to 10.9.0.1, and this router speaks with multicast; configure the same way, multicast or unicast, on both.
router peers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 to=224.0.0.18
    @0ms  tell: A: dropped a packet from 10.9.0.2: it was sent to 224.0.0.18, and this router speaks with peers [10.9.0.2]; configure the same way, multicast or unicast, on both.

= Old keepalived sums a unicast packet as if it went to the group
router peers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 checksum=old
    @0ms  tell: A: the peer 10.9.0.2 computes the checksum as if it sent to the multicast group, like keepalived before 1.3.7; that is understood here. Upgrade it, or let this router follow it (ChecksumMode.AUTO).
show
    BACKUP, priority 100, running, next at @3609.375ms

= What is known of the peers
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
wait 1s
hear 200 checksum=message
    @1000ms  tell: A: the peer 10.9.0.2 computes the checksum without a pseudo-header (RFC 9568, section 5.2.8); that is understood here, but make sure that it understands the form with one, which this router sends, or let this router follow it (ChecksumMode.AUTO).
hear 200 from=10.9.0.3 checksum=wrong
    @1000ms  tell: A: dropped a packet from 10.9.0.3: its checksum is wrong.
peers
    10.9.0.2: taken 2, the last @1000ms with priority 200 and MESSAGE_ONLY; dropped 0
    10.9.0.3: taken 0, the last @0ms with priority 0 and PSEUDO_HEADER; dropped 1, the last for CHECKSUM

= 64. A foreign VRID with this router's address is told once, and its release is not
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 0 vrid=52
hear 200 vrid=52
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under VRID 52, this router under VRID 51, so that both hold the address. Set virtual_router_id 51 there, or 52 here.
hear 200 vrid=52
hear 100 vrid=53 from=10.9.0.3 addresses=10.9.0.99,10.9.0.100
    @0ms  tell: A: the peer 10.9.0.3 advertises 10.9.0.100 under VRID 53, this router under VRID 51, so that both hold the address. Set virtual_router_id 51 there, or 53 here.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 4 VIRTUAL_ROUTER_ID

= 64. ... also by unicast, whatever the TTL
router peers=10.9.0.2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 vrid=52 ttl=60
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under VRID 52, this router under VRID 51, so that both hold the address. Set virtual_router_id 51 there, or 52 here.
