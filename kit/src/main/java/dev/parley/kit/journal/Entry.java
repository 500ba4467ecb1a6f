package dev.parley.kit.journal;

/** A fact with its place in the journal: positions rise by one and are never seen out of order. */
public record Entry(long position, Fact fact) {}
