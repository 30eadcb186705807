import { z } from "zod";
import type { Rules } from "../../domain/model/rules.js";
import type { Instant } from "../../domain/text/time.js";
import { hashOf } from "../canonical.js";
import type { ConfigAt, Evidence, FoundRecord, RegisterFacts, Thread } from "./facts.js";
import { moment, threadShape } from "./threadShape.js";

export const CASE_VERSION = 1;
export const CASE_TYPE = "msc-clerk case";

/** All that there is to verify the records of one proposal with, as it was read once: good for years, and without GitHub. */
export interface CaseFile {
  readonly type: typeof CASE_TYPE;
  readonly version: typeof CASE_VERSION;
  /** Who read it, when, and from which GitHub. */
  readonly read: { readonly at: Instant; readonly by: string; readonly from: string };
  readonly repository: { readonly id: number; readonly name: string };
  readonly proposal: number;
  readonly records: readonly FoundRecord[];
  readonly register: RegisterFacts | "off" | null;
  /** Texts of the config at the commits that the records name. null: there is none at that commit. */
  readonly configs: readonly { readonly commit: string; readonly text: string | null }[];
  /** null: it could not be read. */
  readonly history: readonly SavedVersion[] | null;
  /** null: it could not be read. */
  readonly thread: Thread | null;
}

export interface SavedVersion {
  readonly commit: string;
  readonly at: Instant;
  readonly text: string | null;
  readonly pull: number | null;
  readonly records: readonly FoundRecord[];
}

const found = z.strictObject({
  json: z.string(),
  signature: z.strictObject({ key: z.string(), value: z.string() }).nullable(),
  checkpoint: z.string().nullable(),
  url: z.string(),
  motion: z.int().nullable(),
  savedBy: z.enum(["the clerk", "somebody else", "not known"]),
});
const line = z.strictObject({
  number: z.int(),
  pull: z.int(),
  motion: z.int(),
  outcome: z.string(),
  at: moment,
  hash: z.string(),
  url: z.string(),
});

const caseShape = z.strictObject({
  type: z.literal(CASE_TYPE),
  version: z.literal(CASE_VERSION),
  read: z.strictObject({ at: moment, by: z.string(), from: z.string() }),
  repository: z.strictObject({ id: z.int(), name: z.string() }),
  proposal: z.int(),
  records: z.array(found),
  register: z
    .union([z.literal("off"), z.strictObject({ lines: z.array(line), checkpoint: z.string().nullable() })])
    .nullable(),
  configs: z.array(z.strictObject({ commit: z.string(), text: z.string().nullable() })),
  history: z
    .array(
      z.strictObject({
        commit: z.string(),
        at: moment,
        text: z.string().nullable(),
        pull: z.int().nullable(),
        records: z.array(found),
      }),
    )
    .nullable(),
  thread: threadShape.nullable(),
});

export type CaseRead =
  | { readonly kind: "case"; readonly case: CaseFile }
  /** In plain words. */
  | { readonly kind: "not"; readonly why: string };

export function readCase(text: string): CaseRead {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { kind: "not", why: "it is no JSON" };
  }
  const version = typeof data === "object" && data !== null && "version" in data ? data.version : null;
  if (typeof version === "number" && version > CASE_VERSION)
    return { kind: "not", why: `it is of version ${version}, which a newer msc-clerk reads` };
  const read = caseShape.safeParse(data);
  if (!read.success) {
    const [first] = read.error.issues;
    return {
      kind: "not",
      why: `it is no case of \`msc-clerk record\`, at ${first?.path.join(".") || "its top"}`,
    };
  }
  const { records, history, ...rest } = read.data;
  return {
    kind: "case",
    case: {
      ...rest,
      records: records.map(hashed),
      history: history?.map((one) => ({ ...one, records: one.records.map(hashed) })) ?? null,
    },
  };
}

/** A hash is never read, always made. */
const hashed = (record: Omit<FoundRecord, "hash">): FoundRecord => ({ ...record, hash: hashOf(record.json) });
const unhashed = ({ hash: _, ...record }: FoundRecord) => record;

export function caseText(saved: CaseFile): string {
  const { records, history, ...rest } = saved;
  const plain = {
    ...rest,
    records: records.map(unhashed),
    history: history?.map((one) => ({ ...one, records: one.records.map(unhashed) })) ?? null,
  };
  return `${JSON.stringify(z.encode(caseShape, plain as z.output<typeof caseShape>), null, 1)}\n`;
}

/**
 * What one of its records is held against.
 * @param parse from the text of a config to its rules; null: it is none.
 */
export function evidenceIn(
  saved: CaseFile,
  record: FoundRecord,
  parse: (text: string) => Rules | null,
  pinned: readonly string[],
): Omit<Evidence, "record"> {
  const rulesOf = (text: string | null): Rules | null => (text === null ? null : parse(text));
  const texts = new Map(saved.configs.map(({ commit, text }) => [commit, text]));
  const { register, thread } = saved;
  return {
    ...{ found: record, pinned, register, thread },
    place: { repository: saved.repository.id, proposal: saved.proposal },
    configAt: (commit): ConfigAt => {
      const text = texts.get(commit);
      if (text === undefined) return { kind: "not read" };
      const rules = rulesOf(text);
      return rules === null ? { kind: "none" } : { kind: "rules", rules };
    },
    history:
      saved.history?.map(({ commit, at, text, pull, records }) => ({
        ...{ commit, at, pull, records },
        rules: rulesOf(text),
      })) ?? null,
  };
}
