/**
 * Sound that is made inside the server: seats at a mixer for phone legs, recorders, bots and echo.
 * Each seat hears everybody but itself and speaks as a track of the room. Owns the 20 ms round;
 * must not know who sits at a seat. Runs on a thread of its own, never on a media loop. Start at
 * {@link dev.parley.media.mixer.RoomMixer}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.mixer;
