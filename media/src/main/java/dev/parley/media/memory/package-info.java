/**
 * Bytes outside the heap, by plain address: what the packet path works on. Owns how memory is
 * taken, read and given back; must not know what a packet is. Start at {@link
 * dev.parley.media.memory.Memory}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.memory;
