# A driver that comes late: garbage collection, a stolen CPU, a frozen machine.

= 93. A Backup that slept finds an advertisement waiting and stays
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 36s
hear 200 ago=500ms
wake
show
    BACKUP, priority 100, running, next at @39109.375ms

= An advertisement is worth what it was worth when it came
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 36s
hear 200 ago=3s
show
    BACKUP, priority 100, running, next at @36609.375ms

= A Backup that slept over its deadline listens once more before it takes over
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 36s
wake
    @36000ms  tell: A was driven 32390 ms late (a pause of the JVM, the CPU or the machine?): it listens once more before it takes over.
wait 1609.374999ms
wait 1ms
    @37609.375ms  send priority 100 every 1000 ms
    @37609.375ms  add 10.9.0.100
    @37609.375ms  announce 10.9.0.100 x5
    @37609.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @37609.375ms  tell: 10.9.0.2 is silent

= ... and stays if the Active is there
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 36s
wake
    @36000ms  tell: A was driven 32390 ms late (a pause of the JVM, the CPU or the machine?): it listens once more before it takes over.
wait 800ms
hear 200
show
    BACKUP, priority 100, running, next at @40409.375ms

= A Backup that is a little late takes over
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 4s
wake
    @4000ms  send priority 100 every 1000 ms
    @4000ms  add 10.9.0.100
    @4000ms  announce 10.9.0.100 x5
    @4000ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @4000ms  tell: 10.9.0.2 is silent

= 96. An Active that slept for less than two intervals advertises at once and announces nothing
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
wait 6s
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
sleep 1.9s
wake
    @11509.375ms  send priority 100 every 1000 ms
show
    ACTIVE, priority 100, running, next at @11609.375ms

= 97. An Active that slept for longer than a Backup waits asserts itself again
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
sleep 10s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  add 10.9.0.100
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
show
    ACTIVE, priority 100, running, next at @21000ms
wait 5s
    @21000ms  send priority 100 every 1000 ms
    ... 4 more, the last @25000ms
    @25000ms  announce 10.9.0.100 x5
    @25000ms  announce 10.9.0.100 x1

= 97. ... when it has read the lower advertisements that waited for it
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
sleep 10s
hear 50 ago=3s
    @20000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
hear 50 ago=2s
hear 50 ago=1s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  add 10.9.0.100
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
show
    ACTIVE, priority 100, running, next at @21000ms

= ... also if the other router has released the addresses already
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
sleep 10s
hear 0 ago=1s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  add 10.9.0.100
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
show
    ACTIVE, priority 100, running, next at @21000ms

= ... but yields to a higher one
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
sleep 10s
hear 150 ago=1s
    @20000ms  send priority 100 every 1000 ms
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 150, this router has 100.
wake
show
    BACKUP, priority 100, running, next at @22609.375ms

= 99. With preemption off it gives the addresses up without a word on the wire
router preempt=never
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
sleep 10s
wake
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it gives up the addresses.
    @20000ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.
show
    BACKUP, priority 100, running, next at @23609.375ms

= ... and follows the router that took over
router preempt=never
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
sleep 10s
hear 50 ago=1s
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it gives up the addresses.
    @20000ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.
wake
show
    BACKUP, priority 100, running, next at @22609.375ms

= A report that comes first does not hide the pause
router preempt=never trackers=check:-10
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
sleep 10s
tracker check down
    @20000ms  tell: The priority of A went from 100 to 90: the tracker check has failed.
wake
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it gives up the addresses.
    @20000ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.

= 92. A timer that was moved does not fire at its old time
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3s
hear 200
sleep 609.375ms
wake
show
    BACKUP, priority 100, running, next at @6609.375ms

= 91. The highest priority and the shortest interval still have a skew
router priority=254 interval=10ms
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
show
    BACKUP, priority 254, running, next at @30.078125ms

= The driver that is late again gets no second grace
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
sleep 36s
wake
    @36000ms  tell: A was driven 32390 ms late (a pause of the JVM, the CPU or the machine?): it listens once more before it takes over.
sleep 10s
wake
    @46000ms  send priority 100 every 1000 ms
    @46000ms  add 10.9.0.100
    @46000ms  announce 10.9.0.100 x5
    @46000ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @46000ms  tell: 10.9.0.2 is silent

= An arrival in the future, from a clock that was converted badly, counts as now
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ago=-5s
show
    BACKUP, priority 100, running, next at @3609.375ms

= 97. ... and does not if a better router waited behind a lower one
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
sleep 10s
hear 50 ago=3s
    @20000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
hear 150 ago=1s
    @20000ms  send priority 100 every 1000 ms
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A went from ACTIVE to BACKUP: 10.9.0.2 is Active with priority 150, this router has 100.
wake
show
    BACKUP, priority 100, running, next at @22609.375ms

= 99. A policy may say so although preemption is on
router pause=yield
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
sleep 10s
wake
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it gives up the addresses.
    @20000ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.

= 97. ... or the other way round
router preempt=never pause=reassert
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
sleep 10s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  add 10.9.0.100
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.

= 101. A machine that was suspended while its clock stood still was paused
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
suspend 60s
wake
    @10000ms  send priority 100 every 1000 ms
    @10000ms  add 10.9.0.100
    @10000ms  announce 10.9.0.100 x5
    @10000ms  tell: A was driven 59390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.

= 101. ... and a Backup listens once more
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200
wait 3.5s
suspend 60s
show
    BACKUP, priority 100, running, next at @5109.375ms
hear 200
show
    BACKUP, priority 100, running, next at @7109.375ms

= 101. A short freeze is no pause
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
suspend 100ms
wake
show
    ACTIVE, priority 100, running, next at @10509.375ms

= 103. After a long pause the deadline decides, and an address that was lost meanwhile is put back then
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
sleep 5s
lose 10.9.0.100
wake
    @9000ms  send priority 100 every 1000 ms
    @9000ms  add 10.9.0.100
    @9000ms  announce 10.9.0.100 x5
    @9000ms  tell: A was driven 4390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
show
    ACTIVE, priority 100, running, next at @10000ms
