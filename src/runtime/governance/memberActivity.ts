import type { LastActs } from "../../domain/amendment/absence.js";
import type { PersonRef } from "../../domain/model/people.js";
import type { Rules } from "../../domain/model/rules.js";
import { DAY, type Instant, MINUTE } from "../../domain/text/time.js";
import type { DutyConnection } from "../../github/issues.js";
import type { Reader, RepositoryRef } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";

/** Eight weeks and some more, so that "last seen" can be told of somebody who has been listed as absent for a while. */
const REACH = 98 * DAY;
/** Pages of each list, at a hundred entries: the clerk needs the whole list, or none of it. */
const REACH_PAGES = 100;
/** An act stops a removal, so the lists are not older than this; an act of the last few minutes is seen by the next reading. */
const FRESH = 10 * MINUTE;

interface Reading {
  readonly at: Instant;
  /** null: it could not be told then, which is not asked again at once either. */
  readonly acts: LastActs | null;
}

/** absence.eight-weeks: who did something anywhere in a repository, and when last. Read only while somebody asks. */
export class MemberActivity {
  readonly #reader: Reader;
  readonly #issues: DutyConnection;
  readonly #clock: Clock;
  readonly #gitHubClock: Clock;
  readonly #known = new Map<string, Reading>();

  constructor(reader: Reader, issues: DutyConnection, clock: Clock, gitHubClock: Clock = clock) {
    this.#reader = reader;
    this.#issues = issues;
    this.#clock = clock;
    this.#gitHubClock = gitHubClock;
  }

  /** The newest act of each person, newest first; null: GitHub cannot tell now. */
  async lastActs(ref: RepositoryRef, rules: Rules, adoptedAt: Instant): Promise<LastActs | null> {
    const key = repositoryKey(ref);
    const known = this.#known.get(key);
    const now = this.#clock.now();
    if (known !== undefined && now - known.at < FRESH) return known.acts;
    const acts = await this.#read(ref, rules, adoptedAt, this.#gitHubClock.now() - REACH);
    this.#known.set(key, { at: now, acts });
    return acts;
  }

  async #read(
    ref: RepositoryRef,
    rules: Rules,
    adoptedAt: Instant,
    since: Instant,
  ): Promise<LastActs | null> {
    const listed = await this.#issues.activity(ref, since);
    if (listed.kind !== "read") return null;
    const acts: { person: PersonRef; at: Instant }[] = [...listed.acts];
    // Reviews without a comment are in no list of a repository: they are read with the PRs that have changed.
    const changed = await this.#reader.changed(ref, since, REACH_PAGES);
    // Somebody who is not on the first pages may be on the others.
    if (changed.kind !== "read" || changed.cutOff === true || changed.failed !== undefined) return null;
    for (const number of changed.numbers) {
      const proposal = await this.#reader.proposal({ ...ref, number }, rules, adoptedAt);
      if (proposal.kind === "unreadable") return null;
      if (proposal.kind !== "read") continue;
      const { pull, utterances, events } = proposal.snapshot;
      if (pull.author !== null) acts.push({ person: pull.author, at: pull.createdAt });
      for (const { author, createdAt, revisions } of utterances) {
        if (author !== null) acts.push({ person: author, at: createdAt });
        // Somebody else's edit of it is that person's act.
        for (const { editor, at } of revisions) if (editor !== null) acts.push({ person: editor, at });
      }
      for (const { actor, at } of events) if (actor !== null) acts.push({ person: actor, at });
    }
    const newest = new Map<string, { person: PersonRef; at: Instant }>();
    for (const {
      person: { login, id },
      at,
    } of acts) {
      const who = id === null ? login.toLowerCase() : String(id);
      if (at > (newest.get(who)?.at ?? 0)) newest.set(who, { person: { login, id }, at });
    }
    return [...newest.values()].sort((a, b) => b.at - a.at);
  }
}
