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

= Other virtual routers and the router's own packets are not worth a word
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 vrid=52
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under VRID 52, this router under VRID 51, so that both hold the address. Set virtual_router_id 51 there, or 52 here.
hear 100 from=10.9.0.1
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 VIRTUAL_ROUTER_ID, dropped 1 OWN

= A differing interval is followed and told when it is seen twice
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

= Version 2 drops another interval (RFC 3768, section 7.1)
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=2s
    @0ms  tell: A: dropped a packet from 10.9.0.2: its advertisement interval is 2 s, this router's 1 s; version 2 needs the same on both.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 INTERVAL

= Other addresses are told and followed; the order does not matter
router addresses=10.9.0.100,10.9.0.101
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=10.9.0.101,10.9.0.100
hear 200 addresses=10.9.0.100
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under this router's VRID, this router 10.9.0.100, 10.9.0.101. Give both the same virtual addresses; an address on one of them only is gone after a failover.
hear 200 addresses=10.9.0.100
show
    BACKUP, priority 100, running, next at @3609.375ms

= Strict version 2 drops them
router version=v2 strict=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 addresses=10.9.0.101
    @0ms  tell: A: dropped a packet from 10.9.0.2: it advertises other addresses; configure the same on both, or leave strict out.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 ADDRESSES

= A checksum without pseudo-header is understood and told
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 checksum=message
    @0ms  tell: A: the peer 10.9.0.2 computes the checksum without a pseudo-header (RFC 9568, section 5.2.8); that is understood here, but make sure that it understands the form with one, which this router sends, or let this router follow it (ChecksumMode.AUTO).
show
    BACKUP, priority 100, running, next at @3609.375ms

= Passwords
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
