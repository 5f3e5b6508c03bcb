# RFC 9568, sections 6.4.1 to 6.4.3: Startup and Shutdown.

= The owner of the addresses is Active at once (6.4.1)
router priority=255
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
show
    ACTIVE, priority 255, running, next at @1000ms

= Others begin as Backup and send nothing (6.4.1)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 100, running, next at @3609.375ms

= A router that is not started takes an advertisement and a stale timer calmly
router
hear 200
sleep 10s
wake
show
    INITIALIZE, priority 100, stopped, next never

= A Backup that is stopped sends nothing (6.4.2)
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
stop
    @0ms  tell: A went from BACKUP to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= An Active of version 2 that is stopped sends priority 0 before it removes the addresses (6.4.3)
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
stop
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
hear 0
show
    ACTIVE, priority 100, running, next at @4003ms

= A stop that is asked for twice releases once
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
stop
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.
stop

= During the start delay advertisements do not count, and the waiting begins after it
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
