/**
 * Real Chromium pages against the engine: a harness page, its signalling over plain HTTP, and the
 * DevTools protocol to drive it. Start at {@link dev.parley.media.browser.Harness}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.browser;
