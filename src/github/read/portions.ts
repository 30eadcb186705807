import { LRUCache } from "lru-cache";
import { DAY, type Instant } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";

/**
 * From every list a hundred entries at a time down to a single list alone. GitHub gives up on what takes more than ten seconds, and on what takes
 * more of its machines than it lets one query have: several lists with large pages side by side are what it names.
 * https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/
 */
const PAGES = [100, 50, 25, 10] as const;
const SMALLEST = 10;
/** After the smallest page of all lists: of each alone. */
const LAST = PAGES.length;

/** How much is asked for at once while one pull request is read from its beginning. */
export class Portion {
  #step: number;

  constructor(step = 0) {
    this.#step = step;
  }

  get step(): number {
    return this.#step;
  }

  /** Entries of each list. */
  get page(): number {
    return PAGES[this.#step] ?? SMALLEST;
  }

  /** One list a request. */
  get alone(): boolean {
    return this.smallest;
  }

  get smallest(): boolean {
    return this.#step >= LAST;
  }

  shrink(): void {
    this.#step = Math.min(LAST, this.#step + 1);
  }
}

/** How a look asks for what is new: with the edits of the status comment; without them, as they are long; or not at all, and reads from the beginning. */
const WARM = ["whole", "edits_apart", "never"] as const;
export type WarmWay = (typeof WARM)[number];

interface Known {
  readonly step: number;
  readonly warm: number;
  /** Looks in a row that were too much for GitHub. */
  readonly failed: number;
  /** A bad day of GitHub's passes. */
  readonly until: Instant;
}

const NOTHING = { step: 0, warm: 0, failed: 0 };
/** A look that fails once may do so for GitHub's reasons. */
const FAILURES = 2;
const REMEMBERED = 1000;

/** What GitHub lets be asked of each pull request at once, as far as it was found out within a day. */
export class Portions {
  readonly #known = new LRUCache<string, Known>(atMost(REMEMBERED));

  /** To begin a read from the beginning with. */
  of(key: string, now: Instant): Portion {
    return new Portion(this.#of(key, now).step);
  }

  /** It was read from the beginning in such portions. */
  did(key: string, { step }: Portion, now: Instant): void {
    if (step !== this.#of(key, now).step) this.#set(key, now, { step });
  }

  warm(key: string, now: Instant): WarmWay {
    return WARM[this.#of(key, now).warm] ?? "never";
  }

  warmDid(key: string, now: Instant): void {
    if (this.#of(key, now).failed > 0) this.#set(key, now, { failed: 0 });
  }

  /** true: it is to be read from the beginning now, and asked for less from now on. */
  warmFailed(key: string, now: Instant): boolean {
    const { warm, failed } = this.#of(key, now);
    if (failed + 1 < FAILURES) {
      this.#set(key, now, { failed: failed + 1 });
      return false;
    }
    this.#set(key, now, { warm: Math.min(WARM.length - 1, warm + 1), failed });
    return true;
  }

  #of(key: string, now: Instant): Omit<Known, "until"> {
    const known = this.#known.get(key);
    return known === undefined || known.until <= now ? NOTHING : known;
  }

  #set(key: string, now: Instant, change: Partial<Known>): void {
    const known = this.#known.get(key);
    const until = known === undefined || known.until <= now ? now + DAY : known.until;
    this.#known.set(key, { ...this.#of(key, now), ...change, until });
  }
}
