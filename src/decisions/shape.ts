import { z } from "zod";
import {
  PUBLIC_CUTS,
  PUBLIC_OUTCOMES,
  PUBLIC_RECORD_VERSION,
  type PublicRecord,
  type PublishedRecord,
  RULES_VERSION,
} from "../domain/model/publicRecord.js";
import { DISPOSITIONS } from "../domain/model/rules.js";
import { canonicalJson } from "./canonical.js";

/** `2026-03-02T14:05:00Z` */
const moment = z.iso.datetime({ precision: 0 });
const whole = z.int().min(0);
const person = z.strictObject({ login: z.string(), id: whole.nullable() });
const via = z.enum(["command", "review", "tick", "label", "motion", "takeover", "override"]);
const choice = z.enum(["yes", "abstain"]);
const threshold = z.strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) });
const commit = z.string();
const source = z.string().nullable();

const vote = z.strictObject({
  member: person,
  choice: choice.nullable(),
  cast: z.strictObject({ via, source, at: moment, head: commit }).nullable(),
  voided: choice.nullable(),
});
const tally = z.strictObject({
  team: z.string(),
  title: z.string(),
  need: z.strictObject({
    team: z.string(),
    threshold,
    quorum: threshold.exactOptional(),
    whole: threshold.exactOptional(),
  }),
  size: whole,
  at: moment,
  moment: z.enum(["beginning", "conclusion"]),
  votes: z.array(vote).nullable(),
  since: z.strictObject({ size: whole, votes: z.array(vote), left: z.array(person) }).nullable(),
});
const concern = z.strictObject({
  number: whole,
  text: z.string().nullable(),
  by: person,
  at: moment,
  source: z.string(),
  motion: whole,
  resolved: z.strictObject({ by: person, at: moment, source }).nullable(),
});

const seconded = z.strictObject({
  by: person,
  reason: z.string(),
  at: moment,
  source: z.string(),
  seconds: z.array(z.strictObject({ member: person, teams: z.array(z.string()), at: moment })),
});

const publicRecordShape = z.strictObject({
  type: z.literal("msc-clerk decision record"),
  version: z.literal(PUBLIC_RECORD_VERSION),
  number: z.int().min(1),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  repository: z.strictObject({ id: whole, name: z.string() }),
  proposal: z.strictObject({ number: whole, title: z.string(), author: person.nullable() }),
  outcome: z.enum(PUBLIC_OUTCOMES),
  at: moment,
  motion: z.strictObject({
    number: whole,
    disposition: z.enum(DISPOSITIONS),
    mover: person,
    via,
    source,
    at: moment,
    head: commit,
    rule: z.string(),
  }),
  fcp: z.strictObject({ begins: moment, ends: moment, head: commit }).nullable(),
  text: z.strictObject({ decided: commit.nullable(), end: commit.nullable() }),
  rules: z.strictObject({
    version: z.literal(RULES_VERSION),
    decided: commit.nullable(),
    end: commit.nullable(),
    lawful: z.strictObject({ number: whole, fingerprint: z.string(), commit }).nullable(),
  }),
  teams: z.array(tally),
  concerns: z.array(concern),
  heads: z.array(z.strictObject({ commit, text: z.string().nullable(), at: moment })),
  gates: z
    .array(
      z.strictObject({
        gate: z.string(),
        before: z.enum(["begin", "conclude"]),
        at: moment,
        state: z.enum(["met", "waived"]),
        waiver: seconded.nullable(),
      }),
    )
    .exactOptional(),
  override: seconded.nullable(),
  amendment: z.strictObject({ base: z.string(), makes: z.string() }).nullable(),
  clerk: z.strictObject({ login: z.string(), id: whole, version: z.string() }),
  cut: z.array(z.enum(PUBLIC_CUTS)),
});

const publishedShape = z.strictObject({
  number: z.int().min(1),
  motion: whole,
  hash: z.string(),
  json: z.string(),
  before: z.strictObject({ number: whole, pull: whole, outcome: z.string(), hash: z.string() }).nullable(),
  signature: z.strictObject({ key: z.string(), value: z.string(), listed: z.boolean() }).nullable(),
  checkpoint: z.string().nullable(),
});

export type RecordRead =
  | { readonly kind: "record"; readonly record: PublicRecord }
  /** In plain words. */
  | { readonly kind: "not"; readonly why: string };

/** A record from its canonical JSON: what is written otherwise, though it may mean the same, is no record. */
export function readRecord(json: string): RecordRead {
  let data: unknown;
  try {
    data = JSON.parse(json);
    if (canonicalJson(data) !== json) return not("it is no canonical JSON (RFC 8785)");
  } catch (thrown) {
    return not(`it is no canonical JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const read = publicRecordShape.safeParse(data);
  if (read.success) return { kind: "record", record: read.data satisfies PublicRecord as PublicRecord };
  const [first] = read.error.issues;
  return not(
    `it has another form than a record of version ${PUBLIC_RECORD_VERSION}, at ${first?.path.join(".") || "its top"}`,
  );
}

const not = (why: string): RecordRead => ({ kind: "not", why });

/** What the clerk's store keeps of a record; null: it is none, or of a form to come. */
export function publishedIn(text: string): PublishedRecord | null {
  try {
    const read = publishedShape.safeParse(JSON.parse(text));
    return read.success ? (read.data satisfies PublishedRecord as PublishedRecord) : null;
  } catch {
    return null;
  }
}
