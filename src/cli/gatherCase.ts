import { recordInComment } from "../decisions/inComment.js";
import { readRegisterPage, registerIssues } from "../decisions/registerText.js";
import { readRecord } from "../decisions/shape.js";
import { CASE_TYPE, CASE_VERSION, type CaseFile, type SavedVersion } from "../decisions/verify/caseFile.js";
import type { FoundRecord, RegisterFacts } from "../decisions/verify/facts.js";
import { threadOf } from "../decisions/verify/threadShape.js";
import { withFullStop } from "../domain/messages/grammar.js";
import { REGISTER_OF_DECISIONS } from "../domain/messages/registerOfDecisions.js";
import type { PublicRecord } from "../domain/model/publicRecord.js";
import type { Rules } from "../domain/model/rules.js";
import type { Snapshot } from "../domain/model/snapshot.js";
import type { Instant } from "../domain/text/time.js";
import type { ProposalRef, RepositoryRef } from "../github/ports.js";
import type { EvidenceReader } from "../github/read/evidence.js";
import { parsedRules } from "./parsedRules.js";
import { type Session, type Wanted, whyNot } from "./session.js";

export type Gathered =
  | { readonly kind: "case"; readonly case: CaseFile }
  /** One plain sentence. */
  | { readonly kind: "not"; readonly why: string };

/** What is read of a repository once, for one of its proposals or for all. */
export interface CaseReading {
  readonly ref: RepositoryRef;
  readonly evidence: EvidenceReader;
  /** The rules that comments are read by, and since when what people do counts. */
  readonly rules: Rules;
  readonly adoptedAt: Instant;
  readonly repository: number;
}

/** Everything that the records of a proposal are held against, as GitHub shows it now. Writes nothing. */
export async function gatherCase(
  wanted: Wanted & { readonly number: number },
  session: Session,
  from: string,
): Promise<Gathered> {
  const { owner, name, number } = wanted;
  const opened = await reading(wanted, session);
  if ("why" in opened) return { kind: "not", why: opened.why };
  const ref: ProposalRef = { ...opened.ref, number };
  const read = await snapshotBy(opened, ref, opened.rules);
  if (typeof read === "string")
    return { kind: "not", why: `${owner}/${name}#${number} cannot be read: ${read}.` };
  const records = recordsOn(read);
  const register = await registerShown(opened, read.clerk.login);
  const listed =
    register !== null && register !== "off" && register.lines.some(({ pull }) => pull === number);
  if (records.length === 0 && !listed)
    return { kind: "not", why: `No signed record of a decision stands on ${owner}/${name}#${number}.` };
  const known = records.flatMap(({ json }) => {
    const record = readRecord(json);
    return record.kind === "record" ? [record.record] : [];
  });
  const configs = await configsAt(opened, commitsIn(known));
  if (typeof configs === "string") return { kind: "not", why: configs };
  const again = await byRulesOfThen(opened, ref, read, configs);
  return {
    kind: "case",
    case: {
      ...{ type: CASE_TYPE, version: CASE_VERSION },
      read: { at: session.clock.now(), by: await opened.evidence.whoAsks(), from },
      repository: { id: read.repository.id, name: `${owner}/${name}` },
      ...{ proposal: number, records, configs },
      register,
      history: await historyOf(opened),
      thread: threadOf(again),
    },
  };
}

/** Why it cannot be read, or what it is read with. */
export async function reading(
  wanted: Wanted,
  session: Session,
): Promise<CaseReading | { readonly why: string }> {
  const { github, installation, clock } = session;
  const { reader, evidence } = github;
  const ref = { installation, owner: wanted.owner, name: wanted.name };
  const there = `${wanted.owner}/${wanted.name}`;
  const config = await reader.config(ref);
  const shared = { ref, evidence };
  switch (config.kind) {
    case "valid":
      return { ...shared, rules: config.rules, adoptedAt: config.adoptedAt, repository: config.repository };
    case "unreadable":
      return { why: `The config of ${there} cannot be read: ${whyNot(config, clock.now())}.` };
    case "absent":
    case "invalid": {
      // Records outlive the config: what it last said tells how comments are to be read.
      const history = await evidence.versions(ref);
      const repository = await evidence.repository(ref);
      if (history.kind !== "read")
        return { why: withFullStop(`The config's history of ${there} cannot be read: ${history.why}`) };
      if (repository.kind !== "read")
        return { why: withFullStop(`${there} cannot be read: ${repository.why}`) };
      const last = history.versions.findLast((version) => version.rules !== null);
      if (last?.rules == null)
        return { why: `${there} has never had a valid config, so the clerk decides nothing there.` };
      const adoptedAt = history.versions[0]?.at ?? last.at;
      return { ...shared, rules: last.rules, adoptedAt, repository: repository.id };
    }
  }
}

/** Why it cannot be read, in words that go on from a colon. */
async function snapshotBy(
  { evidence, adoptedAt }: CaseReading,
  ref: ProposalRef,
  rules: Rules,
): Promise<Snapshot | string> {
  const read = await evidence.pull(ref, { rules, adoptedAt });
  return read.kind === "read" ? read.snapshot : read.why;
}

/** Mentions, labels and older bots by which the comments of then were read, where they were others: read once more. */
async function byRulesOfThen(
  opened: CaseReading,
  ref: ProposalRef,
  read: Snapshot,
  configs: CaseFile["configs"],
): Promise<Snapshot> {
  const { rules, evidence } = opened;
  const then = configs.flatMap(({ text }) => (text === null ? [] : (parsedRules(text) ?? [])));
  const all = (names: readonly (readonly string[])[]) => [...new Set(names.flat())];
  const [first = rules] = then;
  const mentions = all([rules, ...then].map((one) => one.mentions));
  const legacyBots = all([rules, ...then].map((one) => one.legacyBots));
  const teams = [...first.teams, ...[rules, ...then].flatMap((one) => one.teams)];
  evidence.forget(ref);
  const again = await snapshotBy(opened, ref, { ...first, mentions, legacyBots, teams });
  return typeof again === "string" ? read : again;
}

export const recordsOn = ({ ownComments }: Snapshot): readonly FoundRecord[] =>
  ownComments.flatMap(({ body, url, marker, savedByOther }): readonly FoundRecord[] => {
    const found = recordInComment(body);
    if (found === null) return [];
    const about = /^(\d{1,9}):/.exec(marker.key)?.[1];
    const motion = marker.kind === "announce" && about !== undefined ? Number(about) : null;
    return [{ ...found, url, motion, savedBy: savedByOther === true ? "somebody else" : "the clerk" }];
  });

/** Whatever commits the records name: those of the config, and heads of amendments. */
const commitsIn = (records: readonly PublicRecord[]): readonly string[] => [
  ...new Set(
    records.flatMap(({ rules: { decided, end, lawful }, text, amendment }) =>
      [decided, end, lawful?.commit ?? null, ...(amendment === null ? [] : [text.decided, text.end])].flatMap(
        (commit) => (commit === null || commit === "" ? [] : [commit]),
      ),
    ),
  ),
];

async function configsAt(
  { evidence, ref }: CaseReading,
  commits: readonly string[],
): Promise<CaseFile["configs"] | string> {
  const configs: { readonly commit: string; readonly text: string | null }[] = [];
  for (const commit of commits) {
    const read = await evidence.textAt(ref, commit);
    if (read.kind === "unreadable")
      return withFullStop(`The config at ${commit} cannot be read: ${read.why}`);
    configs.push({ commit, text: read.kind === "read" ? read.text : null });
  }
  return configs;
}

/** Every config of the default branch, and the records by which it came to be one. null: they cannot be read. */
export async function historyOf(opened: CaseReading): Promise<readonly SavedVersion[] | null> {
  const { evidence, ref, rules } = opened;
  const read = await evidence.versions(ref);
  if (read.kind !== "read") return null;
  const saved: SavedVersion[] = [];
  for (const { commit, at, pull } of read.versions) {
    const text = await evidence.textAt(ref, commit);
    if (text.kind !== "read") return null;
    const there = pull === null ? null : await snapshotBy(opened, { ...ref, number: pull }, rules);
    const records = there === null || typeof there === "string" ? [] : recordsOn(there);
    saved.push({ commit, at, pull, text: text.text, records });
  }
  return saved;
}

/** @param clerk its login, without `[bot]` */
export async function registerShown(
  { evidence, ref }: CaseReading,
  clerk: string,
): Promise<RegisterFacts | "off" | null> {
  const read = await evidence.issues(ref, `${clerk}[bot]`);
  if (read.kind === "gone") return "off";
  if (read.kind === "unreadable") return null;
  const pages = registerIssues(read.issues);
  if (pages.length === 0) return null;
  const said = pages.map(({ key, body }) => ({ key, ...readRegisterPage(body) }));
  return {
    lines: said.flatMap(({ lines }) => lines),
    checkpoint: said.find(({ key }) => key === REGISTER_OF_DECISIONS)?.checkpoint ?? null,
  };
}
