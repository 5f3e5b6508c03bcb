/**
 * The peers protocol of HAProxy, version 2.1, by which nodes tell each other what is in their stick tables: the messages, and when which
 * of them is sent. Bytes and times come from outside; there is no socket and no clock here.
 */
@NullMarked
package io.evenkeel.lb.peers;

import org.jspecify.annotations.NullMarked;
