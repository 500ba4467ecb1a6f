package dev.parley.kit.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Sun, 22 Nov 2026 16:37:20 GMT} (RFC 9110 §5.6.7), also with a day of one digit,
 * which Java's own RFC 1123 formatter writes. The name of the weekday is not compared with the
 * date.
 */
final class HttpDate {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDate() {}

  static @Nullable Instant parse(String text) {
    int length = text.length();
    int dayDigits = length - 27;
    if (dayDigits != 1 && dayDigits != 2) {
      return null;
    }
    int shift = dayDigits - 2;
    boolean framed =
        text.startsWith(", ", 3)
            && text.charAt(7 + shift) == ' '
            && text.charAt(11 + shift) == ' '
            && text.charAt(16 + shift) == ' '
            && text.charAt(19 + shift) == ':'
            && text.charAt(22 + shift) == ':'
            && text.endsWith(" GMT");
    int month = MONTHS.indexOf(text.substring(8 + shift, 11 + shift));
    int day = number(text, 5, dayDigits);
    int year = number(text, 12 + shift, 4);
    int hour = number(text, 17 + shift, 2);
    int minute = number(text, 20 + shift, 2);
    int second = number(text, 23 + shift, 2);
    if (!framed || month < 0 || month % 3 != 0 || (day | year | hour | minute | second) < 0) {
      return null;
    }
    try {
      return LocalDateTime.of(year, month / 3 + 1, day, hour, minute, second)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The number of exactly {@code digits} digits at {@code from}, or -1. */
  private static int number(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
