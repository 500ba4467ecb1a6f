/**
 * Load on chat and push: latency, large threads, idle sockets, storms of reconnects, and the same
 * group chat on Parley, ejabberd and Synapse in one run. Start at {@link
 * dev.parley.bench.chat.ChatBench}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.bench.chat;
