# RFC 9568, sections 6.4.1 to 6.4.3: Startup and Shutdown.

= 1. The owner of the addresses is Active at once (RFC 9568, 6.4.1)
router priority=255
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
show
    ACTIVE, priority 255, running, next at @1000ms

= 2. Others begin as Backup and send nothing (RFC 9568, 6.4.1)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @3609.375ms

= 4. A router that is not started takes an advertisement and a stale timer calmly
router
hear 200
sleep 10s
wake
show
    INITIALIZE, priority 100, stopped, next never

= 5. A Backup that is stopped sends nothing (RFC 9568, 6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
stop
    @0ms  tell: A went from BACKUP to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= 6. An Active of version 2 that is stopped sends priority 0 before it removes the addresses (RFC 3768, 6.4.3)
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
stop
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to INITIALIZE: stopped.
stop
show
    INITIALIZE, priority 100, stopped, next never

= Without fast handover version 3 does the same
router fast=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
stop
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= A fast handover teaches a short interval and keeps the addresses until another router is heard
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
show
    ACTIVE, priority 100, running, next at @4003ms
wait 3ms
    @4003ms  send priority 0 every 10 ms
wait 1ms
hear 90
    @4004ms  remove 10.9.0.100
    @4004ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never
stop

= A fast handover that nobody follows ends after 100 ms
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
wait 200ms
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= An advertisement that was under way before the release does not end it
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
hear 90 ago=1ms
show
    ACTIVE, priority 100, running, next at @4003ms
hear 90
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= Another router's release does not end it either
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
hear 0
show
    ACTIVE, priority 100, running, next at @4003ms

= 7. A stop that is asked for twice releases once
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
stop
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.
stop

= 8. During the start delay advertisements do not count, and the waiting begins after it
router delay=2s
start
wait 1s
hear 200
show
    INITIALIZE, priority 100, running, next at @2000ms
wait 1s
    @2000ms  tell: A went from INITIALIZE to BACKUP: the start delay is over.
show
    BACKUP, priority 100, running, next at @5609.375ms

= The owner waits for the start delay too
router priority=255 delay=2s
start
show
    INITIALIZE, priority 255, running, next at @2000ms
wait 2s
    @2000ms  send priority 255 every 1000 ms
    @2000ms  add 10.9.0.100
    @2000ms  announce 10.9.0.100 x5
    @2000ms  tell: A went from INITIALIZE to ACTIVE: the start delay is over; it owns the addresses.

= A stop during the start delay is done at once
router delay=2s
start
stop
show
    INITIALIZE, priority 100, stopped, next never

= A stopped router can be started again
router fast=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
stop
    @0ms  tell: A went from BACKUP to INITIALIZE: stopped.
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @3609.375ms

= The interface went down during the start delay
router delay=2s
start
link down
wait 2s
    @2000ms  tell: A went from INITIALIZE to FAULT: the interface eth0 is down.
show
    FAULT, priority 100, running, next never
link up
    @2000ms  tell: A went from FAULT to BACKUP: the interface eth0 is up.

= 9. A router that was Active before it was stopped begins as Backup again
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
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.
start
    @5000ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @8609.375ms

= 88. A promotion waits for an address to send from, and is counted (RFC 9568, 8.2.2)
router addresses=fe80::100
local tentative
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 5s
show
    BACKUP, priority 100, running, next never, held back 1
local usable
    @5000ms  send priority 100 every 1000 ms
    @5000ms  add fe80::100
    @5000ms  announce fe80::100 x5
    @5000ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @5000ms  tell: nobody was heard

= 88. ... also that of an owner
router addresses=fe80::100 priority=255
local tentative
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 5s
hear 200
show
    BACKUP, priority 255, running, next never, held back 1
wait 5s
local usable
    @10000ms  send priority 255 every 1000 ms
    @10000ms  add fe80::100
    @10000ms  announce fe80::100 x5
    @10000ms  tell: A went from BACKUP to ACTIVE: the Active has a lower priority.

= 88. ... and an Active whose address became tentative sends nothing meanwhile
router addresses=fe80::100 fast=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add fe80::100
    @3609.375ms  announce fe80::100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
local tentative
wait 2s
show
    ACTIVE, priority 100, running, next at @6609.375ms, not sent 2
local usable
    @6000ms  send priority 100 every 1000 ms
wait 1s
    @7000ms  send priority 100 every 1000 ms

= 88. ... and asserts itself when it was silent for longer than a Backup waits
router addresses=fe80::100 fast=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add fe80::100
    @3609.375ms  announce fe80::100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
local tentative
wait 5s
local usable
    @9000ms  send priority 100 every 1000 ms
    @9000ms  add fe80::100
    @9000ms  announce fe80::100 x5
    @9000ms  tell: A was driven 4390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
show
    ACTIVE, priority 100, running, next at @10000ms, not sent 5
