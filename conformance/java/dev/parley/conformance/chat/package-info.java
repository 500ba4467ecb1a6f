/**
 * Chat through Microsoft's Java SDK, one test class per topic, and retention by the test clock.
 * Must not know how the other languages are tested. Start at {@link
 * dev.parley.conformance.chat.JavaChatThreadIT}.
 */
@NullMarked
package dev.parley.conformance.chat;

import org.jspecify.annotations.NullMarked;
