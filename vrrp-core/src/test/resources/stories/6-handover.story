# A planned handover, by the operator or because a fatal tracker failed.

= A handover gives the addresses to the peer and lets it keep them for a minute
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 3ms
    @4003ms  send priority 0 every 10 ms
hear 90 every=10ms
    @4003ms  remove 10.9.0.100
    @4003ms  tell: A went from ACTIVE to BACKUP: handed over.
hear 90
show
    BACKUP, priority 100, running, next at @7612.375ms
wait 1s
hear 90
show
    BACKUP, priority 100, running, next at @8612.375ms
wait 3s
hear 90
wait 3s
hear 90
show
    BACKUP, priority 100, running, next at @14612.375ms

= After the minute the better router takes them back
router interval=10s
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 40s
    @36093.75ms  send priority 100 every 10000 ms
    @36093.75ms  add 10.9.0.100
    @36093.75ms  announce 10.9.0.100 x5
    @36093.75ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @36093.75ms  tell: nobody was heard
handover
    @40000ms  send priority 100 every 10 ms
    @40000ms  send priority 0 every 10 ms
wait 10ms
    @40003ms  send priority 0 every 10 ms
    ... 1 more, the last @40006ms
hear 90
    @40010ms  remove 10.9.0.100
    @40010ms  tell: A went from ACTIVE to BACKUP: handed over.
wait 30s
hear 90
wait 29.8s
hear 90
show
    BACKUP, priority 100, running, next at @135903.75ms
wait 10s
hear 90
show
    BACKUP, priority 100, running, next at @145903.75ms
wait 40s
    @145903.75ms  send priority 100 every 10000 ms
    @145903.75ms  add 10.9.0.100
    @145903.75ms  announce 10.9.0.100 x5
    @145903.75ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @145903.75ms  tell: 10.9.0.2 is silent

= A router that handed over takes over when the peer dies
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 3ms
    @4003ms  send priority 0 every 10 ms
hear 90
    @4003ms  remove 10.9.0.100
    @4003ms  tell: A went from ACTIVE to BACKUP: handed over.
wait 3609.375ms
    @7612.375ms  send priority 100 every 1000 ms
    @7612.375ms  add 10.9.0.100
    @7612.375ms  announce 10.9.0.100 x5
    @7612.375ms  tell: A went from BACKUP to ACTIVE: the Active fell silent.
    @7612.375ms  tell: 10.9.0.2 is silent

= ... and when nobody took the addresses
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 4s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to BACKUP: handed over.
    @7709.375ms  send priority 100 every 1000 ms
    @7709.375ms  add 10.9.0.100
    @7709.375ms  announce 10.9.0.100 x5
    @7709.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.

= A handover of version 2 sends priority 0
router version=v2
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 0 every 1000 ms
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to BACKUP: handed over.
show
    BACKUP, priority 100, running, next at @7609.375ms
wait 600ms
hear 90
show
    BACKUP, priority 100, running, next at @8209.375ms

= A Backup has nothing to hand over
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
handover
show
    BACKUP, priority 100, running, next at @3609.375ms

= A handover that becomes a stop
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
stop
hear 90
    @4000ms  remove 10.9.0.100
    @4000ms  tell: A went from ACTIVE to INITIALIZE: stopped.
show
    INITIALIZE, priority 100, stopped, next never

= A fatal tracker hands over too
router trackers=check:0
tracker check up
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
tracker check down
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 3ms
    @4003ms  send priority 0 every 10 ms
hear 90
    @4003ms  remove 10.9.0.100
    @4003ms  tell: A went from ACTIVE to FAULT: the tracker check has failed.
show
    FAULT, priority 100, running, next never
tracker check up
    @4003ms  tell: A went from FAULT to BACKUP: the tracker check is up.
show
    BACKUP, priority 100, running, next at @7612.375ms

= A fatal tracker that recovers during the release
router trackers=check:0
tracker check up
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
tracker check down
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
tracker check up
wait 1s
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
    @4100ms  remove 10.9.0.100
    @4100ms  tell: A went from ACTIVE to BACKUP: the fault that it released the addresses for is over.
show
    BACKUP, priority 100, running, next at @7709.375ms

= An advertisement that is lost costs nothing: the second and the third release follow
router
start
    @0ms  tell: A went from INITIALIZE to BACKUP: started.
wait 4s
    @3609.375ms  send priority 100 every 1000 ms
    @3609.375ms  add 10.9.0.100
    @3609.375ms  announce 10.9.0.100 x5
    @3609.375ms  tell: A went from BACKUP to ACTIVE: no Active was heard.
    @3609.375ms  tell: nobody was heard
handover
    @4000ms  send priority 100 every 10 ms
    @4000ms  send priority 0 every 10 ms
wait 50ms
    @4003ms  send priority 0 every 10 ms
    ... 1 more, the last @4006ms
show
    ACTIVE, priority 100, running, next at @4100ms
