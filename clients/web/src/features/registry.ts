import { badRequest } from "../base/errors.js";

/** The key of a feature, and how the feature is made for its owner. Applications see only its name. */
export class FeatureKey<Feature, Owner> {
  constructor(
    readonly name: string,
    readonly _create: (owner: Owner, name: string) => Feature,
  ) {}
}

/** The feature of `owner` under `key`: made at the first call, the same ever after. */
export function createFeature<T>(features: Map<unknown, unknown>, key: { readonly name: string }, owner: object): T {
  if (!(key instanceof FeatureKey)) throw badRequest("no such feature: use a key of `Features`");
  const feature: unknown = features.get(key) ?? key._create(owner, key.name);
  features.set(key, feature);
  return feature as T;
}
