import { isMembersAffair, onRoster } from "../../domain/acts/roster.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { Meter, Spending } from "../../github/client/meter.js";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import { proposalKey, repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";

/** What a pull request in which nobody on the roster is involved may cost in any hour. */
export const HOURLY = { requests: 60, bytes: 5_000_000 } as const;
/** What a reconcile is assumed to need before the first one is over. */
const FIRST_LOOK = { requests: 4, bytes: 0 } as const;
/** More pull requests than are ever reconciled within an hour. */
const MOST_REMEMBERED = 20_000;

interface Spent {
  readonly requests: number;
  readonly bytes: number;
}
/** `until`: how long it counts against the budget; an expensive reconcile counts for longer than an hour, so that the average stays in bounds. */
type Entry = Spent & { readonly until: Instant };

interface Account {
  entries: readonly Entry[];
  /** What its last reconcile read. */
  last: Spent;
  standing: "members" | "outsiders";
}

/** Who did what a webhook tells of, as it tells it. */
export interface Sender {
  readonly login: string;
  readonly id: number | null;
}

/**
 * What outsiders' pull requests may cost. A reconcile beyond it is put off, never dropped; an act of somebody on the roster ends that.
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

  /** Goes before outsiders' pull requests: the last reconcile found somebody on the roster involved. */
  isMembers(ref: ProposalRef): boolean {
    return this.#accounts.get(proposalKey(ref))?.standing === "members";
  }

  /** Is the sender on the roster? Where that is not known yet, they may be. */
  mayBeMember(repository: RepositoryRef, sender: Sender | null): boolean {
    if (sender === null) return true;
    return this.#rosters.get(repositoryKey(repository))?.(sender) ?? true;
  }

  /** When the next reconcile may begin: now, or when enough of what was spent is an hour old. */
  mayReconcileAt(ref: ProposalRef): Instant {
    const now = this.#clock.now();
    const account = this.#accounts.get(proposalKey(ref));
    if (account === undefined || account.standing === "members") return now;
    return roomAt(account.entries, account.last, now);
  }

  /** Runs a reconcile and counts what it costs. `first`: somebody on the roster asks for it. */
  async measure<T>(ref: ProposalRef, first: boolean, look: () => Promise<T>): Promise<T> {
    // Asked each time: the reconcile itself finds out whether somebody on the roster is involved.
    const outsiders = () => !first && this.#of(ref).standing === "outsiders";
    const spending: Spending = {
      requests: 0,
      bytes: 0,
      get outsiders() {
        return outsiders();
      },
      mayWriteAt: (spent) => {
        if (!outsiders()) return null;
        const now = this.#clock.now();
        const at = roomAt([...this.#of(ref).entries, entryOf(spent, now)], { requests: 1, bytes: 0 }, now);
        return at > now ? at : null;
      },
    };
    try {
      return await this.#meter.during(spending, look);
    } finally {
      const now = this.#clock.now();
      const account = this.#of(ref);
      const { requests, bytes } = spending;
      account.entries = [...account.entries.filter(({ until }) => until > now), entryOf(spending, now)];
      account.last = {
        requests: Math.min(requests, FIRST_LOOK.requests),
        bytes: Math.min(bytes, HOURLY.bytes),
      };
    }
  }

  #of(ref: ProposalRef): Account {
    const key = proposalKey(ref);
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    if (this.#accounts.size >= MOST_REMEMBERED) this.#forgetOld();
    const made: Account = { entries: [], last: FIRST_LOOK, standing: "outsiders" };
    this.#accounts.set(key, made);
    return made;
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [key, { entries }] of this.#accounts)
      if (entries.every(({ until }) => until <= now)) this.#accounts.delete(key);
  }
}

function entryOf({ requests, bytes }: Spent, now: Instant): Entry {
  const hours = Math.max(1, requests / HOURLY.requests, bytes / HOURLY.bytes);
  return { requests, bytes, until: now + Math.ceil(hours * HOUR) };
}

/** The first moment at which `wanted` fits beside what was spent. */
function roomAt(entries: readonly Entry[], wanted: Spent, now: Instant): Instant {
  let standing = entries.filter(({ until }) => until > now);
  for (let at = now; ; ) {
    const spent = standing.reduce(
      (sum, { requests, bytes }) => ({ requests: sum.requests + requests, bytes: sum.bytes + bytes }),
      { requests: 0, bytes: 0 },
    );
    const fits =
      spent.requests + wanted.requests <= HOURLY.requests && spent.bytes + wanted.bytes <= HOURLY.bytes;
    if (fits || standing.length === 0) return at;
    at = Math.min(...standing.map(({ until }) => until));
    standing = standing.filter(({ until }) => until > at);
  }
}
