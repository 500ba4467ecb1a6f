/**
 * How much may be sent to a receiver, and what it is spent on. Owns transport-wide feedback, the
 * bandwidth estimate, probing, pacing and the allocation of layers; knows no socket, no SRTP and no
 * participant. Start at {@link dev.parley.media.congestion.SendSideEstimator} and {@link
 * dev.parley.media.congestion.ReceiverAllocator}.
 *
 * <h2>The estimate</h2>
 *
 * <p>Every packet sent carries a transport-wide number. The receiver reports when each number
 * arrived; {@link dev.parley.media.congestion.SentPackets} knows when it left. From these pairs
 * three bounds are made, and the lowest counts.
 *
 * <ol>
 *   <li><b>Delay.</b> Packets that left within 5 ms form a group. For consecutive groups the
 *       difference of arrival spacing and departure spacing says how much the queue on the way
 *       grew. The sum of the differences, smoothed, is fitted with a straight line over the last
 *       groups ({@link dev.parley.media.congestion.DelayTrend}); its slope, weighted with the
 *       number of groups, is held against a threshold that follows the slope slowly, so that flows
 *       which fill queues on purpose do not starve us. A rise must also stand out of the scatter
 *       around the line, so that plain jitter is not taken for a queue. A rise that lasts is
 *       overuse.
 *   <li><b>Reaction.</b> On overuse the rate falls to 85 % of what arrived. Otherwise it grows: 8 %
 *       a second far from the rate at which overuse was last met, by about a packet per round trip
 *       close to it ({@link dev.parley.media.congestion.RateControl}). It never grows beyond one
 *       and a half times what arrives, because untested room is no room.
 *   <li><b>Loss.</b> Loss that is always there (a radio link) says nothing about the rate, so the
 *       lowest loss of the last seconds is taken off, up to a limit; only the excess makes the
 *       bound fall ({@link dev.parley.media.congestion.LossBound}).
 * </ol>
 *
 * <h2>Probing</h2>
 *
 * <p>Growth by 8 % a second is too slow for a person who waits for a sharp picture, and a sender of
 * discrete layers seldom fills its estimate. So when more is wanted than the estimate allows, a
 * short burst is sent at a multiple of it: three and six times at the start, then double. The rate
 * at which the burst arrives becomes the estimate. A burst that brings nothing makes the next one
 * wait longer ({@link dev.parley.media.congestion.ProbePlan}).
 *
 * <h2>Without transport-wide feedback</h2>
 *
 * <p>A receiver that only sends REMB and receiver reports is held to the REMB and to the loss
 * bound.
 *
 * <h2>Allocation</h2>
 *
 * <p>See {@link dev.parley.media.congestion.ReceiverAllocator}: every video first gets its lowest
 * step, then in order of priority as many steps as fit. Steps down happen at once; steps up need
 * spare room and some time since the last step down.
 *
 * <p>All times are monotonic microseconds, all rates bits per second. Every object has one owner,
 * the egress loop of the receiver, and allocates nothing after construction.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.congestion;
