import { isMembersAffair, onRoster } from "../../domain/acts/roster.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { HOUR, type Instant, MINUTE } from "../../domain/text/time.js";
import type { Meter, Spending } from "../../github/client/meter.js";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import { proposalKey, repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";

/** What a pull request in which nobody on the roster is involved may cost in any hour. */
export const HOURLY = { requests: 60, bytes: 5_000_000 } as const;
/** What people on no team may cost in any hour where somebody on the roster is involved: on a motion, say. */
export const STRANGERS_HOURLY = { requests: 240, bytes: 100_000_000 } as const;
/** Beyond that, what they do on it waits so long at most. */
export const STRANGERS_WAIT = 10 * MINUTE;
/** What a reconcile is assumed to need before the first one is over. */
const FIRST_RECONCILE = { requests: 4, bytes: 0 } as const;
/** More pull requests than are ever reconciled within an hour. */
const MOST_REMEMBERED = 20_000;

interface Spent {
  readonly requests: number;
  readonly bytes: number;
}
/** `until`: how long it counts against the budget; an expensive reconcile counts for longer than an hour, so that the average stays in bounds. */
type Entry = Spent & { readonly until: Instant; readonly by: Asker };

interface Account {
  entries: readonly Entry[];
  /** What its last reconcile read, and when it was over. */
  last: Spent;
  endedAt: Instant;
  standing: "members" | "outsiders";
}

/**
 * Who asks for a reconcile, the most urgent first: somebody on the roster, a deadline or a resync; people on no team, where somebody on the
 * roster is involved; anybody and anything where nobody is.
 */
export const ASKERS = ["roster", "strangers", "outsiders"] as const;
export type Asker = (typeof ASKERS)[number];

/** Who did what a webhook tells of, as it tells it. */
export interface Sender {
  readonly login: string;
  readonly id: number | null;
}

/**
 * What outsiders' pull requests may cost, and what strangers may on the others. A reconcile beyond it is put off, never dropped; an act of somebody
 * on the roster ends that.
 * Who is an outsider is a guess (from the last reconcile, and from a webhook's sender): a wrong guess costs time and no vote.
 */
export class Budgets {
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #accounts = new Map<string, Account>();
  /** The rules last seen, by repository. */
  readonly #rosters = new Map<string, (sender: Sender) => boolean>();

  constructor(clock: Clock, meter: Meter) {
    this.#clock = clock;
    this.#meter = meter;
  }

  /** Every reconcile tells whether it found somebody on the roster involved. */
  judged(ref: ProposalRef, snapshot: Snapshot, rules: Rules): void {
    const account = this.#of(ref);
    account.standing = isMembersAffair(snapshot, rules) ? "members" : "outsiders";
    const isTheirs = onRoster(rules);
    this.#rosters.set(repositoryKey(ref), ({ login, id }) => isTheirs({ type: "User", login, id }));
  }

  /** The same of one whose last reconcile was before a start. */
  stands(ref: ProposalRef, members: boolean): void {
    this.#of(ref).standing = members ? "members" : "outsiders";
  }

  /** Goes before outsiders' pull requests: the last reconcile found somebody on the roster involved. */
  isMembers(ref: ProposalRef): boolean {
    return this.#accounts.get(proposalKey(ref))?.standing === "members";
  }

  /** Is the sender on the roster? Where that is not known yet, they may be. */
  mayBeMember(repository: RepositoryRef, sender: Sender | null): boolean {
    if (sender === null) return true;
    return this.#rosters.get(repositoryKey(repository))?.(sender) ?? true;
  }

  /** Who asks by a webhook. */
  askerOf(ref: ProposalRef, sender: Sender | null): Asker {
    if (this.mayBeMember(ref, sender)) return "roster";
    return this.isMembers(ref) ? "strangers" : "outsiders";
  }

  /** When the next reconcile may begin that nobody on the roster asks for: now, or when enough of what was spent is an hour old. */
  mayReconcileAt(ref: ProposalRef): Instant {
    const now = this.#clock.now();
    const account = this.#accounts.get(proposalKey(ref));
    if (account === undefined) return now;
    const { entries, last, endedAt, standing } = account;
    if (standing === "outsiders") return roomAt(entries, last, HOURLY, now);
    const strangers = entries.filter(({ by }) => by === "strangers");
    const at = roomAt(strangers, last, STRANGERS_HOURLY, now);
    return Math.max(now, Math.min(at, endedAt + STRANGERS_WAIT));
  }

  /** Runs a reconcile and counts what it costs. `background`: does nobody wait for it, as things stand? */
  async measure<T>(
    ref: ProposalRef,
    by: Asker,
    work: () => Promise<T>,
    background: () => boolean = () => false,
  ): Promise<T> {
    // Asked each time: the reconcile itself finds out whether somebody on the roster is involved.
    const outsiders = () => by !== "roster" && this.#of(ref).standing === "outsiders";
    const spending: Spending = {
      requests: 0,
      bytes: 0,
      get outsiders() {
        return outsiders();
      },
      get background() {
        return background();
      },
      mayWriteAt: (spent) => {
        if (!outsiders()) return null;
        const now = this.#clock.now();
        const entries = [...this.#of(ref).entries, entryOf(spent, by, now)];
        const at = roomAt(entries, { requests: 1, bytes: 0 }, HOURLY, now);
        return at > now ? at : null;
      },
    };
    try {
      return await this.#meter.during(spending, work);
    } finally {
      const now = this.#clock.now();
      const account = this.#of(ref);
      const { requests, bytes } = spending;
      account.entries = [...account.entries.filter(({ until }) => until > now), entryOf(spending, by, now)];
      account.last = {
        requests: Math.min(requests, FIRST_RECONCILE.requests),
        bytes: Math.min(bytes, HOURLY.bytes),
      };
      account.endedAt = now;
    }
  }

  #of(ref: ProposalRef): Account {
    const key = proposalKey(ref);
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    if (this.#accounts.size >= MOST_REMEMBERED) this.#forgetOld();
    const made: Account = { entries: [], last: FIRST_RECONCILE, endedAt: 0, standing: "outsiders" };
    this.#accounts.set(key, made);
    return made;
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [key, { entries }] of this.#accounts)
      if (entries.every(({ until }) => until <= now)) this.#accounts.delete(key);
  }
}

function entryOf({ requests, bytes }: Spent, by: Asker, now: Instant): Entry {
  const share = by === "strangers" ? STRANGERS_HOURLY : HOURLY;
  const hours = Math.max(1, requests / share.requests, bytes / share.bytes);
  return { requests, bytes, by, until: now + Math.ceil(hours * HOUR) };
}

/** The first moment at which `wanted` fits into the share of an hour beside what was spent. */
function roomAt(entries: readonly Entry[], wanted: Spent, share: Spent, now: Instant): Instant {
  let standing = entries.filter(({ until }) => until > now);
  for (let at = now; ; ) {
    const spent = standing.reduce(
      (sum, { requests, bytes }) => ({ requests: sum.requests + requests, bytes: sum.bytes + bytes }),
      { requests: 0, bytes: 0 },
    );
    const fits =
      spent.requests + wanted.requests <= share.requests && spent.bytes + wanted.bytes <= share.bytes;
    if (fits || standing.length === 0) return at;
    at = Math.min(...standing.map(({ until }) => until));
    standing = standing.filter(({ until }) => until > at);
  }
}
