package dev.parley.media.congestion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.media.codec.ArrayBytes;

/** Fuzz targets of the feedback readers; as plain tests they run over the kept corpus. */
final class FeedbackFuzzTest {
  @FuzzTest
  void transportWide(byte[] input) {
    SendSideEstimator estimator = new SendSideEstimator(0);
    for (int sequence = 0; sequence < 64; sequence++) {
      estimator.onSent(sequence, 1200, 0, sequence * 10_000L);
    }
    estimator.onFeedback(new ArrayBytes(input), 0, input.length, 1_000_000);
    if (estimator.targetBps() < CongestionLimits.RATE_MIN) {
      throw new IllegalStateException("estimate below the least");
    }
  }

  @FuzzTest
  void remb(byte[] input) {
    if (Remb.read(new ArrayBytes(input), 0, input.length) < -1) {
      throw new IllegalStateException("negative rate");
    }
  }
}
