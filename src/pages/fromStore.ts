import { publishedIn } from "../decisions/shape.js";
import type {
  Halt,
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
} from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { withoutTwice } from "../domain/views/events.js";
import { withWords } from "../domain/views/wordless.js";
import type { DecisionLine, Store, Stored } from "../store/port.js";
import type { KeptEvent, KeptView, KnownRepository } from "../store/views.js";
import { byEdition } from "./byEdition.js";
import { grouped } from "./grouped.js";
import type {
  DecidedLine,
  PagesRepository,
  PagesSource,
  ProposalEvent,
  ProposalKnown,
  Told,
} from "./source.js";

export interface FromStoreParts {
  readonly store: Pick<Store, "views" | "decisions" | "decisionsOf" | "round">;
  /** How far the first reading of a repository has come; null: it is over. */
  readonly reading: (repository: number) => PagesRepository["reading"];
  /** When this process looked at it last; null: it never did, another one does. */
  readonly lookedAt: (repository: number) => Instant | null;
  readonly now: () => Instant;
  /** GitHub is asked so often at least what has changed, in milliseconds. */
  readonly roundEvery: number;
  /** Nobody will keep it up to date; left out: the clerk does. */
  readonly frozen?: boolean;
}

/** The pages' facts, from the clerk's store: what everybody may see of it. Each answer is read when it is asked for. */
export function pagesFromStore({
  store,
  reading,
  lookedAt,
  now,
  roundEvery,
  frozen = false,
}: FromStoreParts): PagesSource {
  const { views } = store;
  const editions = (id: number) => views.editions(id);
  const allSummaries = byEdition({
    editions,
    read: async (id, pulls) =>
      told(
        await views.summaries(id, pulls),
        (all) => new Map(all.map(({ pull, summary }) => [pull, parsed<ProposalSummary>(summary)])),
      ),
    together: (each) => each,
  });
  const allEvents = byEdition({
    editions,
    read: async (id, pulls) =>
      told(await views.events(id, pulls), (all) => {
        const each = grouped(all, ({ pull }) => pull);
        return new Map(pulls.map((pull) => [pull, eventsOfOne(pull, each.get(pull) ?? [])]));
      }),
    // What was in order stays so: with a few at the end it is sorted in one pass.
    together: (each, since): readonly ProposalEvent[] =>
      (since === null
        ? each.flat()
        : [...since.all.filter(({ number }) => !since.without.has(number)), ...since.fresh.flat()]
      ).sort(byTime),
  });
  const shown = async (one: KnownRepository): Promise<PagesRepository> => {
    const { repository: id, owner, name, url } = one;
    const round = await store.round(id);
    const rounds = round.kind === "stored" ? (round.kept?.upTo ?? 0) : 0;
    const readAt = Math.max(rounds, lookedAt(id) ?? 0);
    const halt = one.halt === "" ? null : parsed<Halt>(one.halt);
    // Before anything was read of it, nobody has waited for it.
    const unread = readAt > 0 && now() - readAt > ROUNDS_WAITED * roundEvery;
    return {
      ...{ id, owner, name, url, frozen },
      reading: reading(id),
      asOf: halt?.why === "invalid" ? Math.min(readAt, halt.since) : readAt,
      caveats: [
        ...(halt === null ? [] : [halt]),
        ...(unread ? [{ why: "unread", since: readAt } as const] : []),
      ],
    };
  };
  const everyPublic = async (): Promise<Told<readonly KnownRepository[]>> =>
    told(await views.repositories(), (all) => all.filter(({ isPublic }) => isPublic));
  return {
    repositories: async () => {
      const all = await everyPublic();
      if (all.kind === "unavailable") return all;
      const repositories = await Promise.all(all.told.map(shown));
      return { kind: "told", told: repositories.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
    },
    repository: async (owner, name) => {
      const all = await everyPublic();
      if (all.kind === "unavailable") return all;
      const wanted = nameOf({ owner, name });
      const found = all.told.find((one) => nameOf(one) === wanted);
      return { kind: "told", told: found === undefined ? null : await shown(found) };
    },
    summaries: ({ id }) => allSummaries(id),
    proposal: async ({ id }, pull) => {
      const of = { repository: id, pull };
      const view = await views.view(of);
      if (view.kind === "unavailable") return view;
      if (view.kept === null) return { kind: "told", told: null };
      const { kept } = view;
      return told(await views.eventsOf(of), (events) => proposalKnown(kept, events));
    },
    events: ({ id }) => allEvents(id),
    decisions: async ({ id }) => told(await store.decisions(id), (lines) => lines.map(decidedLine)),
    record: async ({ id }, number) => {
      const lines = await store.decisions(id);
      if (lines.kind === "unavailable") return lines;
      const line = lines.kept.find((one) => one.number === number);
      if (line === undefined) return { kind: "told", told: null };
      return told(await store.decisionsOf({ repository: id, pull: line.pull }), (kept) => {
        // Where the store was lost, only the line came back from GitHub.
        const record = kept.find((one) => one.number === number)?.record ?? "";
        return publishedIn(record)?.json ?? null;
      });
    },
    roster: async ({ id }) =>
      told(await views.roster(id), (kept) => (kept === null ? null : parsed<RosterHistory>(kept.history))),
  };
}

/** So many rounds without an answer of GitHub's, and it is said that it cannot be read. */
const ROUNDS_WAITED = 3;

const nameOf = ({ owner, name }: { readonly owner: string; readonly name: string }): string =>
  `${owner}/${name}`.toLowerCase();

const proposalKnown = ({ summary, detail }: KeptView, events: readonly KeptEvent[]): ProposalKnown => ({
  summary: parsed<ProposalSummary>(summary),
  detail: detail === "" ? null : parsed<ProposalDetail>(detail),
  events: withoutTwice(events.map(eventIn)),
});

const eventIn = ({ event, words }: KeptEvent): PublicEvent =>
  withWords({ event: parsed<PublicEvent>(event), words });

const eventsOfOne = (number: number, kept: readonly KeptEvent[]): readonly ProposalEvent[] =>
  withoutTwice(kept.map((one): ProposalEvent => ({ ...eventIn(one), number })));

const byTime = (a: ProposalEvent, b: ProposalEvent): number =>
  a.at - b.at || a.number - b.number || (a.id < b.id ? -1 : 1);

const decidedLine = ({ number, pull, motion, outcome, at, hash, url }: DecisionLine): DecidedLine => ({
  ...{ number, pull, motion, outcome, at, hash, url },
});

/**
 * What the clerk itself has put there. A release that adds a field to it empties the views, and when the closed ones were listed, by a step of the tables:
 * open proposals are read at its first start, and closed ones then have no view and are read too.
 */
const parsed = <T>(json: string): T => JSON.parse(json);

function told<T, U>(kept: Stored<T>, as: (kept: T) => U): Told<U> {
  if (kept.kind === "unavailable") return kept;
  try {
    return { kind: "told", told: as(kept.kept) };
  } catch {
    return { kind: "unavailable", why: "what the store holds for the pages is not as the clerk wrote it" };
  }
}
