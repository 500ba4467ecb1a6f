package dev.parley.kit.base;

/** A reason to say no. Each feature has one sealed sub-interface with a record per reason. */
public interface Refusal {}
