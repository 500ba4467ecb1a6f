/** Reading of JSON whose shape nobody guarantees: what is missing or of another type becomes the given default. */
export type JsonObject = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(from: JsonObject, name: string): JsonObject | undefined {
  const value = from[name];
  return isRecord(value) ? value : undefined;
}

export function textIn(from: JsonObject, name: string): string | undefined {
  const value = from[name];
  return typeof value === "string" ? value : undefined;
}

export function numberIn(from: JsonObject, name: string): number | undefined {
  const value = from[name];
  return typeof value === "number" ? value : undefined;
}

export function flagIn(from: JsonObject, name: string, otherwise: boolean): boolean {
  const value = from[name];
  return typeof value === "boolean" ? value : otherwise;
}

/** The array's elements that `read` understands. */
export function listIn<T>(from: JsonObject, name: string, read: (element: unknown) => T | undefined): T[] {
  const value = from[name];
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((element): element is T => element !== undefined);
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `value` if it is one of `words`, else `otherwise`. */
export function oneOf<T extends string>(words: readonly T[], value: unknown, otherwise: T): T {
  return words.find((word) => word === value) ?? otherwise;
}
