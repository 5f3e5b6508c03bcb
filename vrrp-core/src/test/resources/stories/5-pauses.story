# A driver that comes late: garbage collection, a stolen CPU, a frozen machine.

= A Backup that slept finds an advertisement waiting and stays
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
    @37609.375ms  tell: A has taken no advertisement of 10.9.0.2 for 37609 ms: look at that host, and at the way from it: multicast, the packet filter and the switch.

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
    @4000ms  tell: A has taken no advertisement of 10.9.0.2 for 4000 ms: look at that host, and at the way from it: multicast, the packet filter and the switch.

= An Active that slept for less than two intervals advertises at once and announces nothing
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3609.375ms
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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

= An Active that slept for longer than a Backup waits asserts itself again
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
sleep 10s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
    @20000ms  announce 10.9.0.100 x1
show
    ACTIVE, priority 100, running, next at @21000ms
wait 5s
    @21000ms  send priority 100 every 1000 ms
    ... 4 more, the last @25000ms
    @25000ms  announce 10.9.0.100 x5
    @25000ms  announce 10.9.0.100 x1

= ... at the first lower advertisement that waited for it
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
sleep 10s
hear 50 ago=3s
    @20000ms  tell: A is Active with priority 100 and heard that 10.9.0.2 is too, with priority 50. If it goes on, that router does not hear this one: look at multicast, the packet filter and the switch between them.
hear 50 ago=2s
hear 50 ago=1s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
    @20000ms  announce 10.9.0.100 x1
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
sleep 10s
hear 0 ago=1s
wake
    @20000ms  send priority 100 every 1000 ms
    @20000ms  announce 10.9.0.100 x5
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, so it asserted itself again.
    @20000ms  announce 10.9.0.100 x1
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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

= With preemption off it gives the addresses up without a word on the wire
router preempt=never
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
sleep 10s
wake
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, and preemption is off.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
    @4609.375ms  send priority 100 every 1000 ms
    ... 4 more, the last @8609.375ms
    @8609.375ms  announce 10.9.0.100 x5
    @8609.375ms  announce 10.9.0.100 x1
    @9609.375ms  send priority 100 every 1000 ms
sleep 10s
hear 50 ago=1s
    @20000ms  remove 10.9.0.100
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, and preemption is off.
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
    @3609.375ms  tell: A became Active and has heard no other router with VRID 51 since its start. If it is the first one, that is right. If another one is Active, the packets of protocol 112 do not arrive: look at the packet filter and at multicast to 224.0.0.18 on the switch.
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
    @20000ms  tell: A was driven 9390 ms late (a pause of the JVM, the CPU or the machine?): another router may have taken over, and preemption is off.
    @20000ms  tell: A went from ACTIVE to BACKUP: it was paused for longer than a Backup waits.

= A timer that was moved does not fire at its old time
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 3s
hear 200
sleep 609.375ms
wake
show
    BACKUP, priority 100, running, next at @6609.375ms

= The lowest priority and the shortest interval still have a skew
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
    @46000ms  tell: A has taken no advertisement of 10.9.0.2 for 46000 ms: look at that host, and at the way from it: multicast, the packet filter and the switch.

= An arrival in the future, from a clock that was converted badly, counts as now
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
hear 200 ago=-5s
show
    BACKUP, priority 100, running, next at @3609.375ms
