/**
 * A LAN of network namespaces on one machine: hosts with their own interfaces and addresses, programs
 * running in them, links that can be cut. Needs root; {@link
 * io.evenkeel.examples.lab.NetworkLab#unavailabilityCause()} says what is missing.
 */
@NullMarked
package io.evenkeel.examples.lab;

import org.jspecify.annotations.NullMarked;
