# RFC 9568, section 6.4.3.

= The schedule does not drift: a thousand intervals, a thousand advertisements
router refresh=0s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
wait 1000s
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @9609.375ms  send priority 100 every 1000 ms
    ... 994 more, the last @1003609.375ms

= A late advertisement does not move the ones that follow
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
sleep 1.3s
wake
    @4909.375ms  send priority 100 every 1000 ms
show
    ACTIVE, priority 100, running, next at @5609.375ms

= A release by another router is answered and the timer begins anew
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 0
    @4000ms  send priority 100 every 1000 ms
show
    ACTIVE, priority 100, running, next at @5000ms

= A higher router gets the addresses, and nothing is announced any more
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 150 every=500ms
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 150, this router has 100.
show
    BACKUP, priority 100, running, next at @5804.6875ms
wait 1s

= The same priority and a higher address wins
router local=10.9.0.1
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 100 from=10.9.0.2
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 100 too and has the higher address.
    @4000ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    BACKUP, priority 100, running, next at @7609.375ms

= The same priority and a lower address does not
router local=10.9.0.3
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 100 from=10.9.0.2
    @4000ms  send priority 100 every 1000 ms
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    ACTIVE, priority 100, running, next at @4609.375ms

= Addresses are compared unsigned
router local=100.0.0.1
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 100 from=200.0.0.1
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 200.0.0.1 is Active with priority 100 too and has the higher address.
    @4000ms  tell: A: the peer 200.0.0.1 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    BACKUP, priority 100, running, next at @7609.375ms

= A lower router is told at once, and the neighbours twice
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  send priority 100 every 1000 ms
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
show
    ACTIVE, priority 100, running, next at @10609.375ms
wait 6s
    @10609.375ms  send priority 100 every 1000 ms
    ... 3 more, the last @13609.375ms
    @13609.375ms  announce 10.9.0.100 x1
    @14609.375ms  send priority 100 every 1000 ms
    @15000ms  announce 10.9.0.100 x5
    @15609.375ms  send priority 100 every 1000 ms

= Version 2 tells it too, although RFC 3768 is silent
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  send priority 100 every 1000 ms
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.

= Strict version 2 sends nothing (RFC 3768, section 6.4.3)
router version=v2 strict=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
show
    ACTIVE, priority 100, running, next at @10609.375ms

= A flood of lower advertisements gives ten answers in an interval at most
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  send priority 100 every 1000 ms
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
wait 40ms
hear 50
wait 40ms
hear 50
wait 40ms
hear 50
    @10120ms  send priority 100 every 1000 ms
    @10120ms  announce 10.9.0.100 x5
show
    ACTIVE, priority 100, running, next at @10609.375ms

= A changed priority is advertised at once
router trackers=check:-20
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
tracker check down
    @4000ms  send priority 80 every 1000 ms
    @4000ms  tell: The priority of A went from 100 to 80: the tracker check has failed.
show
    ACTIVE, priority 80, running, next at @4609.375ms
tracker check up
    @4000ms  send priority 100 every 1000 ms
    @4000ms  tell: The priority of A went from 80 to 100: the tracker check is up.

= Tracker weights keep the priority within 1 and 254
router priority=100 trackers=a:-100,b:-100,c:150,d:150
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker a down
    @0ms  tell: The priority of A went from 100 to 1: the tracker a has failed.
tracker b down
show
    BACKUP, priority 1, running, next at @3996.09375ms
tracker c up
    @0ms  tell: The priority of A went from 1 to 50: the tracker c is up.
tracker d up
    @0ms  tell: The priority of A went from 50 to 200: the tracker d is up.
tracker a up
    @0ms  tell: The priority of A went from 200 to 254: the tracker a is up.
tracker b up
show
    BACKUP, priority 254, running, next at @3007.8125ms

= An unknown tracker and a repeated report change nothing
router trackers=check:-20
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker other down
tracker check down
    @0ms  tell: The priority of A went from 100 to 80: the tracker check has failed.
tracker check down
show
    BACKUP, priority 80, running, next at @3687.5ms

= An owner stays 255 under weights
router priority=255 trackers=check:-20
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
tracker check down
show
    ACTIVE, priority 255, running, next at @1000ms

= An owner releases for a fatal tracker and comes back with it
router priority=255 trackers=check:0
tracker check up
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 1s
    @1000ms  send priority 255 every 1000 ms
tracker check down
    @1000ms  send priority 255 every 10 ms
    @1000ms  send priority 0 every 10 ms
wait 1s
    @1003ms  send priority 0 every 10 ms
    ... 1 more, the last @1006ms
    @1100ms  remove 10.9.0.100
    @1100ms  tell: A went from ACTIVE to FAULT: the tracker check has failed.
show
    FAULT, priority 255, running, next never
tracker check up
    @2000ms  send priority 255 every 1000 ms
    @2000ms  add 10.9.0.100
    @2000ms  announce 10.9.0.100 x5
    @2000ms  tell: A went from FAULT to ACTIVE: the tracker check is up; it owns the addresses.

= Two owners: the address decides, and both can see it
router priority=255 local=10.9.0.1
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 1s
    @1000ms  send priority 255 every 1000 ms
hear 255 from=10.9.0.2
    @1000ms  send priority 255 every 1000 ms
    @1000ms  remove 10.9.0.100
    @1000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 255 too and has the higher address.
    @1000ms  tell: A: the peer 10.9.0.2 says that it owns the addresses (priority 255), and so does this router. Only one can; give the other a priority of 1..254.

= A fatal tracker that has not reported keeps the router from starting
router trackers=check:0
start
    @0ms  tell: A went from INITIALIZE to FAULT: the tracker check has not reported yet.
show
    FAULT, priority 100, running, next never
wait 10s
tracker check up
    @10000ms  tell: A went from FAULT to BACKUP: the tracker check is up.
show
    BACKUP, priority 100, running, next at @13609.375ms

= The interface goes down under an Active and comes back
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
link down
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to FAULT: the interface eth0 is down.
show
    FAULT, priority 100, running, next never
wait 10s
link up
    @14000ms  tell: A went from FAULT to BACKUP: the interface eth0 is up.
show
    BACKUP, priority 100, running, next at @17609.375ms

= The interface goes down under a Backup and comes back
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
link down
    @1000ms  tell: A went from BACKUP to FAULT: the interface eth0 is down.
hear 200
show
    FAULT, priority 100, running, next never
link up
    @1000ms  tell: A went from FAULT to BACKUP: the interface eth0 is up.
show
    BACKUP, priority 100, running, next at @4609.375ms

= The interface comes up before the fatal tracker does
router trackers=check:0
start
    @0ms  tell: A went from INITIALIZE to FAULT: the tracker check has not reported yet.
link down
link up
tracker check up
    @0ms  tell: A went from FAULT to BACKUP: the tracker check is up.
show
    BACKUP, priority 100, running, next at @3609.375ms

= The interface is down at the start
router
link down
start
    @0ms  tell: A went from INITIALIZE to FAULT: the interface eth0 is down.
show
    FAULT, priority 100, running, next never

= The interface goes down in the middle of a release
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
stop
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
link down
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= Every 5 s the neighbours are told again: a rival beyond a partition may have told them otherwise
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 20s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @13609.375ms
    @13609.375ms  announce 10.9.0.100 x1
    @14609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @18609.375ms
    @18609.375ms  announce 10.9.0.100 x1
    @19609.375ms  send priority 100 every 1000 ms

= ... or as often as asked for
router refresh=60s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 130s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @9609.375ms  send priority 100 every 1000 ms
    ... 54 more, the last @63609.375ms
    @63609.375ms  announce 10.9.0.100 x1
    @64609.375ms  send priority 100 every 1000 ms
    ... 59 more, the last @123609.375ms
    @123609.375ms  announce 10.9.0.100 x1
    @124609.375ms  send priority 100 every 1000 ms
    ... 5 more, the last @129609.375ms
show
    ACTIVE, priority 100, running, next at @130609.375ms

= Excluded addresses move along and are not advertised
router excluded=10.9.0.200
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 10.9.0.200
    @3609.375ms  announce 10.9.0.100 10.9.0.200 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
hear 150
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100 10.9.0.200
    @4000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 150, this router has 100.

= Each further lower advertisement puts the second burst off, so that the rival does not announce last
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  send priority 100 every 1000 ms
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
wait 40ms
hear 50
wait 5s
    @10609.375ms  send priority 100 every 1000 ms
    ... 3 more, the last @13609.375ms
    @13609.375ms  announce 10.9.0.100 x1
    @14609.375ms  send priority 100 every 1000 ms
    @15040ms  announce 10.9.0.100 x5
show
    ACTIVE, priority 100, running, next at @15609.375ms
