package dev.parley.services.rooms;

/**
 * Someone who is invited to a room.
 *
 * @param userId raw id of a communication user
 */
public record RoomParticipant(String userId, RoomRole role) {}
