# Advertisements that the driver queued in the kernel (queue=, how far ahead), which sends them on time also while the driver sleeps.

= The queue advertises while the driver sleeps, and the router knows that it was not silent
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 20ms
    @10ms  from the queue: send priority 255 every 10 ms
    ... 1 more, the last @20ms
sleep 200ms
    @30ms  from the queue: send priority 255 every 10 ms
    ... 19 more, the last @220ms
wake
wait 20ms
    @230ms  from the queue: send priority 255 every 10 ms
    ... 1 more, the last @240ms
show
    ACTIVE, priority 255, running, next at @500ms

= A queue that ran dry is silence: the router asserts itself again
router priority=255 interval=10ms queue=50ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
sleep 200ms
    @10ms  from the queue: send priority 255 every 10 ms
    ... 4 more, the last @50ms
wake
    @200ms  send priority 255 every 10 ms
    @200ms  add 10.9.0.100
    @200ms  announce 10.9.0.100 x5
    @200ms  tell: A was driven 140 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
wait 10ms
    @210ms  from the queue: send priority 255 every 10 ms

= ... or gives the addresses away, and takes back what may have gone out late
router priority=200 interval=10ms preempt=never queue=50ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 60ms
    @32.1875ms  send priority 200 every 10 ms
    @32.1875ms  add 10.9.0.100
    @32.1875ms  announce 10.9.0.100 x5
    @32.1875ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @32.1875ms  tell: nobody was heard
    @42.1875ms  from the queue: send priority 200 every 10 ms
    ... 1 more, the last @52.1875ms
sleep 200ms
    @62.1875ms  from the queue: send priority 200 every 10 ms
    ... 4 more, the last @102.1875ms
wake
    @260ms  send priority 0 every 10 ms
    @260ms  remove 10.9.0.100
    @260ms  tell: A was driven 147 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it gives up the addresses.
    @260ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.

= No queued advertisement follows a release
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 15ms
    @10ms  from the queue: send priority 255 every 10 ms
stop
    @15ms  cancel what is queued
    @15ms  send priority 255 every 10 ms
    @15ms  send priority 0 every 10 ms
wait 200ms
    @18ms  send priority 0 every 10 ms
    ... 1 more, the last @21ms
    @115ms  remove 10.9.0.100
    @115ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 255, stopped, next never

= Nor does one follow a better router
router priority=100 interval=10ms queue=250ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 60ms
    @36.09375ms  send priority 100 every 10 ms
    @36.09375ms  add 10.9.0.100
    @36.09375ms  announce 10.9.0.100 x5
    @36.09375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @36.09375ms  tell: nobody was heard
    @46.09375ms  from the queue: send priority 100 every 10 ms
    ... 1 more, the last @56.09375ms
hear 200
    @60ms  cancel what is queued
    @60ms  send priority 100 every 10 ms
    @60ms  remove 10.9.0.100
    @60ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 200, this router has 100.
wait 30ms
show
    BACKUP, priority 100, running, next at @96.09375ms

= ... also if a lower router is not told
router priority=100 interval=10ms answers=no queue=250ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 60ms
    @36.09375ms  send priority 100 every 10 ms
    @36.09375ms  add 10.9.0.100
    @36.09375ms  announce 10.9.0.100 x5
    @36.09375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @36.09375ms  tell: nobody was heard
    @46.09375ms  from the queue: send priority 100 every 10 ms
    ... 1 more, the last @56.09375ms
hear 200
    @60ms  cancel what is queued
    @60ms  remove 10.9.0.100
    @60ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 200, this router has 100.

= A moved priority is what is advertised from then on
router priority=100 interval=10ms trackers=check:-50 queue=250ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 60ms
    @36.09375ms  send priority 100 every 10 ms
    @36.09375ms  add 10.9.0.100
    @36.09375ms  announce 10.9.0.100 x5
    @36.09375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @36.09375ms  tell: nobody was heard
    @46.09375ms  from the queue: send priority 100 every 10 ms
    ... 1 more, the last @56.09375ms
tracker check down
    @60ms  cancel what is queued
    @60ms  send priority 50 every 10 ms
    @60ms  tell: The priority of A went from 100 to 50: the tracker check has failed.
wait 30ms
    @66.09375ms  from the queue: send priority 50 every 10 ms
    ... 2 more, the last @86.09375ms

= A lower router is told at once, and the schedule stays
router priority=100 interval=10ms queue=250ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 65ms
    @36.09375ms  send priority 100 every 10 ms
    @36.09375ms  add 10.9.0.100
    @36.09375ms  announce 10.9.0.100 x5
    @36.09375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @36.09375ms  tell: nobody was heard
    @46.09375ms  from the queue: send priority 100 every 10 ms
    ... 1 more, the last @56.09375ms
hear 50
    @65ms  cancel what is queued
    @65ms  send priority 100 every 10 ms
    @65ms  announce 10.9.0.100 x5
    @65ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
wait 20ms
    @66.09375ms  from the queue: send priority 100 every 10 ms
    ... 1 more, the last @76.09375ms

= A link that is down takes the queue with it
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 15ms
    @10ms  from the queue: send priority 255 every 10 ms
link down
    @15ms  cancel what is queued
    @15ms  send priority 0 every 10 ms
    @15ms  remove 10.9.0.100
    @15ms  tell: A went from ACTIVE to FAULT: the interface eth0 is down.
wait 200ms
link up
    @215ms  send priority 255 every 10 ms
    @215ms  add 10.9.0.100
    @215ms  announce 10.9.0.100 x5
    @215ms  tell: A went from FAULT to ACTIVE: the interface eth0 is up; it owns the addresses.
wait 15ms
    @225ms  from the queue: send priority 255 every 10 ms

= Also an address that can no longer be sent from does
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 15ms
    @10ms  from the queue: send priority 255 every 10 ms
local tentative
    @15ms  cancel what is queued
wait 20ms
local usable
    @35ms  send priority 255 every 10 ms
wait 20ms
    @45ms  from the queue: send priority 255 every 10 ms
    ... 1 more, the last @55ms

= A new configuration is advertised at its own interval
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 15ms
    @10ms  from the queue: send priority 255 every 10 ms
reconfigure interval=100ms
    @15ms  cancel what is queued
    @15ms  send priority 255 every 100 ms
wait 200ms
    @115ms  from the queue: send priority 255 every 100 ms
    ... 1 more, the last @215ms

= A clock that stood still
router priority=255 interval=10ms queue=250ms
start
    @0ms  send priority 255 every 10 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 15ms
    @10ms  from the queue: send priority 255 every 10 ms
suspend 10s
    @15ms  cancel what is queued
wake
    @15ms  send priority 255 every 10 ms
    @15ms  add 10.9.0.100
    @15ms  announce 10.9.0.100 x5
    @15ms  tell: A was driven 9995 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
wait 20ms
    @25ms  from the queue: send priority 255 every 10 ms
    ... 1 more, the last @35ms

= At one second the next advertisement alone is queued, a quarter of a second ahead
router priority=255 queue=250ms
start
    @0ms  send priority 255 every 1000 ms
    @0ms  add 10.9.0.100
    @0ms  announce 10.9.0.100 x5
    @0ms  tell: A went from INITIALIZE to ACTIVE: started; it owns the addresses.
wait 800ms
sleep 400ms
    @1000ms  from the queue: send priority 255 every 1000 ms
wake
wait 900ms
    @2000ms  from the queue: send priority 255 every 1000 ms
show
    ACTIVE, priority 255, running, next at @3000ms
