import { faultLine } from "../../config/faultText.js";
import { stageNow } from "../../domain/acts/stage.js";
import type { Action } from "../../domain/model/action.js";
import type { Decision } from "../../domain/model/decision.js";
import { CONFIG_FILE, type Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import type { RepositoryRef } from "../../github/ports.js";
import { NO_CLERK } from "../../github/read/whoIsTheClerk.js";
import { asAdopted } from "../draft/asAdopted.js";
import { type DraftFile, draftRules } from "../draft/draftFile.js";
import type { FirstDay } from "../draft/firstDay.js";
import { type OlderBot, olderBotOn } from "../draft/olderBot.js";
import { patient } from "../draft/patience.js";
import { type Session, type Wanted, whyNot } from "../session.js";
import { type Compared, compare } from "./compare.js";
import type { DifferenceKind, ShadowDifference } from "./difference.js";
import { type Rerun, rerun } from "./rerun.js";

/** What a look is about, known before the first proposal is read. */
export interface Look {
  readonly repository: string;
  readonly rulesFrom:
    | { readonly kind: "branch"; readonly commit: string }
    | { readonly kind: "file"; readonly file: string; readonly alsoOnBranch: boolean };
  /** Login of the clerk that is at work there already; null: none is. */
  readonly clerk: string | null;
  /** Logins of the older bots that are believed. */
  readonly olderBots: readonly string[];
  readonly since: Instant;
}

/** A proposal that was looked at. */
export type Looked =
  | { readonly kind: "unreadable"; readonly number: number; readonly why: string }
  | ComparedProposal;

export interface ComparedProposal extends Compared {
  readonly kind: "compared";
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly at: Instant;
  /** What the clerk would say now, had it been there all along. */
  readonly now: string;
  readonly decision: Decision;
  readonly bot: OlderBot;
  readonly differences: readonly ShadowDifference[];
  readonly firstDay: readonly Action[];
  readonly wouldWrite: readonly string[];
}

export interface Summary extends FirstDay {
  readonly agree: number;
  readonly differ: number;
  readonly unreadable: number;
  readonly notProposals: number;
  readonly amendments: number;
  /** It was ended before these were read. */
  readonly notLookedAt: number;
  /** How many differences of each kind. */
  readonly kinds: ReadonlyMap<DifferenceKind, number>;
  readonly requests: number;
}

/** Whoever is told while it goes on. */
export interface Audience {
  readonly began: (look: Look) => void;
  readonly looked: (looked: Looked) => void;
  readonly progress: (done: number, of: number) => void;
  readonly waits: (why: string, until: Instant) => void;
}

export interface LookWish {
  readonly wanted: Wanted;
  readonly since: Instant;
  readonly given: DraftFile | null;
  /** What is remembered of a proposal makes the next look cheap. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

/** `why`: one plain sentence or more. */
export type LookResult =
  | { readonly kind: "done"; readonly summary: Summary }
  | { readonly kind: "not"; readonly why: string };

/**
 * Looks at every proposal once. Writes nothing: it is given nothing to write with, neither to GitHub nor to this machine. One that cannot be read is
 * told, and the others are read. Where `signal` is aborted it ends after the proposal under way, with what it has.
 */
export async function lookAtAll(asked: LookWish, session: Session, tell: Audience): Promise<LookResult> {
  const spending = { requests: 0, bytes: 0, outsiders: false, background: false, mayWriteAt: () => null };
  return session.meter.during(spending, async () => {
    const ruled = await rulesFor(asked, session);
    if ("why" in ruled) return { kind: "not", why: ruled.why };
    const { owner, name } = asked.wanted;
    const ref: RepositoryRef = { owner, name, installation: session.installation };
    const clerk = await session.github.evidence.clerk();
    const listed = await patient(() => session.github.evidence.pulls(ref, asked.since), {
      clock: session.clock,
      signal: asked.signal,
      waits: tell.waits,
    });
    if (listed.kind !== "read") {
      const why = `The pull requests of ${owner}/${name} cannot be listed: ${whyNot(listed, session.clock.now())}.`;
      return { kind: "not", why };
    }
    tell.began({
      repository: `${owner}/${name}`,
      rulesFrom: ruled.from,
      olderBots: ruled.rules.legacyBots,
      clerk: clerk === NO_CLERK.account.login ? null : clerk,
      since: asked.since,
    });
    const counts = new Counts();
    let done = 0;
    for (const [index, number] of listed.numbers.entries()) {
      if (asked.signal.aborted) break;
      tell.progress(index + 1, listed.numbers.length);
      const looked = await lookAt(number, ruled, { ref, asked, session, tell });
      counts.add(looked);
      if (looked.kind === "compared" || looked.kind === "unreadable") tell.looked(looked);
      done += 1;
    }
    return { kind: "done", summary: counts.summary(spending.requests, listed.numbers.length - done) };
  });
}

interface Ruled {
  readonly rules: Rules;
  /** act.adoption, on the day of the look where no config is on the default branch yet. */
  readonly adoptedAt: Instant;
  readonly from: Look["rulesFrom"];
}

/** By the file that was given, else by the config of the default branch. */
async function rulesFor(
  { wanted, given }: LookWish,
  session: Session,
): Promise<Ruled | { readonly why: string }> {
  const { owner, name } = wanted;
  const config = await session.github.reader.config(
    { owner, name, installation: session.installation },
    true,
  );
  const now = session.clock.now();
  if (given !== null) {
    const parsed = draftRules(given);
    if ("why" in parsed) return parsed;
    const alsoOnBranch = config.kind === "valid" || config.kind === "invalid";
    return { rules: parsed.rules, adoptedAt: now, from: { kind: "file", file: given.file, alsoOnBranch } };
  }
  switch (config.kind) {
    case "valid":
      return { ...config, from: { kind: "branch", commit: config.commit } };
    case "absent":
      return {
        why: `${owner}/${name} has no config file on its default branch: say by which rules it is judged with --config FILE.`,
      };
    case "unreadable":
      return { why: `The config of ${owner}/${name} cannot be read: ${whyNot(config, now)}.` };
    case "invalid":
      return {
        why: [
          "The config file on the default branch is not right, so nothing is judged by it:",
          ...config.faults.map((fault) => `  ${faultLine(fault)}`),
          "With --config FILE it is judged by another one.",
        ].join("\n"),
      };
  }
}

type Found = Looked | { readonly kind: "no_proposal" | "amendment" };

interface Around {
  readonly ref: RepositoryRef;
  readonly asked: LookWish;
  readonly session: Session;
  readonly tell: Audience;
}

async function lookAt(number: number, ruled: Ruled, { ref, asked, session, tell }: Around): Promise<Found> {
  const proposal = { ...ref, number };
  const { evidence } = session.github;
  // Read as of the beginning of time: every revision of the older bot's comments matters, by whomever.
  const by = { rules: ruled.rules, adoptedAt: 0 };
  const read = await patient(() => evidence.pull(proposal, by), {
    ...{ clock: session.clock, signal: asked.signal, waits: tell.waits },
  });
  const now = session.clock.now();
  if (!asked.again) evidence.forget(proposal);
  if (read.kind !== "read") return { kind: "unreadable", number, why: whyNot(read, now) };
  return judged(read.snapshot, ruled, now);
}

/** What there is to tell of a proposal that was read. Pure. */
export function judged(
  read: Snapshot,
  { rules, adoptedAt }: Pick<Ruled, "rules" | "adoptedAt">,
  now: Instant,
): Found {
  const { number, title, url } = read.pull;
  if (read.files.some(({ path }) => path === CONFIG_FILE)) return { kind: "amendment" };
  const bot = olderBotOn(read, rules);
  if (bot.status === null && !stageNow(read, rules).inScope) return { kind: "no_proposal" };
  const again = rerun(read, rules, now);
  if (again.kind === "too_much")
    return {
      kind: "unreadable",
      number,
      why: `too much has happened on it to go through it all (${again.moments} moments)`,
    };
  // What it would write if it came now: what people did before is no act then, and an older bot's motion is taken over.
  const first = asAdopted(read, rules, adoptedAt, now);
  return {
    kind: "compared",
    ...{ number, title, url, at: now, bot, now: lastSaid(again), decision: again.decision },
    ...compare(read, rules, again, bot, first.decision),
    firstDay: first.actions,
    wouldWrite: first.wouldWrite,
  };
}

const lastSaid = ({ moments }: Rerun): string => moments.at(-1)?.sentence ?? "";

class Counts {
  readonly #number = { agree: 0, differ: 0, unreadable: 0, no_proposal: 0, amendment: 0 };
  readonly #kinds = new Map<DifferenceKind, number>();
  readonly #firstDay = new Map<Action["kind"], number>();
  #firstDayOn = 0;

  add(found: Found): void {
    if (found.kind !== "compared") {
      this.#number[found.kind] += 1;
      return;
    }
    this.#number[found.differences.length === 0 ? "agree" : "differ"] += 1;
    for (const { kind } of found.differences) this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    if (found.firstDay.length > 0) this.#firstDayOn += 1;
    for (const { kind } of found.firstDay) this.#firstDay.set(kind, (this.#firstDay.get(kind) ?? 0) + 1);
  }

  summary(requests: number, notLookedAt: number): Summary {
    const { agree, differ, unreadable, no_proposal: notProposals, amendment: amendments } = this.#number;
    return {
      ...{ agree, differ, unreadable, notProposals, amendments, notLookedAt, requests },
      ...{ kinds: this.#kinds, firstDay: this.#firstDay, firstDayOn: this.#firstDayOn },
    };
  }
}
