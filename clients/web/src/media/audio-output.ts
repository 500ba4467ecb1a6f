/** Gestures after which a page may play sound; each is waited for when the browser holds sound back. */
const GESTURES = ["pointerdown", "keydown", "touchend"] as const;

/**
 * Plays the sound of the others: one hidden `<audio>` for each track. A browser that wants a gesture first gets
 * its next try at the next gesture.
 */
export class AudioOutput {
  private readonly _elements = new Map<MediaStreamTrack, HTMLAudioElement>();
  private _sinkId = "";
  private _muted = false;
  private _waitsForGesture = false;
  private readonly _onGesture = (): void => this._playAll();

  /** Plays exactly these tracks. */
  setTracks(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, element] of this._elements) {
      if (!tracks.includes(track)) this._remove(track, element);
    }
    for (const track of tracks) {
      if (!this._elements.has(track)) this._add(track);
    }
  }

  /** Plays on the speaker with this device id; an empty one is the system's. */
  async setSpeaker(deviceId: string): Promise<void> {
    this._sinkId = deviceId;
    await Promise.all([...this._elements.values()].map((element) => chooseSpeaker(element, deviceId)));
  }

  setMuted(muted: boolean): void {
    this._muted = muted;
    for (const element of this._elements.values()) element.muted = muted;
  }

  close(): void {
    this.setTracks([]);
    this._stopWaiting();
  }

  private _add(track: MediaStreamTrack): void {
    const element: HTMLAudioElement = document.createElement("audio");
    element.autoplay = true;
    element.hidden = true;
    element.muted = this._muted;
    element.srcObject = new MediaStream([track]);
    if (this._sinkId) chooseSpeaker(element, this._sinkId).catch(() => undefined);
    document.body.append(element);
    this._elements.set(track, element);
    this._play(element);
  }

  private _remove(track: MediaStreamTrack, element: HTMLAudioElement): void {
    element.srcObject = null;
    element.remove();
    this._elements.delete(track);
  }

  private _play(element: HTMLAudioElement): void {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this._waitForGesture();
    });
  }

  private _playAll(): void {
    this._stopWaiting();
    for (const element of this._elements.values()) this._play(element);
  }

  private _waitForGesture(): void {
    if (this._waitsForGesture) return;
    this._waitsForGesture = true;
    for (const gesture of GESTURES) document.addEventListener(gesture, this._onGesture, { capture: true });
  }

  private _stopWaiting(): void {
    this._waitsForGesture = false;
    for (const gesture of GESTURES) document.removeEventListener(gesture, this._onGesture, { capture: true });
  }
}

/** Not every browser has it: sound then comes from the system's speaker. */
async function chooseSpeaker(element: HTMLAudioElement, deviceId: string): Promise<void> {
  if (typeof element.setSinkId === "function") await element.setSinkId(deviceId);
}
