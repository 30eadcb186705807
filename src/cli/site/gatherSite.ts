import type { ValidConfig } from "../../config/outcome.js";
import { readRecord } from "../../decisions/shape.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { rosterHistoryOf } from "../../domain/views/roster.js";
import type { ProposalRef } from "../../github/ports.js";
import { READ_TOGETHER } from "../../github/read/sameMoment.js";
import { pagesFromStore } from "../../pages/fromStore.js";
import type { DecidedLine, PagesSource } from "../../pages/source.js";
import { silentLog } from "../../platform/log.js";
import { sha256 } from "../../platform/sha256.js";
import { evaluate } from "../../runtime/reconcile/evaluate.js";
import { PublicViews } from "../../runtime/reconcile/publicViews.js";
import { haltBy, listedView } from "../../runtime/schedule/publicFacts.js";
import { inMemoryStore } from "../../store/inMemory.js";
import { recordsOn, registerShown } from "../gatherCase.js";
import { type Session, type Wanted, whyNot } from "../session.js";
import { validConfig } from "../validConfig.js";

export type SiteGathered =
  | {
      readonly kind: "site";
      readonly source: PagesSource;
      /** Pull requests that could not be read, and why: they are not shown. */
      readonly unread: readonly { readonly number: number; readonly why: string }[];
    }
  /** One plain sentence, or more. */
  | { readonly kind: "not"; readonly why: string };

/** Pull requests that are read at a time: as many as come by two requests. */
const AT_A_TIME = 2 * READ_TOGETHER;

/**
 * Everything that the pages show of a repository, as GitHub shows it now: what the clerk keeps as it happens is told as far as the records and GitHub
 * tell of it today. Writes nothing.
 *
 * @param progress told how many of how many are read
 */
export async function gatherSite(
  { owner, name }: Pick<Wanted, "owner" | "name">,
  session: Session,
  progress: (read: number, of: number) => void,
): Promise<SiteGathered> {
  const { installation, clock, github } = session;
  const config = await validConfig({ owner, name }, session);
  if (config.kind === "not") return config;
  const { shown, repository: id } = config;
  const there = `${owner}/${name}`;
  if (shown?.isPublic !== true)
    return { kind: "not", why: `${there} is not public, and what is written here is for everybody to read.` };
  const ref = { owner, name, installation };
  const cannot = (what: string, read: Parameters<typeof whyNot>[0]) =>
    ({ kind: "not", why: `${what} of ${there} cannot be read: ${whyNot(read, clock.now())}.` }) as const;

  const history = await github.reader.history(ref, id);
  if (history.kind !== "read") return cannot("The config's history", history);
  const versions = await github.reader.versions(ref, config);
  if (versions.kind !== "read") return cannot("Whether the config is lawful", versions);
  const closed = await github.reader.closedProposals(ref, config.rules);
  if (closed.kind !== "read") return cannot("The closed proposals", closed);
  // Amendments, and what is a proposal by rule, carry no label by which they could be listed.
  const pulls = await github.evidence.pulls(ref, config.adoptedAt);
  if (pulls.kind !== "read") return cannot("The pull requests", pulls);

  const store = inMemoryStore();
  const views = new PublicViews({ store, log: silentLog, dryRun: false, clock });
  await views.shown(ref, id, shown, true);
  await views.halted(id, haltBy(versions, clock.now()));
  await store.views.putRoster(id, {
    commit: config.commit,
    history: JSON.stringify(rosterHistoryOf(history.versions)),
  });
  const from = closed.proposals.filter(({ endedAt }) => endedAt !== null && endedAt < config.adoptedAt);
  for (const proposal of from) {
    const { view, events } = listedView(proposal, config);
    await store.views.putView({ repository: id, pull: proposal.number }, view, events);
  }
  const listed = new Set(from.map(({ number }) => number));
  const numbers = [...new Set([...pulls.numbers, ...closed.proposals.map(({ number }) => number)])].filter(
    (number) => !listed.has(number),
  );
  const records = new Map<number, FoundDecision>();
  const unread: { number: number; why: string }[] = [];
  for (let at = 0; at < numbers.length; at += AT_A_TIME) {
    progress(at, numbers.length);
    const some = numbers.slice(at, at + AT_A_TIME);
    await Promise.all(
      some.map(async (number) => {
        const read = await readOne({ ...ref, number }, config, session);
        if (typeof read === "string") {
          unread.push({ number, why: read });
          return;
        }
        for (const found of signedRecordsOn(read.snapshot)) records.set(found.line.number, found);
        const { view } = evaluate(read.snapshot, config.rules, clock.now());
        await views.judged({ repository: id, pull: number }, view(read.updatedAt));
      }),
    );
  }
  progress(numbers.length, numbers.length);
  const clerk = await github.evidence.clerk();
  const register =
    clerk === null
      ? null
      : await registerShown(
          {
            ref,
            evidence: github.evidence,
            rules: config.rules,
            adoptedAt: config.adoptedAt,
            repository: id,
          },
          clerk,
        );
  // Without Issues there is no register; what the records say of themselves is as good for reading.
  const lines: readonly DecidedLine[] =
    register === null || register === "off"
      ? [...records.values()].map(({ line }) => line).sort((a, b) => a.number - b.number)
      : register.lines;
  const now = clock.now();
  const source: PagesSource = {
    ...pagesFromStore({
      store,
      reading: () => null,
      lookedAt: () => now,
      now: () => now,
      roundEvery: 0,
      frozen: true,
    }),
    decisions: async () => ({ kind: "told", told: lines }),
    record: async (_, number) => ({ kind: "told", told: records.get(number)?.json ?? null }),
  };
  return { kind: "site", source, unread: unread.sort((a, b) => a.number - b.number) };
}

async function readOne(
  ref: ProposalRef,
  config: ValidConfig,
  { github, clock }: Session,
): Promise<{ readonly snapshot: Snapshot; readonly updatedAt: number | null } | string> {
  const read = await github.reader.proposal(ref, config, () => null);
  github.reader.forget(ref);
  return read.kind === "read"
    ? { snapshot: read.snapshot, updatedAt: read.sight?.updatedAt ?? null }
    : whyNot(read, clock.now());
}

interface FoundDecision {
  readonly line: DecidedLine;
  readonly json: string;
}

const signedRecordsOn = (snapshot: Snapshot): readonly FoundDecision[] =>
  recordsOn(snapshot).flatMap(({ json, url, savedBy }) => {
    const read = savedBy === "the clerk" ? readRecord(json) : null;
    if (read?.kind !== "record") return [];
    const { number, proposal, motion, outcome, at } = read.record;
    const where = { number, pull: proposal.number, motion: motion.number };
    return [{ json, line: { ...where, outcome, at: Date.parse(at), hash: sha256(json), url } }];
  });
