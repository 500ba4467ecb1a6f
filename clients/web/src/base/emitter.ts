/** What an application listens to: the events of `E` by name, each with what its listeners get. */
export interface EventSource<E> {
  on<K extends keyof E>(event: K, listener: (args: E[K]) => void): void;
  off<K extends keyof E>(event: K, listener: (args: E[K]) => void): void;
}

/**
 * Keeps listeners and tells them. A listener that throws disturbs neither the others nor the SDK: its error
 * is reported as an uncaught one. Fields start with `_` instead of `#`: Microsoft's UI library calls methods
 * through a `Proxy`, where `#` fields do not exist.
 */
export class Emitter<E> implements EventSource<E> {
  private readonly _listeners = new Map<keyof E, Set<(args: never) => void>>();

  on<K extends keyof E>(event: K, listener: (args: E[K]) => void): void {
    const listeners = this._listeners.get(event) ?? new Set();
    listeners.add(listener);
    this._listeners.set(event, listeners);
  }

  off<K extends keyof E>(event: K, listener: (args: E[K]) => void): void {
    this._listeners.get(event)?.delete(listener);
  }

  /** Tells everybody who listened when it began. */
  _emit<K extends keyof E>(event: K, args: E[K]): void {
    for (const listener of [...(this._listeners.get(event) ?? [])]) {
      try {
        (listener as (args: E[K]) => void)(args);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Forgets all listeners: the object's life is over. */
  _silence(): void {
    this._listeners.clear();
  }
}
