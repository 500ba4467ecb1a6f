package dev.parley.server;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("hello " + String.join(" ", arguments));
  }
}
