package dev.parley.conformance.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.ParleyProcess;
import dev.parley.conformance.server.RawClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Devices that stop reading are dropped; the others are told everything meanwhile, and the server's
 * heap holds no more for it. The heap is bounded from outside: a server that needs more than {@link
 * #HEAP} ends, and the devices that do not read would be owed several times as much.
 */
class SlowReaderIT {

  private static final String HEAP = "-Xmx160m";
  private static final int SLOW = 20;
  private static final int QUICK = 3;
  private static final int MESSAGES = 200;
  private static final int MESSAGE_CHARACTERS = 100_000;
  private static final int OK = 200;

  /** Longer than a device may leave a message unanswered: 30 s, and the sweep every 5 s. */
  private static final String TOO_LONG = "{\"by\":\"PT40S\"}";

  @Test
  void deviceThatDoesNotReadIsDroppedAndCostsTheOthersNothing() throws Exception {
    Path folder = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
    Map<String, String> environment = Map.of("PARLEY_JAVA_OPTIONS", HEAP);
    List<PushDevice> slow = new ArrayList<>();
    List<PushDevice> quick = new ArrayList<>();
    try (ParleyProcess parley = ParleyProcess.start(folder, List.of("--test-clock"), environment);
        RawClient client = new RawClient(parley.connection())) {
      ChatUser sender = ChatUser.create(client);
      List<ChatUser> members = new ArrayList<>();
      connect(parley, client, slow, members, SLOW);
      connect(parley, client, quick, members, QUICK);
      String thread = sender.createThread(client, members);
      slow.forEach(PushDevice::stopReading);

      List<String> sent = new ArrayList<>();
      String content = "x".repeat(MESSAGE_CHARACTERS);
      for (int count = 0; count < MESSAGES; count++) {
        sent.add(sender.send(client, thread, content));
        for (PushDevice device : quick) {
          device.awaitTold(thread, sent.getLast());
        }
      }
      for (PushDevice device : quick) {
        device.awaitAnswersTaken();
      }
      assertThat(client.send("POST", "/test/clock:advance", TOO_LONG).statusCode()).isEqualTo(OK);
      String after = sender.send(client, thread, "after");
      for (PushDevice device : quick) {
        device.awaitTold(thread, after);
      }
      sent.add(after);
      assertThat(quick).allSatisfy(device -> assertThat(device.told(thread)).isEqualTo(sent));

      dropped(slow, thread);
      PushDevice back = slow.getFirst();
      assertThat(back.connect(parley.connection())).as("it goes on where it was").isTrue();
      back.awaitTold(thread, after);
      assertThat(back.told(thread)).as("what it had missed").isEqualTo(sent);
    } finally {
      slow.forEach(PushDevice::close);
      quick.forEach(PushDevice::close);
    }
  }

  private static void connect(
      ParleyProcess parley,
      RawClient client,
      List<PushDevice> devices,
      List<ChatUser> members,
      int count)
      throws Exception {
    for (int number = 0; number < count; number++) {
      ChatUser user = ChatUser.create(client);
      members.add(user);
      PushDevice device = new PushDevice(user.token(), "device-" + members.size());
      devices.add(device);
      device.connect(parley.connection());
    }
  }

  /** When they read again, their sockets end before they were told all. */
  private static void dropped(List<PushDevice> slow, String thread) throws Exception {
    for (PushDevice device : slow) {
      device.readAgain();
      device.awaitEnd();
      assertThat(device.told(thread)).as("told before it was dropped").hasSizeLessThan(MESSAGES);
    }
  }
}
