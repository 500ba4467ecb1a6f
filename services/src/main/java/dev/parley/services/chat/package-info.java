/**
 * Chat: threads, their members, messages and read receipts. Owns the rules; knows no HTTP, no SQL
 * and no JSON. Each noun has its service ({@link dev.parley.services.chat.ThreadService}, {@link
 * dev.parley.services.chat.ParticipantService}, {@link dev.parley.services.chat.MessageService},
 * {@link dev.parley.services.chat.ReceiptService}); reasons to say no are in {@link
 * dev.parley.services.chat.ChatRefusal}, numbers in {@link dev.parley.services.chat.ChatLimits}.
 * The operation table is {@code wire.ChatRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.chat;
