# What people do to a running router. A configuration is a value: what changes is exactly the difference.

= 48. The same configuration again changes nothing
router
reconfigure
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
reconfigure
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure
show
    ACTIVE, priority 100, running, next at @4609.375ms
stop
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
reconfigure
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.
reconfigure

= 47. An address that comes is added and announced, one that goes is removed, the others stay
router addresses=10.9.0.100,10.9.0.101
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 10.9.0.101
    @3609.375ms  announce 10.9.0.100 10.9.0.101 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure addresses=10.9.0.101,10.9.0.102
    @4000ms  send priority 100 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  add 10.9.0.102
    @4000ms  announce 10.9.0.102 x5
wait 1s
    @5000ms  send priority 100 every 1000 ms

= 47. An excluded address is none of the peers' business
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure excluded=10.9.0.110
    @4000ms  add 10.9.0.110
    @4000ms  announce 10.9.0.110 x5
reconfigure excluded=
    @4000ms  remove 10.9.0.110

= 43. A priority that is set is advertised at once
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
priority 150
    @4000ms  send priority 150 every 1000 ms
    @4000ms  tell: The priority of A went from 100 to 150: it was reconfigured.
show
    ACTIVE, priority 150, running, next at @5000ms
priority 150

= 26. In a Backup it moves the deadline by the difference of the skews
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 1s
priority 200
    @1000ms  tell: The priority of A went from 100 to 200: it was reconfigured.
show
    BACKUP, priority 200, running, next at @3218.75ms

= 49. A changed interval is advertised at once and counts from there
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure interval=100ms
    @4000ms  send priority 100 every 100 ms
show
    ACTIVE, priority 100, running, next at @4100ms
wait 100ms
    @4100ms  send priority 100 every 100 ms

= 49. A Backup that has learned the Active's interval keeps to it
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 every=500ms
reconfigure interval=100ms
show
    BACKUP, priority 100, running, next at @1804.6875ms

= 49. ... and one that has heard nobody waits for the new one
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
reconfigure interval=100ms
show
    BACKUP, priority 100, running, next at @360.9375ms

= Another number of silent intervals moves the deadline
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
reconfigure adverts=5
show
    BACKUP, priority 100, running, next at @5609.375ms

= A new tracker that is fatal and has not reported releases the addresses
router fast=no
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure trackers=check:0
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to FAULT: the tracker check has not reported yet.
tracker check up
    @4000ms  tell: A went from FAULT to BACKUP: the tracker check is up.
show
    BACKUP, priority 100, running, next at @7609.375ms

= A tracker that stays keeps what it said, with its new weight
router trackers=check:-10
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
tracker check down
    @0ms  tell: The priority of A went from 100 to 90: the tracker check has failed.
reconfigure trackers=check:-30
    @0ms  tell: The priority of A went from 90 to 70: it was reconfigured.
show
    BACKUP, priority 70, running, next at @3726.5625ms
reconfigure trackers=other:-30
    @0ms  tell: The priority of A went from 70 to 100: it was reconfigured.
show
    BACKUP, priority 100, running, next at @3609.375ms

= Accept_Mode that changes is told with all addresses
router excluded=10.9.0.110
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 10.9.0.110
    @3609.375ms  announce 10.9.0.100 10.9.0.110 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure accept=no
    @4000ms  add 10.9.0.100 10.9.0.110 without accepting

= During a release nothing is left behind
router addresses=10.9.0.100,10.9.0.101
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100 10.9.0.101
    @3609.375ms  announce 10.9.0.100 10.9.0.101 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
stop
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
reconfigure addresses=10.9.0.101
    @4000ms  remove 10.9.0.100
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.101
    @4100ms  tell: A went from ACTIVE to INITIALIZE: stopped.

= After a pause the deadline that is due speaks, not the reconfiguration
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
sleep 10s
reconfigure interval=100ms
wake
    @14000ms  send priority 100 every 100 ms
    @14000ms  add 10.9.0.100
    @14000ms  announce 10.9.0.100 x5
    @14000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.

= In maintenance a router owns nothing, and an Active hands over first
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
maintenance on
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 20ms
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
hear 50 from=10.9.0.3
    @4020ms  remove 10.9.0.100
    @4020ms  tell: A went from ACTIVE to FAULT: it is in maintenance.
show
    FAULT, priority 100, running, next never
maintenance on
maintenance off
    @4020ms  tell: A went from FAULT to BACKUP: the maintenance is over.
show
    BACKUP, priority 100, running, next at @7629.375ms

= Maintenance before the start
router
maintenance on
start
    @0ms  tell: A went from INITIALIZE to FAULT: it is in maintenance.
maintenance off
    @0ms  tell: A went from FAULT to BACKUP: the maintenance is over.

= An owner comes back from maintenance at once
router priority=255 fast=no
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
maintenance on
    @0ms  send priority 0 every 1000 ms
    @0ms  remove 10.9.0.100
    @0ms  tell: A went from ACTIVE to FAULT: it is in maintenance.
maintenance off
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from FAULT to ACTIVE: the maintenance is over; it owns the addresses.

= A source that reported before anybody tracked it counts from the start of the tracking
router
tracker check up
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
reconfigure trackers=check:0
show
    ACTIVE, priority 100, running, next at @4609.375ms
tracker check down
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
reconfigure trackers=other:0
