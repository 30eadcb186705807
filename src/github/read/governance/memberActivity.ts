import type { ReadingConfig } from "../../../config/outcome.js";
import { type LastActs, newestOf, type TimedAct } from "../../../domain/amendment/absence.js";
import type { PersonRef } from "../../../domain/model/people.js";
import type { Snapshot } from "../../../domain/model/snapshot.js";
import { DAY, HOUR, type Instant, MINUTE } from "../../../domain/text/time.js";
import type { Clock } from "../../../platform/clock.js";
import type { Meter } from "../../client/meter.js";
import { allSince, type Reader, type RepositoryRef } from "../../ports.js";
import { type NotRead, type Read, type Unreadable, unreadable } from "../../readResult.js";
import { repositoryKey } from "../../refs.js";
import type { Pulls } from "../pulls.js";
import { READ_TOGETHER } from "../sameMoment.js";

/** Eight weeks and some more, so that "last seen" can be told of somebody who has been listed as absent for a while. */
const REACH = 98 * DAY;
/** Everything since then is read once a day; what is new, as an act stops a removal, every ten minutes. Both only if somebody asks. */
const WHOLE_EVERY = DAY;
const NEWS_EVERY = 10 * MINUTE;
/** A whole reading that failed on the way may have cost much already. */
const FAILED_AGAIN = HOUR;
/**
 * How much is read: pages of each list, at a hundred entries, and pull requests. Anybody can make more of it than that, and somebody who is not
 * in what was read may be in the rest: then it cannot be told until the next whole reading.
 */
const MOST = { wholePages: 100, newsPages: 30, pulls: 1_000 } as const;

export interface MemberActivityOptions {
  readonly pulls: Pick<Pulls, "read">;
  readonly changed: Reader["changed"];
  readonly clock: Clock;
  /** GitHub's time, by which it says when things were done. */
  readonly gitHubClock: Clock;
  /** What is read for everybody who asks is not counted for any one reconcile. */
  readonly meter: Meter;
}

type Told = Read<{ acts: LastActs }> | Unreadable;

interface Reading {
  /** By this machine's clock: GitHub is asked nothing before, and for everything not before. */
  readonly askFrom: Instant;
  readonly wholeFrom: Instant;
  /** By GitHub's: what is older was read. */
  readonly upTo: Instant;
  readonly acts: readonly TimedAct[];
  /** Pull requests that have changed and could not be read yet. */
  readonly unread: readonly number[];
  readonly told: Told;
}

/** absence.eight-weeks: who did something anywhere in a repository, and when last. Read only while somebody asks, once for all who do. */
export class MemberActivity {
  readonly #options: MemberActivityOptions;
  readonly #known = new Map<string, Reading>();
  readonly #running = new Map<string, Promise<Told>>();

  constructor(options: MemberActivityOptions) {
    this.#options = options;
  }

  /** The newest act of each person, newest first; unreadable: it cannot be told now, so nobody can be called absent. */
  async lastActs(ref: RepositoryRef, config: ReadingConfig): Promise<Told> {
    const { clock, meter } = this.#options;
    const key = repositoryKey(ref);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const known = this.#known.get(key);
    if (known !== undefined && clock.now() < known.askFrom) return known.told;
    const read = async (): Promise<Told> => {
      const reading = await this.#read(ref, config, known ?? null);
      this.#known.set(key, reading);
      return reading.told;
    };
    const begun = meter.apart(read).finally(() => this.#running.delete(key));
    this.#running.set(key, begun);
    return begun;
  }

  async #read(ref: RepositoryRef, config: ReadingConfig, before: Reading | null): Promise<Reading> {
    const { pulls, changed, clock, gitHubClock } = this.#options;
    const now = clock.now();
    const whole = before === null || before.wholeFrom <= now;
    const from = whole ? { upTo: gitHubClock.now() - REACH, acts: [], unread: [] } : before;
    const wholeFrom = whole ? now + WHOLE_EVERY : before.wholeFrom;

    const listed = await changed(ref, allSince(from.upTo), whole ? MOST.wholePages : MOST.newsPages);
    const notTold = (failed: NotRead): Reading => {
      const retryAt = failed.kind === "unreadable" ? (failed.retryAt ?? 0) : 0;
      const again = Math.max(retryAt, now + (whole ? FAILED_AGAIN : NEWS_EVERY));
      const told = unreadable(failed.why, again);
      return { ...from, askFrom: again, wholeFrom: whole ? again : wholeFrom, told };
    };
    if (listed.kind !== "read") return notTold(listed);
    if (listed.failed !== null) return notTold(listed.failed);
    const unread = new Set([...from.unread, ...listed.numbers]);
    if (listed.cutOff.length > 0 || listed.missing.length > 0 || unread.size > MOST.pulls) {
      const told = unreadable("more has happened in the repository than the clerk reads", wholeFrom);
      return { ...from, askFrom: wholeFrom, wholeFrom, told };
    }
    // Reviews without a comment are in no list of a repository: they are read with the PRs that have changed.
    const acts: TimedAct[] = [...from.acts, ...listed.acts];
    let askFrom = now + NEWS_EVERY;
    let told: Told | null = null;
    while (unread.size > 0 && told === null) {
      // Side by side, so that they come by one request.
      const some = [...unread].slice(0, READ_TOGETHER);
      const reads = await Promise.all(some.map((number) => pulls.read({ ...ref, number }, config)));
      for (const [index, number] of some.entries()) {
        const proposal = reads[index];
        if (proposal?.kind === "unreadable") {
          // The others wait with it, and none is forgotten.
          askFrom = Math.max(askFrom, proposal.retryAt ?? 0);
          told ??= unreadable(`#${number}: ${proposal.why}`, askFrom);
          continue;
        }
        unread.delete(number);
        if (proposal?.kind === "read") acts.push(...actsIn(proposal.snapshot));
      }
    }
    const newest = newestOf(acts);
    return {
      askFrom,
      wholeFrom,
      upTo: listed.upTo,
      acts: newest,
      unread: [...unread],
      told: told ?? { kind: "read", acts: newest },
    };
  }
}

/** Who did something on a pull request, and when. */
function* actsIn({ pull, utterances, events }: Snapshot): Generator<TimedAct> {
  const act = (person: PersonRef | null, at: Instant) => (person === null ? [] : [{ person, at }]);
  yield* act(pull.author, pull.createdAt);
  for (const { author, createdAt, revisions } of utterances) {
    yield* act(author, createdAt);
    // Somebody else's edit of it is that person's act.
    for (const { editor, at } of revisions) yield* act(editor, at);
  }
  for (const { actor, at } of events) yield* act(actor, at);
}
