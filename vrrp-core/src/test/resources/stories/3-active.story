# RFC 9568, section 6.4.3.

= 30. The schedule does not drift: a thousand intervals, a thousand advertisements
router refresh=0s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
sleep 1.3s
wake
    @4909.375ms  send priority 100 every 1000 ms
show
    ACTIVE, priority 100, running, next at @5609.375ms

= 32. A release by another router is answered and the timer begins anew (RFC 9568, 6.4.3)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 0
    @4000ms  send priority 100 every 1000 ms
show
    ACTIVE, priority 100, running, next at @5000ms

= 33. A higher router gets the addresses, and nothing is announced any more (RFC 9568, 6.4.3)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 150 every=500ms
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 150, this router has 100.
show
    BACKUP, priority 100, running, next at @5804.6875ms
wait 1s

= 34. The same priority and a higher address wins (RFC 9568, 6.4.3)
router local=10.9.0.1
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 100 from=10.9.0.2
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 100 too and has the higher address.
    @4000ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    BACKUP, priority 100, running, next at @7609.375ms

= 35. The same priority and a lower address does not (RFC 9568, 6.4.3)
router local=10.9.0.3
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 100 from=10.9.0.2
    @4000ms  send priority 100 every 1000 ms
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    ACTIVE, priority 100, running, next at @4609.375ms

= 37. IPv4 addresses are compared unsigned (RFC 9568, 6.4.3)
router local=100.0.0.1
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 100 from=200.0.0.1
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: 200.0.0.1 is Active with priority 100 too and has the higher address.
    @4000ms  tell: A: the peer 200.0.0.1 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    BACKUP, priority 100, running, next at @7609.375ms

= 38, 40. A lower router is told at once, and the neighbours twice (RFC 9568, 6.4.3)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
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

= 39. Version 2 tells it too, although RFC 3768 is silent
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
hear 50
    @10000ms  send priority 100 every 1000 ms
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.

= 39. ... but strict version 2 sends nothing (RFC 3768, 6.4.3)
router version=v2 strict=yes
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 10s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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

= 43. A changed priority is advertised at once
router trackers=check:-20
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
tracker check down
    @4000ms  send priority 80 every 1000 ms
    @4000ms  tell: The priority of A went from 100 to 80: the tracker check has failed.
show
    ACTIVE, priority 80, running, next at @4609.375ms
tracker check up
    @4000ms  send priority 100 every 1000 ms
    @4000ms  tell: The priority of A went from 80 to 100: the tracker check is up.

= 44. Tracker weights keep the priority within 1 and 254
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

= 45. An owner stays 255 under weights
router priority=255 trackers=check:-20
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
tracker check down
show
    ACTIVE, priority 255, running, next at @1000ms

= 45. ... but releases for a fatal tracker and comes back with it
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

= 46. Two owners: the address decides, and both can see it (erratum 8298)
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
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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
    @3609.375ms  tell: nobody was heard
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

= 37. IPv6 addresses are compared unsigned too (RFC 9568, 6.4.3)
router addresses=fe80::100 local=fe80::1
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add fe80::100
    @3609.375ms  announce fe80::100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 100 from=fe80::ff
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove fe80::100
    @4000ms  tell: A went from ACTIVE to BACKUP: fe80::ff is Active with priority 100 too and has the higher address.
    @4000ms  tell: A: the peer fe80::ff has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.

= 44. A tracker that reports a number moves the priority by it
router trackers=load:2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker load 10
    @0ms  tell: The priority of A went from 100 to 120: the tracker load says 10.
show
    BACKUP, priority 120, running, next at @3531.25ms
tracker load -100
    @0ms  tell: The priority of A went from 120 to 1: the tracker load says -100.
show
    BACKUP, priority 1, running, next at @3996.09375ms
tracker load -127
    @0ms  tell: A went from BACKUP to FAULT: the tracker load takes all of the priority.
show
    FAULT, priority 1, running, next never
tracker load 0
    @0ms  tell: The priority of A went from 1 to 100: the tracker load says 0.
    @0ms  tell: A went from FAULT to BACKUP: the tracker load says 0.
show
    BACKUP, priority 100, running, next at @3609.375ms

= 44. With weight 0 every number but 0 is a failure
router trackers=file:0
start
    @0ms  tell: A went from INITIALIZE to FAULT: the tracker file has not reported yet.
tracker file 0
    @0ms  tell: A went from FAULT to BACKUP: the tracker file says 0.
show
    BACKUP, priority 100, running, next at @3609.375ms
tracker file 3
    @0ms  tell: A went from BACKUP to FAULT: the tracker file has failed.
show
    FAULT, priority 100, running, next never

= An inverted tracker is up when it is down
router trackers=-standby:-50
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker standby up
    @0ms  tell: The priority of A went from 100 to 50: the tracker standby is up.
show
    BACKUP, priority 50, running, next at @3804.6875ms
tracker standby down
    @0ms  tell: The priority of A went from 50 to 100: the tracker standby has failed.
show
    BACKUP, priority 100, running, next at @3609.375ms

= A tracker that is silent for longer than its deadline has failed
router trackers=check:-50:2s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker check up
wait 2s
    @2000ms  tell: The priority of A went from 100 to 50: the tracker check has not reported in time.
show
    BACKUP, priority 50, running, next at @3804.6875ms
tracker check up
    @2000ms  tell: The priority of A went from 50 to 100: the tracker check is up.
show
    BACKUP, priority 100, running, next at @3609.375ms

= ... and so has one that has said nothing since the start
router trackers=check:-50:2s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 2s
    @2000ms  tell: The priority of A went from 100 to 50: the tracker check has not reported in time.
show
    BACKUP, priority 50, running, next at @3804.6875ms

= ... and a fatal one releases the addresses
router trackers=check:0:5s fast=no
tracker check up
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 5s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
    @4609.375ms  send priority 100 every 1000 ms
    @5000ms  send priority 0 every 1000 ms
    @5000ms  remove 10.9.0.100
    @5000ms  tell: A went from ACTIVE to FAULT: the tracker check has failed.

= ... but a pause of this process proves nothing: it gets half of its time again
router trackers=check:0:2s fast=no
tracker check up
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
sleep 10s
wake
    @11000ms  tell: A was driven 7390 ms late (a pause of the JVM, the CPU or the machine?): it listens once more before it takes over.
show
    BACKUP, priority 100, running, next at @12000ms
tracker check up
show
    BACKUP, priority 100, running, next at @12609.375ms

= An Active that does not answer lower routers still tells the neighbours
router answers=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
hear 50
    @4000ms  announce 10.9.0.100 x5

= More silent intervals than three, for a lossy link
router adverts=10 interval=100ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @1060.9375ms

= Without Accept_Mode the host is told so with the addresses (RFC 9568, 6.1)
router accept=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 without accepting
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard

= ... but the owner always accepts
router accept=no priority=255
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.

= An interface without an address to send from is a fault
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
local lost
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to FAULT: the interface eth0 has no address to send from.
local lost
show
    FAULT, priority 100, running, next never
local usable
    @4000ms  tell: A went from FAULT to BACKUP: eth0 has an address again.
show
    BACKUP, priority 100, running, next at @7609.375ms

= ... also at the start
router
local lost
start
    @0ms  tell: A went from INITIALIZE to FAULT: the interface eth0 has no address to send from.
local tentative
    @0ms  tell: A went from FAULT to BACKUP: eth0 has an address again.
show
    BACKUP, priority 100, running, next at @3609.375ms

= 103. An address that another program took off is put back and announced, the fourth time within ten seconds hands over
router addresses=10.9.0.100,10.9.0.101
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 10.9.0.101
    @3609.375ms  announce 10.9.0.100 10.9.0.101 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
lose 10.9.0.100
    @4000ms  add 10.9.0.100
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: another program took 10.9.0.100 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
wait 1s
    @4609.375ms  send priority 100 every 1000 ms
lose 10.9.0.101
    @5000ms  add 10.9.0.101
    @5000ms  announce 10.9.0.101 x5
    @5000ms  tell: A: another program took 10.9.0.101 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
wait 1s
    @5609.375ms  send priority 100 every 1000 ms
lose 10.9.0.100,10.9.0.101
    @6000ms  add 10.9.0.100 10.9.0.101
    @6000ms  announce 10.9.0.100 10.9.0.101 x5
    @6000ms  tell: A: another program took 10.9.0.100, 10.9.0.101 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
wait 1s
    @6609.375ms  send priority 100 every 1000 ms
lose 10.9.0.100
    @7000ms  tell: A: another program took 10.9.0.100 off the host for the fourth time within ten seconds, so that this router hands over. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
    @7000ms  send priority 100 every 10 ms
    @7000ms  send priority 0 every 10 ms
wait 3s
    @7003ms  send priority 0 every 10 ms
    ... 1 more, the last @7006ms
    @7100ms  remove 10.9.0.100 10.9.0.101
    @7100ms  tell: A went from ACTIVE to BACKUP: another program takes its addresses off the host again and again.
show
    BACKUP, priority 100, running, next at @10709.375ms

= 103. ... and does not if they are further apart
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
lose 10.9.0.100
    @4000ms  add 10.9.0.100
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: another program took 10.9.0.100 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
lose 10.9.0.100
    @4000ms  add 10.9.0.100
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: another program took 10.9.0.100 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
lose 10.9.0.100
    @4000ms  add 10.9.0.100
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A: another program took 10.9.0.100 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
wait 10s
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @13609.375ms
    @13609.375ms  announce 10.9.0.100 x1
lose 10.9.0.100
    @14000ms  add 10.9.0.100
    @14000ms  announce 10.9.0.100 x5
    @14000ms  tell: A: another program took 10.9.0.100 off the host, and this router put it back. Keep network managers (systemd-networkd, NetworkManager) from the interface, or tell them to leave foreign addresses alone.
show
    ACTIVE, priority 100, running, next at @14609.375ms

= 103. Who is not Active has nothing to put back
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
lose 10.9.0.100
show
    BACKUP, priority 100, running, next at @3609.375ms
