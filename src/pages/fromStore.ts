import { LRUCache } from "lru-cache";
import { publishedIn } from "../decisions/shape.js";
import type {
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
} from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { withoutTwice } from "../domain/views/events.js";
import { withWords } from "../domain/views/wordless.js";
import type { DecisionLine, Store, Stored } from "../store/port.js";
import type { KeptEvent, KeptRepository, KeptView } from "../store/views.js";
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
  /** Grows whenever this process keeps something of it. */
  readonly changes: (repository: number) => number;
  /** When this process looked at it last; null: it never did, another one does. */
  readonly lookedAt: (repository: number) => Instant | null;
}

/** The pages' facts, from the clerk's store: what everybody may see of it. Each answer is read when it is asked for. */
export function pagesFromStore({ store, reading, changes, lookedAt }: FromStoreParts): PagesSource {
  const allEvents = remembering(
    async (id: number) =>
      told(await store.views.events(id), (all) =>
        withoutTwice(all.map((kept): ProposalEvent => ({ ...eventIn(kept), number: kept.pull }))),
      ),
    changes,
  );
  const { views } = store;
  const shown = async (one: KeptRepository): Promise<PagesRepository> => {
    const round = await store.round(one.repository);
    const rounds = round.kind === "stored" ? (round.kept?.upTo ?? 0) : 0;
    const asOf = Math.max(rounds, lookedAt(one.repository) ?? 0);
    const { repository: id, owner, name, url } = one;
    return { id, owner, name, url, reading: reading(id), asOf };
  };
  const everyPublic = async (): Promise<Told<readonly KeptRepository[]>> =>
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
    summaries: async ({ id }) =>
      told(await views.summaries(id), (all) => all.map(({ summary }) => parsed<ProposalSummary>(summary))),
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

/** Of so many repositories. */
const MOST_REMEMBERED = 4;
/** What another instance keeps shows so much later at most, in milliseconds of this machine's. */
const LONGEST = 30_000;

/** All events of a repository are tens of thousands, and feeds ask for them every minute: they are read again when something was kept. */
function remembering<T>(
  read: (id: number) => Promise<Told<T>>,
  changes: (id: number) => number,
): (id: number) => Promise<Told<T>> {
  const known = new LRUCache<number, { readonly at: number; readonly answer: Promise<Told<T>> }>({
    max: MOST_REMEMBERED,
    ttl: LONGEST,
  });
  return async (id) => {
    const at = changes(id);
    const before = known.get(id);
    if (before?.at === at) return before.answer;
    const answer = read(id);
    known.set(id, { at, answer });
    const { kind } = await answer;
    if (kind === "unavailable") known.delete(id);
    return answer;
  };
}

const nameOf = ({ owner, name }: { readonly owner: string; readonly name: string }): string =>
  `${owner}/${name}`.toLowerCase();

const proposalKnown = ({ summary, detail }: KeptView, events: readonly KeptEvent[]): ProposalKnown => ({
  summary: parsed<ProposalSummary>(summary),
  detail: detail === "" ? null : parsed<ProposalDetail>(detail),
  events: withoutTwice(events.map(eventIn)),
});

const eventIn = ({ event, words }: KeptEvent): PublicEvent =>
  withWords({ event: parsed<PublicEvent>(event), words });

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
