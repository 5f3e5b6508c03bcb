package io.evenkeel.vrrp;

/** A routing rule that is there while a router is Active. */
public record VirtualRule() {}
