package dev.parley.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.simulator.CompetingFlow;
import dev.parley.media.simulator.LinkProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The estimate over a table of networks, with bounds that a person in a call would accept: a sharp
 * picture within seconds, no long freeze when the network gets worse, no pumping.
 */
final class EstimatorTraceTest {
  private static final long MEGABIT = 1_000_000;

  private static void print(SimulatedCall call, String name) {
    if (Boolean.getBoolean("parley.traces")) {
      System.out.println(call.describe(name));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stepsDownAndUp(long seed) {
    LinkProfile profile =
        LinkProfile.constant(3 * MEGABIT).then(20, MEGABIT / 2).then(40, 3 * MEGABIT);
    SimulatedCall call = new SimulatedCall(profile, 10 * MEGABIT, seed);
    call.run(70);
    print(call, "steps " + seed);
    assertThat(call.secondsToReach(0, 2 * MEGABIT)).as("start").isLessThan(4);
    assertThat(call.utilisation(8, 20, 3 * MEGABIT)).as("before").isBetween(0.75, 1.05);
    assertThat(call.arrival(8, 20, 3 * MEGABIT)).as("arrives before").isGreaterThan(0.7);
    assertThat(call.secondsToFall(20, MEGABIT * 55 / 100)).as("fall").isLessThan(2.5);
    assertThat(call.utilisation(25, 40, MEGABIT / 2)).as("low").isBetween(0.7, 1.1);
    assertThat(call.oscillation(25, 40)).as("low oscillation").isLessThan(0.2);
    assertThat(call.queueMs95(24, 40)).as("low queue").isLessThan(150);
    assertThat(call.secondsToReach(40, 2 * MEGABIT)).as("recovery").isLessThan(8);
    assertThat(call.utilisation(50, 70, 3 * MEGABIT)).as("after").isBetween(0.75, 1.05);
    assertThat(call.queueMs95(8, 20)).as("queue").isLessThan(100);
    assertThat(call.oscillation(8, 20)).as("oscillation").isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void twoPercentLossIsForgiven(long seed) {
    SimulatedCall call =
        new SimulatedCall(LinkProfile.constant(3 * MEGABIT).losing(0.02), 10 * MEGABIT, seed);
    call.run(40);
    print(call, "loss 2 % " + seed);
    assertThat(call.secondsToReach(0, 2 * MEGABIT)).as("start").isLessThan(5);
    assertThat(call.utilisation(10, 40, 3 * MEGABIT)).isBetween(0.75, 1.05);
    assertThat(call.oscillation(10, 40)).isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tenPercentLossStillGivesAPicture(long seed) {
    SimulatedCall call =
        new SimulatedCall(LinkProfile.constant(3 * MEGABIT).losing(0.1), 10 * MEGABIT, seed);
    call.run(60);
    print(call, "loss 10 % " + seed);
    assertThat(call.secondsToReach(0, MEGABIT)).as("start").isLessThan(8);
    assertThat(call.utilisation(20, 60, 3 * MEGABIT)).isBetween(0.5, 1.1);
    assertThat(call.oscillation(20, 60)).isLessThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void jitterIsNotTakenForAQueue(long seed) {
    SimulatedCall call =
        new SimulatedCall(
            LinkProfile.constant(3 * MEGABIT).jittering(200, true), 10 * MEGABIT, seed);
    call.run(60);
    print(call, "jitter reordering " + seed);
    assertThat(call.secondsToReach(0, MEGABIT)).as("start").isLessThan(25);
    assertThat(call.utilisation(30, 60, 3 * MEGABIT)).isBetween(0.4, 1.3);
    assertThat(call.arrival(30, 60, 3 * MEGABIT)).isGreaterThan(0.4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void jitterInOrderIsNotTakenForAQueue(long seed) {
    SimulatedCall call =
        new SimulatedCall(
            LinkProfile.constant(3 * MEGABIT).jittering(200, false), 10 * MEGABIT, seed);
    call.run(60);
    print(call, "jitter in order " + seed);
    assertThat(call.utilisation(30, 60, 3 * MEGABIT)).isBetween(0.4, 1.3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void competingFlowLeavesAShare(long seed) {
    SimulatedCall call = new SimulatedCall(LinkProfile.constant(3 * MEGABIT), 10 * MEGABIT, seed);
    CompetingFlow flow = new CompetingFlow(call.time, call.link, 15_000_000, 55_000_000);
    call.run(80);
    print(call, "competing " + seed);
    assertThat(call.arrival(25, 55, 3 * MEGABIT)).as("own share").isGreaterThan(0.12);
    assertThat(flow.arrivedBytes() * 8 / 40.0 / (3 * MEGABIT)).as("its share").isGreaterThan(0.2);
    assertThat(call.secondsToReach(55, 2 * MEGABIT)).as("recovery").isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shortQueueIsRespected(long seed) {
    SimulatedCall call =
        new SimulatedCall(LinkProfile.constant(MEGABIT).queueing(60), 10 * MEGABIT, seed);
    call.run(40);
    print(call, "short queue " + seed);
    assertThat(call.utilisation(10, 40, MEGABIT)).isBetween(0.5, 1.2);
    assertThat(
            call.samples.stream()
                .skip(100)
                .mapToDouble(SimulatedCall.Sample::loss)
                .average()
                .orElse(1))
        .isLessThan(0.08);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void estimateStaysAfterAPauseOfTheVideo(long seed) {
    SimulatedCall call = new SimulatedCall(LinkProfile.constant(3 * MEGABIT), 2 * MEGABIT, seed);
    call.run(15);
    call.pause(true);
    call.run(25);
    call.pause(false);
    call.run(45);
    print(call, "pause " + seed);
    assertThat(call.secondsToReach(25, 1_800_000)).as("recovery").isLessThan(4);
    assertThat(call.arrival(32, 45, 2 * MEGABIT)).isGreaterThan(0.85);
  }
}
