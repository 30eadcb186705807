import { recordInComment } from "../decisions/inComment.js";
import { chainLevels } from "../decisions/verify/chain.js";
import type { Evidence, FoundRecord, VersionFacts } from "../decisions/verify/facts.js";
import { lawfulKeys, lawfulStanding } from "../decisions/verify/lawful.js";
import { exitCodeOf, type LevelFinding } from "../decisions/verify/level.js";
import { signedLevel } from "../decisions/verify/signature.js";
import { withFullStop } from "../domain/messages/grammar.js";
import type { RegisterLine } from "../domain/messages/registerOfDecisions.js";
import type { PublicRecord } from "../domain/model/publicRecord.js";
import { iso } from "../domain/text/time.js";
import { gitHubHost } from "../platform/gitHubAddress.js";
import { readPackage } from "../platform/package.js";
import { type CaseReading, historyOf, reading, registerShown } from "./gatherCase.js";
import { parsedRules } from "./parsedRules.js";
import type { Session, Wanted } from "./session.js";
import type { VerifyAsked } from "./verifyCase.js";
import { levelLines, VERIFY_FORMAT, verdictText } from "./verifyText.js";

interface Given {
  readonly pinned: readonly string[];
  /** A checkpoint somebody has kept; null: none. */
  readonly kept: string | null;
  /** `https://api.github.com` */
  readonly from: string;
}

/** `verify --all`: the whole register, with every record it lists. `progress` is told how far it has come. */
export async function verifyRegister(
  wanted: Wanted,
  session: Session,
  { pinned, kept, from }: Given,
  progress: (line: string) => void,
): Promise<VerifyAsked> {
  const opened = await reading(wanted, session);
  if ("why" in opened) return opened;
  const clerk = await opened.evidence.clerk();
  if (clerk === null) return { why: "GitHub does not say who the clerk is." };
  const register = await registerShown(opened, clerk);
  if (register === "off")
    return {
      why: `Issues are off in ${wanted.owner}/${wanted.name}, so it has no register: verify its proposals one by one.`,
    };
  const lines = register?.lines ?? [];
  const found = new Map<RegisterLine, FoundRecord>();
  for (const [at, line] of lines.entries()) {
    progress(`${at} of ${lines.length} records read`);
    const record = await recordOf(opened, line, `${clerk}[bot]`);
    if (typeof record === "string") return { why: record };
    if (record !== null) found.set(line, record);
  }
  const saved = await historyOf(opened);
  const history =
    saved?.map(
      ({ text, ...one }): VersionFacts => ({ ...one, rules: text === null ? null : parsedRules(text) }),
    ) ?? null;
  const { version } = readPackage();
  const levels = chainLevels({
    ...{ repository: opened.repository, host: gitHubHost(from), register, kept },
    found: (line) => found.get(line) ?? null,
    whose: (one, record) => whose(one, record, history, pinned),
    keys: pinned.length > 0 ? pinned : lawfulKeys(history, opened.repository, version),
  });
  const code = exitCodeOf(levels);
  const about = `As ${await opened.evidence.whoAsks()} read it from ${from} on ${iso(session.clock.now())}.`;
  return {
    text: [
      `The register of decisions of ${wanted.owner}/${wanted.name}`,
      ...levelLines(levels),
      "",
      about,
      verdictText(code),
    ].join("\n"),
    json: { format: VERIFY_FORMAT, levels, about, code },
    code,
  };
}

/** What stands where a line leads to. null: nothing does any more. A text: it cannot be read now. */
async function recordOf(
  { evidence, ref }: CaseReading,
  { number, pull, url }: RegisterLine,
  clerk: string,
): Promise<FoundRecord | string | null> {
  const id = /#issuecomment-(\d{1,20})$/.exec(url)?.[1];
  const read =
    id === undefined
      ? await evidence.commentsOn({ ...ref, number: pull })
      : await evidence
          .comment(ref, id)
          .then((one) => (one.kind === "read" ? { ...one, comments: [one.comment] } : one));
  if (read.kind === "unreadable")
    return withFullStop(`Record ${number} on #${pull} cannot be read: ${read.why}`);
  if (read.kind === "gone") return null;
  const records = read.comments
    .filter(({ author }) => author === clerk)
    .flatMap((comment): readonly FoundRecord[] => {
      const record = recordInComment(comment.body);
      return record === null ? [] : [{ ...record, url: comment.url, motion: null, savedBy: "not known" }];
    });
  return records.find(({ json }) => json.includes(`"number":${number},"outcome"`)) ?? records[0] ?? null;
}

/** By the configs that were in force then, as the history has them. */
function whose(
  found: FoundRecord,
  record: PublicRecord,
  history: readonly VersionFacts[] | null,
  pinned: readonly string[],
): LevelFinding {
  const at = Date.parse(record.at);
  const evidence: Evidence = {
    ...{ found, record, pinned, history, thread: null, register: null },
    // Its line in the register is compared with it.
    place: { repository: record.repository.id, proposal: record.proposal.number },
    configAt: (commit) => {
      const version =
        history?.find((one) => one.commit === commit) ?? history?.findLast((one) => one.at <= at);
      if (version === undefined) return { kind: "not read" };
      return version.rules === null ? { kind: "none" } : { kind: "rules", rules: version.rules };
    },
  };
  const { outcome, findings } = signedLevel(evidence, lawfulStanding(evidence, readPackage().version));
  return { outcome, text: findings[0] ?? "" };
}
