/**
 * Chat in tables {@code chat_threads}, {@code chat_members}, {@code chat_messages}, {@code
 * chat_receipts}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.chat.sql;
