package io.evenkeel.vrrp;

/** A route that is there while a router is Active. */
public record VirtualRoute() {}
