import { asReader } from "msc-clerk/cli/asReader.js";
import { gatherCase } from "msc-clerk/cli/gatherCase.js";
import { parsedRules } from "msc-clerk/cli/parsedRules.js";
import type { Session } from "msc-clerk/cli/session.js";
import { canonicalJson, hashOf } from "msc-clerk/decisions/canonical.js";
import { recordInComment } from "msc-clerk/decisions/inComment.js";
import { SigningKeys } from "msc-clerk/decisions/signingKeys.js";
import { type CaseFile, caseText, evidenceIn, readCase } from "msc-clerk/decisions/verify/caseFile.js";
import type { FoundRecord } from "msc-clerk/decisions/verify/facts.js";
import { exitCodeOf, type LevelName, type Outcome } from "msc-clerk/decisions/verify/level.js";
import { type Verified, verifyRecord } from "msc-clerk/decisions/verify/verifyRecord.js";
import type { PublicRecord } from "msc-clerk/domain/model/publicRecord.js";
import { readPackage } from "msc-clerk/platform/package.js";
import { RECORD_KEYS } from "../../src/clerk.js";
import { isPull } from "../../src/store.js";
import type { Rehearsal } from "./rehearsal.js";

export const repositoryOf = ({ sandbox }: Rehearsal) => ({
  owner: sandbox.ownerLogin,
  name: sandbox.repository.name,
});

/** Somebody who has nothing to do with the proposals. */
const READER = "passer-by";

/** Signed in as anybody with a token. */
export async function sessionOf(r: Rehearsal, number?: number): Promise<Session> {
  const token = r.sandbox.tokenFor(READER);
  const credentials = { token, variable: "GITHUB_TOKEN", baseUrl: r.sandbox.url } as const;
  const wanted = { ...repositoryOf(r), ...(number === undefined ? {} : { number }) };
  const signedIn = await asReader(wanted, credentials, r.sandbox.app.slug, r.clock);
  if (signedIn.kind === "not") throw new Error(signedIn.why);
  return signedIn.session;
}

/** What a reader saves of a proposal, written to a file and read back. */
export async function caseOf(r: Rehearsal, number: number): Promise<CaseFile> {
  const gathered = await gatherCase(
    { ...repositoryOf(r), number },
    await sessionOf(r, number),
    r.sandbox.url,
  );
  if (gathered.kind === "not") throw new Error(gathered.why);
  const read = readCase(caseText(gathered.case));
  if (read.kind === "not") throw new Error(read.why);
  return read.case;
}

export interface Judged extends Verified {
  readonly code: 0 | 3 | 4;
  /** What each level came to. */
  readonly outcomes: Readonly<Partial<Record<LevelName, Outcome>>>;
  /** Every finding, in a line each. */
  readonly told: string;
}

/** The newest record of the case, or the given one in its place. */
export function judged(saved: CaseFile, pinned: readonly string[] = []): Judged {
  const found = saved.records.at(-1);
  if (found === undefined) throw new Error("there is no record");
  const verified = verifyRecord(evidenceIn(saved, found, parsedRules, pinned), readPackage().version);
  return {
    ...verified,
    code: exitCodeOf(verified.levels),
    outcomes: Object.fromEntries(verified.levels.map(({ level, outcome }) => [level, outcome])),
    told: verified.levels
      .flatMap(({ level, outcome, findings }) => findings.map((one) => `${level} (${outcome}): ${one}`))
      .join("\n"),
  };
}

type Change = (record: PublicRecord) => PublicRecord;

/** Somebody edits the comment: the text is another, and the signature the one it was. */
export const edited = (saved: CaseFile, change: Change): CaseFile => withRecord(saved, change, null);

/** A dishonest clerk writes another record, and signs it anew. */
export const signedAnew = (saved: CaseFile, change: Change, secret = SECRET): CaseFile =>
  withRecord(saved, change, SigningKeys.from(secret));

/** What the sandbox's clerk signs with, and what somebody else would. */
export const SECRET = RECORD_KEYS;
export const ANOTHER = "another secret, of somebody who is not the clerk";
export const publicHalf = (secret: string): string => SigningKeys.from(secret).publicKeys[0] ?? "";

function withRecord(saved: CaseFile, change: Change, keys: SigningKeys | null): CaseFile {
  const before = saved.records.at(-1);
  if (before === undefined) throw new Error("there is no record");
  const json = canonicalJson(change(JSON.parse(before.json)));
  const after: FoundRecord = {
    ...before,
    ...{ json, hash: hashOf(json) },
    ...(keys === null
      ? { savedBy: "somebody else" }
      : { signature: signatureBy(keys, json), checkpoint: null }),
  };
  return { ...saved, records: [...saved.records.slice(0, -1), after] };
}

export function signatureBy(keys: SigningKeys, json: string): NonNullable<FoundRecord["signature"]> {
  const [key = ""] = keys.publicKeys;
  return { key, value: keys.sign(json, key) };
}

/** Of every proposal on which a record stands. */
export async function casesOf(r: Rehearsal): Promise<readonly CaseFile[]> {
  const decided = [...r.sandbox.repository.threads.values()].filter(
    (thread) => isPull(thread) && r.said(thread.number).some(({ body }) => recordInComment(body) !== null),
  );
  const cases: CaseFile[] = [];
  for (const { number } of decided) cases.push(await caseOf(r, number));
  return cases;
}
