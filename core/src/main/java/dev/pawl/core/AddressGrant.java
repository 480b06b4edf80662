package dev.pawl.core;

/** Permission to reach raw addresses. {@code id} is the rule name used in decisions; port 1 to 65535. */
public record AddressGrant(String id, Cidr range, int port, Protocol protocol) {}
