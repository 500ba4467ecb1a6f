package dev.parley.media.api;

import dev.parley.kit.base.Ids;
import dev.parley.media.audio.OpusCodec;
import dev.parley.media.mixer.MixerThread;
import dev.parley.media.transport.DtlsIdentity;

/** Where a conference lives and what its connections are made of. */
record ConferenceHome(
    MediaEngine.EngineLoop home,
    DtlsIdentity identity,
    Candidates candidates,
    Ids ids,
    MixerThread mixers,
    OpusCodec opus) {
  int random() {
    byte[] bytes = ids.bytes(4);
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
  }
}
