# RFC 9568, section 6.4.2.

= 10. When the Active falls silent a Backup advertises, adds the addresses, then announces (RFC 9568, 6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 200
wait 3609.375ms
    @4609.375ms  send priority 100 every 1000 ms
    @4609.375ms  add 10.9.0.100
    @4609.375ms  announce 10.9.0.100 x5
    @4609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @4609.375ms  tell: 10.9.0.2 is silent
show
    ACTIVE, priority 100, running, next at @5609.375ms

= 11. A release lets it wait for Skew_Time only (RFC 9568, 6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
hear 0
show
    BACKUP, priority 100, running, next at @609.375ms
wait 609.375ms
    @609.375ms  send priority 100 every 1000 ms
    @609.375ms  add 10.9.0.100
    @609.375ms  announce 10.9.0.100 x5
    @609.375ms  tell: A went from BACKUP to ACTIVE: the Active released the addresses.

= 12. Three releases in a row give one promotion, one Skew_Time after the last
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 0
wait 5ms
hear 0
wait 5ms
hear 0
show
    BACKUP, priority 100, running, next at @619.375ms
wait 700ms
    @619.375ms  send priority 100 every 1000 ms
    @619.375ms  add 10.9.0.100
    @619.375ms  announce 10.9.0.100 x5
    @619.375ms  tell: A went from BACKUP to ACTIVE: the Active released the addresses.

= 13. The same priority from a lower address is the Active's all the same: no tie-break in Backup (RFC 9568, 6.4.2)
router local=10.9.0.9
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 100 from=10.9.0.2
    @1000ms  tell: A: the peer 10.9.0.2 has priority 100, as this router has. The higher address decides between the two when both take over at once; give each its own priority to decide it yourself.
show
    BACKUP, priority 100, running, next at @4609.375ms

= 15. Version 3 learns the interval of the Active (RFC 9568, 6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=500ms
show
    BACKUP, priority 100, running, next at @1804.6875ms

= 16. A lower advertisement changes nothing when preemption is on (RFC 9568, 6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 50 every=500ms
show
    BACKUP, priority 100, running, next at @3609.375ms

= 17. With preemption off it is followed (RFC 9568, 6.4.2)
router preempt=never
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 50 every=500ms
show
    BACKUP, priority 100, running, next at @2804.6875ms

= 18. A better router takes the addresses one Active_Down_Interval after its start
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 50
wait 1s
hear 50
wait 1s
hear 50
wait 1s
hear 50
wait 609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: the Active has a lower priority.

= 19. Delayed preemption follows the lower router until the delay is over
router preempt=5s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
hear 50
wait 3s
hear 50
wait 1.9s
hear 50
show
    BACKUP, priority 100, running, next at @9509.375ms
wait 1s
hear 50
show
    BACKUP, priority 100, running, next at @9509.375ms
wait 3s
    @9509.375ms  send priority 100 every 1000 ms
    @9509.375ms  add 10.9.0.100
    @9509.375ms  announce 10.9.0.100 x5
    @9509.375ms  tell: A went from BACKUP to ACTIVE: the Active has a lower priority.

= 20. Delayed preemption does not delay the takeover from a router that fell silent
router preempt=5s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 50
wait 1s
hear 50
wait 3609.375ms
    @4609.375ms  send priority 100 every 1000 ms
    @4609.375ms  add 10.9.0.100
    @4609.375ms  announce 10.9.0.100 x5
    @4609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @4609.375ms  tell: 10.9.0.2 is silent

= 21. A higher router cancels the delay, which begins again with the next lower one
router preempt=5s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 50
wait 3s
hear 150
wait 3s
hear 50
wait 3s
hear 50
show
    BACKUP, priority 100, running, next at @12609.375ms

= 22. A release cancels the delay
router preempt=5s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 50
wait 1s
hear 0
show
    BACKUP, priority 100, running, next at @1609.375ms

= 23. The learned interval is not the one it advertises itself
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=100ms
wait 360.9375ms
    @360.9375ms  send priority 100 every 1000 ms
    @360.9375ms  add 10.9.0.100
    @360.9375ms  announce 10.9.0.100 x5
    @360.9375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @360.9375ms  tell: 10.9.0.2 is silent
wait 1s
    @1360.9375ms  send priority 100 every 1000 ms

= 25. Version 2 counts the skew in seconds and never learns (RFC 3768, 6.1)
router version=v2 interval=2s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @6609.375ms
hear 200
show
    BACKUP, priority 100, running, next at @6609.375ms

= 26. A better priority shortens the wait by the difference of the skews only
router trackers=check:50
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1609.375ms
tracker check up
    @1609.375ms  tell: The priority of A went from 100 to 150: the tracker check is up.
show
    BACKUP, priority 150, running, next at @3414.0625ms

= 29. What cannot be understood does not keep a dead Active alive (RFC 9568, 7.1)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
wait 1s
hear 200 checksum=wrong
    @1000ms  tell: A: dropped a packet from 10.9.0.2: its checksum is wrong.
hear 200 ttl=254
    @1000ms  tell: A: dropped a packet from 10.9.0.2: its TTL is 254 and not 255, so that it may come from outside this LAN.
hear 200 version=v2
    @1000ms  tell: A: dropped a packet from 10.9.0.2: it speaks version 2, this router V3; configure the same version on both.
show
    BACKUP, priority 100, running, next at @3609.375ms, dropped 1 TTL, dropped 1 VERSION, dropped 1 CHECKSUM
wait 3s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @3609.375ms  tell: 10.9.0.2 is silent

= A fast handover of the peer shrinks the wait to milliseconds
router priority=90
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 100
wait 500ms
hear 100 every=10ms
hear 0 every=10ms
show
    BACKUP, priority 90, running, next at @506.484375ms
wait 3ms
hear 0 every=10ms
wait 3ms
hear 0 every=10ms
wait 10ms
    @512.484375ms  send priority 90 every 1000 ms
    @512.484375ms  add 10.9.0.100
    @512.484375ms  announce 10.9.0.100 x5
    @512.484375ms  tell: A went from BACKUP to ACTIVE: the Active released the addresses.
