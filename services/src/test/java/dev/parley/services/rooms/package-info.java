/** Tests of rooms: windows and admission as tables, the rules on every store. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.rooms;
