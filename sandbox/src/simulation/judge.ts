import { SECOND } from "msc-clerk/domain/text/time.js";
import { type Amendment, hasPassed } from "./amendment.js";
import type { Arena } from "./arena.js";
import { type Calm, faultIn, faultInAmendment, faultInRecord } from "./calm.js";
import { LENGTH, neededOf } from "./config.js";
import { FCP, type KeptText, markOf, sequenceIn } from "./marks.js";
import {
  type Body,
  blocking,
  CLERK,
  type Fact,
  isApprovedAsItIs,
  mayBegin,
  mayConclude,
  openMotion,
  type Reckoned,
  standings,
  UNSEEN,
} from "./model.js";
import { ownComments, type Proposal } from "./people.js";
import { AUTHOR } from "./story.js";

/** What was looked at of a pull request: so many events and comments, which green check, and every text with a record. */
interface Seen {
  events: number;
  comments: number;
  green: string;
  readonly texts: Set<string>;
}

const nothingSeen = (): Seen => ({ events: 0, comments: 0, green: "", texts: new Set() });

/** What is not as the rules have it, in a line. */
export class Wrong extends Error {}

/** Compares what stands on GitHub and in the store with the model: some of it after each thing that is written, all of it in a calm. */
export class Judge {
  readonly #place: Arena;
  /** By whom was decided from when on: one, or two of which each has to have it so, while the config is nobody's decision. */
  readonly #rosters: { readonly from: number; readonly bodies: readonly [Body, ...Body[]] }[] = [];
  /** When the config was something else than what the team decided, until when. */
  readonly #unsettled: {
    readonly from: number;
    until: number;
    readonly how: "broken" | "without approval";
  }[] = [];
  /** How many events, comments and runs of each proposal were looked at. */
  readonly #seen = new Map<number, Seen>();
  /** What is remembered of a motion's end, as the clerk kept it, and the second it did. */
  readonly #concluded = new Map<number, Map<number, number>>();
  /** The highest number of a record that the store ever had. */
  readonly #highest = new Map<number, number>();
  #wrong: string | null = null;
  /** How often a record was found lost, so that the model can only say what must not be. */
  lost = new Set<number>();
  begun = 0;
  concluded = 0;

  constructor(place: Arena, members: readonly string[]) {
    this.#place = place;
    this.roster(members);
  }

  wrong(what: string): void {
    this.#wrong ??= what;
  }

  orThrow(): void {
    if (this.#wrong !== null) throw new Wrong(this.#wrong);
  }

  config(how: "broken" | "without approval" | null): void {
    const now = this.#place.clock.now();
    const open = this.#unsettled.find(({ until }) => until === Number.POSITIVE_INFINITY);
    if (open !== undefined) open.until = now;
    if (how !== null) this.#unsettled.push({ from: now, until: Number.POSITIVE_INFINITY, how });
  }

  /** From now on these sit in the team; `also`: by a config that nobody has decided, these. */
  roster(members: readonly string[], also: readonly string[] | null = null): void {
    const from = this.#rosters.length === 0 ? Number.NEGATIVE_INFINITY : this.#place.clock.now();
    const lawful = this.#bodyOf(members);
    this.#rosters.push({ from, bodies: also === null ? [lawful] : [lawful, this.#bodyOf(also)] });
  }

  #bodyOf(members: readonly string[]): Body {
    const satIn = (who: string, at: number) => this.#bodiesAt(at)[0].members.includes(who);
    return { members, satIn, author: AUTHOR, needed: neededOf(members.length), length: LENGTH };
  }

  #bodiesAt(at: number): readonly [Body, ...Body[]] {
    const roster = this.#rosters.findLast(({ from }) => from <= at) ?? this.#rosters[0];
    if (roster === undefined) throw new Error("nobody sits in the team");
    return roster.bodies;
  }

  get #body(): Body {
    return this.#bodiesAt(Number.POSITIVE_INFINITY)[0];
  }

  standings(proposal: Proposal, upTo = Number.POSITIVE_INFINITY): readonly Reckoned[] {
    return standings(
      this.#factsOf(proposal).filter(({ at }) => at <= upTo),
      this.#body,
      "text 1",
    );
  }

  /** What people did, with what the clerk did of which the rules go on. */
  #factsOf(proposal: Proposal): readonly Fact[] {
    const { sandbox } = this.#place;
    const clerks: Fact[] = [];
    for (const event of sandbox.thread(proposal.number).events)
      if (event.kind === "labeled" && event.name === FCP && event.actorId === sandbox.app.botId)
        clerks.push({ at: event.at, by: CLERK, kind: "begun" });
    for (const at of this.#concluded.get(proposal.number)?.values() ?? [])
      clerks.push({ at, by: CLERK, kind: "concluded" });
    return [...proposal.facts, ...clerks].sort((a, b) => a.at - b.at);
  }

  // --- after each thing that is kept or written ---

  keptOf(number: number): void {
    const sequence = this.#place.kept.get(number)?.sequence ?? 0;
    this.#highest.set(number, Math.max(this.#highest.get(number) ?? 0, sequence));
    const proposal = this.#place.proposals.find((one) => one.number === number);
    if (proposal === undefined) return;
    const known = this.#concluded.get(number) ?? new Map<number, number>();
    const { register } = JSON.parse(this.#place.kept.get(number)?.record ?? "{}") as KeptText;
    for (const { number: motion, end } of [
      ...register.past,
      ...(register.motion === null ? [] : [register.motion]),
    ]) {
      // It was lost, and is not so any more. Of one that is void what was decided before stands.
      if (end === null) known.delete(motion);
      if (end?.kind !== "concluded") continue;
      if (known.get(motion) === end.at) continue;
      const isDue = (standing: Reckoned, body: Body) =>
        mayConclude(standing, body, end.at) || standing.motions[motion - 1]?.end === "concluded";
      if (!this.#might(proposal, end.at, isDue))
        this.wrong(`#${number}: the Final Comment Period is over that may not be yet`);
      known.set(motion, end.at);
      this.concluded += 1;
    }
    this.#concluded.set(number, known);
  }

  written(): void {
    for (const proposal of this.#place.proposals) this.#lookAt(proposal);
    const { amendment } = this.#place;
    if (amendment !== null) this.#lookAtAmendment(amendment);
  }

  /** It is green only with its votes, and nothing is told twice of it either. */
  #lookAtAmendment(amendment: Amendment): void {
    const { number } = amendment;
    const { sandbox, clock } = this.#place;
    const seen = this.#seen.get(number) ?? nothingSeen();
    this.#seen.set(number, seen);
    const run = sandbox.checkOn(number);
    const green = run?.conclusion === "success" ? `${run.id}` : "";
    if (green !== "" && green !== seen.green) {
      const passed = this.#momentsUpTo(clock.now(), amendment.said).some((moment) =>
        this.#bodiesAt(moment).every(({ members }) => hasPassed(amendment, members, moment)),
      );
      if (!passed) this.wrong(`#${number}: the check of the amendment is green that may not be`);
    }
    seen.green = green;
    this.#lookAtTexts(number, seen);
  }

  #lookAt(proposal: Proposal): void {
    const { sandbox, clock } = this.#place;
    const { number } = proposal;
    const { events } = sandbox.thread(number);
    const seen = this.#seen.get(number) ?? nothingSeen();
    this.#seen.set(number, seen);
    const now = clock.now();
    for (const event of events.slice(seen.events)) {
      if (event.kind !== "labeled" || event.actorId !== sandbox.app.botId) continue;
      if (event.name === FCP) {
        const running = this.#might(
          proposal,
          event.at - 1,
          (standing) => openMotion(standing)?.begunAt != null,
        );
        if (!running) this.begun += 1;
        if (
          !running &&
          !this.#might(proposal, event.at - 1, (standing, body) => mayBegin(standing, body, false))
        )
          this.wrong(`#${number}: a Final Comment Period begins that may not`);
      }
      const over = ["finished-final-comment-period", "rejected", "proposal-postponed"].includes(event.name);
      if (over && (this.#concluded.get(number)?.size ?? 0) === 0)
        this.wrong(`#${number}: ${event.name} is put on, and nothing of it is kept`);
    }
    seen.events = events.length;
    const run = sandbox.checkOn(number);
    const green = run?.conclusion === "success" ? `${run.id}` : "";
    if (green !== "" && green !== seen.green) {
      const accepted = (standing: Reckoned, body: Body) => {
        const motion = standing.motions.at(-1);
        return (
          motion?.end === "concluded" &&
          motion.disposition === "merge" &&
          isApprovedAsItIs(standing, body, false) &&
          blocking(standing).length === 0
        );
      };
      if (!this.#might(proposal, now, accepted)) this.wrong(`#${number}: the check is green that may not be`);
    }
    seen.green = green;
    this.#lookAtTexts(number, seen);
  }

  #lookAtTexts(number: number, seen: Seen): void {
    const { sandbox } = this.#place;
    const comments = ownComments(sandbox, number);
    if (comments.length !== seen.comments)
      this.#lookAtComments(
        number,
        comments.map(({ body }) => markOf(body) ?? ""),
        seen.comments,
      );
    seen.comments = comments.length;
    // memory.kept: the store first. What it has lost since is no matter.
    const kept = this.#highest.get(number) ?? 0;
    for (const text of [...comments.map(({ body }) => body), sandbox.checkOn(number)?.text ?? ""]) {
      if (seen.texts.has(text)) continue;
      seen.texts.add(text);
      const shown = sequenceIn(text);
      if (shown > kept) this.wrong(`#${number}: GitHub shows record ${shown}, and the store has had ${kept}`);
    }
  }

  /** comment.once */
  #lookAtComments(number: number, marks: readonly string[], before: number): void {
    const twice = marks.find((mark, at) => at >= before && mark !== "" && marks.indexOf(mark) < at);
    if (twice !== undefined) this.wrong(`#${number}: the comment “${twice}” is there twice`);
    if (marks.some((mark) => mark.startsWith("announce rebuilt:"))) this.lost.add(number);
  }

  /** Was it so at any moment that the clerk may have looked at? */
  #might(proposal: Proposal, at: number, is: (standing: Reckoned, body: Body) => boolean): boolean {
    return this.#momentsUpTo(at, proposal.facts).some((moment) => {
      if (
        this.#unsettled.some(
          ({ from, until, how }) => how === "broken" && from <= moment - 10 * SECOND && moment < until,
        )
      )
        return false;
      const standings = this.standings(proposal, moment);
      return this.#bodiesAt(moment).every((body) => standings.some((standing) => is(standing, body)));
    });
  }

  /** Moments at which the clerk may have looked, of those between which something was another. */
  #momentsUpTo(at: number, facts: readonly { readonly at: number }[]): readonly number[] {
    const moments = new Set([at, at - UNSEEN]);
    for (const moment of [...facts.map((fact) => fact.at), ...this.#rosters.map(({ from }) => from)])
      if (moment <= at && moment >= at - UNSEEN) moments.add(moment - 1).add(moment);
    return [...moments];
  }

  // --- in a calm ---

  async calm(): Promise<void> {
    const { sandbox, clock } = this.#place;
    const calm: Calm = { sandbox, body: this.#body, now: clock.now() };
    for (const proposal of this.#place.proposals) {
      if (this.lost.has(proposal.number)) continue;
      const faults = this.standings(proposal).map((standing) => faultIn(calm, proposal.number, standing));
      const [first] = faults;
      if (!faults.includes(null) && first != null) this.wrong(`#${proposal.number}: ${first}`);
      // What is ended is no one's to restore: GitHub has the record of when it ended.
      if (sandbox.thread(proposal.number).state === "open") await this.#compareRecords(calm, proposal.number);
    }
    const { amendment } = this.#place;
    if (amendment !== null && !this.lost.has(amendment.number)) {
      const fault = faultInAmendment(calm, amendment);
      if (fault !== null) this.wrong(`#${amendment.number}, an amendment: ${fault}`);
      if (amendment.merged === null) await this.#compareRecords(calm, amendment.number);
    }
    this.orThrow();
  }

  async #compareRecords(calm: Calm, number: number): Promise<void> {
    const fault = await faultInRecord(calm, this.#place.store, number);
    if (fault !== null) this.wrong(`#${number}: ${fault}`);
  }
}
