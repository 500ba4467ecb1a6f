/** A property has a new value; the listener reads it from the object. */
export type PropertyChangedEvent = (args?: unknown) => void;

export interface Collection<T> {
  added: T[];
  removed: T[];
}

/** Something came into a collection or left it. */
export type CollectionUpdatedEvent<T> = (args: Collection<T>) => void;

/** What a listener of a changed property gets: nothing. */
export type PropertyChanged = void;

/** Ends what it belongs to. */
export interface Disposable {
  dispose(): void;
}
