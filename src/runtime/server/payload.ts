import type { EmitterWebhookEvent, EmitterWebhookEventName } from "@octokit/webhooks";

/**
 * Payloads of webhooks as GitHub describes them, read as what they are: something that came over the wire. A name that GitHub does not know is
 * an error of the compiler; what stands under a known one may be anything, or nothing, and is read by the functions below.
 */
export type Payload<Name extends EmitterWebhookEventName> = Unproved<EmitterWebhookEvent<Name>["payload"]>;

type Unproved<T> = [Extract<T, object>] extends [never]
  ? unknown
  : [Extract<T, object>] extends [readonly (infer Each)[]]
    ? UnprovedList<Each> | null
    : { readonly [K in KeyOfAny<Extract<T, object>>]?: Unproved<ValueOfAny<T, K>> } | null;
/** The keys that some member of a union has, and what stands there: GitHub describes each action of an event apart. */
type KeyOfAny<T> = T extends unknown ? keyof T : never;
type ValueOfAny<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** Not to be read but by {@link list}. */
export interface UnprovedList<Each> {
  readonly "an unproved list"?: Each;
}

/** Any JSON value as a payload of this event: with nothing in it, where it is no object. */
export const payloadOf = <Name extends EmitterWebhookEventName>(value: unknown): NonNullable<Payload<Name>> =>
  (isObject(value) && !Array.isArray(value) ? value : {}) as NonNullable<Payload<Name>>;

export const list = <Each>(value: UnprovedList<Each> | null | undefined): readonly Unproved<Each>[] =>
  Array.isArray(value) ? value : [];
export const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
export const text = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
export const wholeNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
/** A time stamp, in milliseconds. */
export function timeStamp(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
