# What a router says about the others. "verbose" writes the sentences out.

= The wrong virtual_router_id, seen from the router that has the right one
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 vrid=15
    @0ms  tell: A: the peer 10.9.0.2 advertises 10.9.0.100 under VRID 15, this router under VRID 51, so that both hold the address. Set virtual_router_id 51 there, or 15 here.

= Nobody was heard: the first router of a cluster, or a LAN without multicast
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.

= Nobody was heard, but others are: multicast works
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 100 vrid=15 from=10.9.0.7 addresses=10.9.0.50
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at its virtual_router_id first, since multicast works here: 10.9.0.7 is heard with VRID 15.

= Nobody was heard by unicast
router verbose=yes peers=10.9.0.2,10.9.0.3
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and the peers 10.9.0.2, 10.9.0.3, which must have this router among theirs.

= Nobody is said once, and not by a router that has heard somebody
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @3609.375ms  tell: A has taken no advertisement of 10.9.0.2 for 3609 ms: look at that host, and at the way from it: multicast, the packet filter and the switch.

= An Active that falls silent
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 200
wait 4s
    @4609.375ms  send priority 100 every 1000 ms
    @4609.375ms  add 10.9.0.100
    @4609.375ms  announce 10.9.0.100 x5
    @4609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @4609.375ms  tell: A has taken no advertisement of 10.9.0.2 for 3609 ms: look at that host, and at the way from it: multicast, the packet filter and the switch.

= An Active whose advertisements arrive and cannot be read any more
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 200
wait 1s
hear 200 checksum=wrong
    @2000ms  tell: A: dropped a packet from 10.9.0.2: its checksum is wrong.
wait 1s
hear 200 checksum=wrong
wait 2s
    @4609.375ms  send priority 100 every 1000 ms
    @4609.375ms  add 10.9.0.100
    @4609.375ms  announce 10.9.0.100 x5
    @4609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @4609.375ms  tell: A has taken no advertisement of 10.9.0.2 for 3609 ms, though its packets arrive: they are dropped for CHECKSUM.

= A release is no silence
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
wait 1s
hear 0
wait 1s
    @1609.375ms  send priority 100 every 1000 ms
    @1609.375ms  add 10.9.0.100
    @1609.375ms  announce 10.9.0.100 x5
    @1609.375ms  tell: A went from BACKUP to ACTIVE: the Active released the addresses.

= Two routers of the same priority
router verbose=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 100
    @0ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
hear 100

= ... but not if a tracker made them the same
router verbose=yes priority=110 trackers=check:-10
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker check down
    @0ms  tell: The priority of A went from 110 to 100: the tracker check has failed.
hear 100

= A checksum that this router does not send, when it follows the Active
router verbose=yes sum=auto
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 checksum=message
