package dev.parley.services.calling.wire;

import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallNotice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a client that comes back is told beside its calls as they are: the newest of each kind and
 * call. Ends are kept although they were sent, since a socket may have been dead for a while before
 * anybody knew; a client that has heard of an end ignores it.
 */
final class KeptNotices {
  private final int max;
  private final SequencedMap<Key, CallNotice> notices = new LinkedHashMap<>();

  KeptNotices(int max) {
    this.max = max;
  }

  private record Key(CallId call, String kind) {}

  /** The client was told, perhaps in vain. */
  void sent(CallNotice notice) {
    switch (notice) {
      case CallNotice.Ended ended -> put(notice, "ended");
      case CallNotice.IncomingEnded ended -> put(notice, "incoming");
      case CallNotice.Incoming incoming -> notices.remove(new Key(notice.call(), "incoming"));
      case CallNotice.Changed changed -> notices.remove(new Key(notice.call(), "ended"));
      default -> {
        // Whole states come with the calls.
      }
    }
  }

  /** The client is away. */
  void keep(CallNotice notice) {
    switch (notice) {
      case CallNotice.Ended ended -> put(notice, "ended");
      case CallNotice.IncomingEnded ended -> put(notice, "incoming");
      case CallNotice.Incoming incoming -> put(notice, "incoming");
      case CallNotice.Speakers speakers -> put(notice, "speakers");
      case CallNotice.TransferRequested request -> put(notice, "transfer");
      case CallNotice.TransferState transfer -> put(notice, "transferState");
      case CallNotice.Changed changed -> {}
      case CallNotice.SelfChanged self -> {}
      case CallNotice.ParticipantChanged changed -> {}
      case CallNotice.ParticipantLeft left -> {}
      case CallNotice.MutedByOthers muted -> {}
      case CallNotice.Offer offer -> {}
      case CallNotice.Reaction reaction -> {}
      case CallNotice.Dtmf dtmf -> {}
      case CallNotice.RealTimeText text -> {}
    }
  }

  private void put(CallNotice notice, String kind) {
    Key key = new Key(notice.call(), kind);
    notices.remove(key);
    notices.put(key, notice);
    if (notices.size() > max) {
      notices.pollFirstEntry();
    }
  }

  /** All that is kept, oldest first; it is forgotten with this. */
  List<CallNotice> takeAll() {
    List<CallNotice> all = new ArrayList<>(notices.values());
    notices.clear();
    return all;
  }
}
