import {
  DIGEST,
  type DutyFacts,
  duties,
  type IssueAction,
  keptIssue,
  type OwnIssue,
  planIssues,
  UNLAWFUL_CONFIG,
} from "../../domain/duties/duties.js";
import { type DigestFacts, isStale } from "../../domain/messages/digest.js";
import type { Rules } from "../../domain/model/rules.js";
import { digestDue, nextDigest } from "../../domain/reminders/week.js";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import { type DutyConnection, ISSUES_GOOD_FOR } from "../../github/issues.js";
import type { Reader, RepositoryRef, WriteOutcome } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { Scheduler } from "../../platform/scheduler.js";
import type { ProposalKey } from "../../store/port.js";
import type { Decisions } from "../reconcile/decisions.js";
import type { Outlines } from "../reconcile/outlines.js";
import type { Records } from "../reconcile/records.js";

export interface DutySchedulerOptions {
  readonly reader: Pick<Reader, "config" | "versions" | "history" | "lastActs">;
  readonly issues: DutyConnection;
  readonly decisions: Pick<Decisions, "register">;
  /** remind.digest: what every proposal waits for. */
  readonly outlines: Pick<Outlines, "of">;
  /** Where it is kept that an issue is about to be opened. */
  readonly records: Records;
  readonly clock: Clock;
  /** GitHub's time, by which duties fall due. */
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** `slug[bot]`, once it is known: without it the clerk's own issues cannot be told from others'. */
  readonly login: () => string | null;
  readonly dryRun: boolean;
  /** remind.digest: it is about to be written, there. false: the store does not take that now, and it waits. */
  readonly onDigest: (repository: number, facts: DigestFacts, url: string) => Promise<boolean>;
  /** How long GitHub's lists may lag behind what was written; an issue is not made twice within it. */
  readonly lagWindow: number;
  /** Since when it is this instance's, by the machine's clock; null: it is another's, which has these duties too. */
  readonly heldSince: (ref: RepositoryRef) => Instant | null;
}

/**
 * The standing duties of each repository: checked after a start, once a day and when its config has changed. One round at a time;
 * what fails is tried again. Nothing is decided here: `domain/duties` says which issues there should be.
 */
export class DutyScheduler {
  readonly #options: DutySchedulerOptions;
  readonly #alarms: Scheduler<RepositoryRef>;
  /** `fresh`: its config is asked for anew. */
  readonly #waiting = new Map<string, { readonly ref: RepositoryRef; readonly fresh: boolean }>();
  /** Issues that this process has made, by repository and key: GitHub's lists may not show them. */
  readonly #made = new Map<string, Instant>();
  /** Since when a digest that is due waits for what is not reconciled yet, by repository. */
  readonly #digestWaits = new Map<string, Instant>();
  readonly #startedAt: Instant;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(options: DutySchedulerOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#alarms = new Scheduler(options.clock, (ref) => this.want(ref));
  }

  /** Has the repository's duties checked soon. `fresh` false: its config was read just now. */
  want(ref: RepositoryRef, fresh = true): void {
    if (this.#stopped) return;
    const key = repositoryKey(ref);
    this.#waiting.set(key, { ref, fresh: fresh || this.#waiting.get(key)?.fresh === true });
    this.#running ??= this.#rounds().finally(() => {
      this.#running = null;
      // Asked for after the last round had read the list of what waits.
      const [late] = this.#waiting.values();
      if (late !== undefined) this.want(late.ref, late.fresh);
    });
  }

  idle(): boolean {
    return this.#running === null;
  }

  /** When they are looked at next by themselves; null: that is not known. */
  next(): Instant | null {
    return this.#alarms.next();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    this.#waiting.clear();
    await this.#running;
  }

  async #rounds(): Promise<void> {
    for (const [key, { ref, fresh }] of this.#waiting) {
      this.#waiting.delete(key);
      if (this.#stopped) return;
      const { clock, log } = this.#options;
      let next: Instant;
      try {
        next = await this.#round(ref, fresh);
      } catch (thrown) {
        log.error("The standing duties could not be looked at; it will be tried again.", {
          repository: key,
          error: errorMessage(thrown),
        });
        next = clock.now() + 10 * MINUTE;
      }
      this.#alarms.set(key, next, ref);
    }
  }

  /** When to check again. */
  async #round(ref: RepositoryRef, fresh: boolean): Promise<Instant> {
    const { reader, issues, decisions, records, clock, gitHubClock, log, login, dryRun, lagWindow } =
      this.#options;
    const repository = repositoryKey(ref);
    const soon = (retryAt: Instant | null) => Math.max(retryAt ?? 0, clock.now() + MINUTE);
    const heldSince = this.#options.heldSince(ref);
    // Whoever gains it has them looked at.
    if (heldSince === null) return clock.now() + DAY;
    const me = login();
    if (me === null) return soon(null);
    const config = await reader.config(ref, fresh);
    if (config.kind === "unreadable") return soon(config.retryAt);
    if (config.kind === "absent") return clock.now() + DAY;
    const known =
      config.kind === "valid"
        ? await reader.versions(ref, config)
        : await reader.history(ref, config.repository);
    if (known.kind === "unreadable") return soon(known.retryAt);
    if (known.kind === "gone") return clock.now() + DAY;
    // A config that is not valid has no duties of its own; those of the last valid one still report that nobody approved it.
    const rules = known.versions.findLast((version) => version.rules !== null)?.rules ?? null;
    if (rules === null) return clock.now() + DAY;
    const seen =
      config.kind === "valid" && rules.duties.absence
        ? await reader.lastActs(ref, { rules, adoptedAt: config.adoptedAt })
        : null;
    const untold = seen?.kind === "unreadable" ? seen : null;
    if (untold !== null)
      log.warn(
        "When the members were last seen cannot be told. Until it can, nobody counts as absent; the other duties go on.",
        { repository, why: untold.why },
      );
    // Each duty stands on its own: this one waits, the others do not.
    const again = clock.now() + DAY;
    const done = untold === null ? again : Math.min(soon(untold.retryAt), again);
    const of = { repository: config.repository, pull: NO_PULL };
    const askedAt = gitHubClock.now();
    const listed = await issues.issues(ref, me);
    if (listed.kind !== "read") return soon(listed.kind === "unreadable" ? listed.retryAt : null);
    const listedAt = clock.now() - (gitHubClock.now() - (listed.askedAt ?? askedAt));
    const open = await records.openUntil(of, listed.askedAt ?? askedAt, lagWindow);
    if (open.kind === "unavailable") return soon(null);
    // Kept times are GitHub's; waiting goes by the machine's clock.
    if (open.kind === "wait") return soon(clock.now() + open.until - gitHubClock.now());
    const decided = await decisions.register(config.repository, rules.recordKeys ?? []);
    if (decided.kind === "unavailable") return soon(null);
    const digest =
      config.kind === "valid" ? await this.#digest(ref, rules, listed.issues) : { again: clock.now() + DAY };
    if (digest.facts !== undefined && config.kind === "valid" && !dryRun) {
      const stands = keptIssue(DIGEST, listed.issues);
      const url = `${config.shown?.url ?? ""}/issues${stands === undefined ? "" : `/${stands.number}`}`;
      // Once it is written it is not due any more.
      if (!(await this.#options.onDigest(config.repository, digest.facts, url))) return soon(null);
    }
    const facts: DutyFacts = {
      ...(digest.facts === undefined ? {} : { digest: digest.facts }),
      decisions: decided,
      rules,
      versions: known.versions,
      lost: known.lost,
      lastActs: seen === null ? [] : seen.kind === "read" ? seen.acts : null,
      issues: listed.issues,
    };
    const wanted = duties(facts, gitHubClock.now()).filter(
      ({ key }) => config.kind === "valid" || key === UNLAWFUL_CONFIG,
    );
    for (const action of planIssues(wanted, listed.issues)) {
      if (this.#stopped) return clock.now() + DAY;
      const made = `${repository} ${action.kind === "create_issue" ? action.key : ""}`;
      if (action.kind === "create_issue") {
        // As with comments (comment.once): the instance before may have made it, and the list, which may be kept, may not show it yet.
        const before = this.#made.get(made);
        const shownFrom = Math.max(this.#startedAt, heldSince, before ?? 0) + lagWindow;
        if (listedAt < shownFrom)
          return Math.max(shownFrom, listedAt + ISSUES_GOOD_FOR, clock.now() + SECOND);
        if (before !== undefined) {
          // It was made, and GitHub does not show it, or somebody has deleted it. Never a second one, or there would be one a day.
          log.warn("An issue of the clerk's that was made is not shown any more; it is not made again.", {
            repository,
            issue: action.title,
          });
          continue;
        }
      }
      const what =
        action.kind === "create_issue"
          ? `open the issue “${action.title}”`
          : `${action.kind === "close_issue" ? "close" : "bring up to date"} issue #${action.number}`;
      if (dryRun) {
        log.info(`Dry run, would ${what}`, { repository });
        continue;
      }
      const outcome = await this.#write(ref, of, action);
      if (action.kind === "create_issue" && outcome.kind === "done") this.#made.set(made, clock.now());
      if (outcome.kind === "later") return soon(outcome.retryAt);
      if (outcome.kind === "unclear") return clock.now() + lagWindow;
      if (outcome.kind === "refused") {
        const off = outcome.status === 410 ? " Are Issues switched off? Open amendments say so." : "";
        log.warn(`GitHub refuses to ${what}.${off}`, {
          repository,
          status: outcome.status,
          why: outcome.why,
        });
        // Where Issues are off none of them goes; else each duty stands on its own here too.
        if (outcome.status === 410) return again;
        continue;
      }
      log.info(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, { repository });
    }
    return Math.min(done, digest.again);
  }

  /**
   * remind.digest: what it is made of, where it is due and not written yet. After a start it waits until every open pull request is reconciled,
   * but not for long: one that cannot be read keeps nobody from the rest.
   */
  async #digest(
    ref: RepositoryRef,
    rules: Rules,
    issues: readonly OwnIssue[],
  ): Promise<{ readonly facts?: DigestFacts; readonly again: Instant }> {
    const { outlines, clock, gitHubClock } = this.#options;
    const key = repositoryKey(ref);
    const now = gitHubClock.now();
    if (rules.reminders?.digest !== true) return { again: clock.now() + DAY };
    const next = clock.now() + nextDigest(now) - now;
    const due = digestDue(now);
    const stands = keptIssue(DIGEST, issues);
    if (stands !== undefined && !isStale(stands.body, due)) {
      this.#digestWaits.delete(key);
      return { again: next };
    }
    const overview = await outlines.of(ref);
    if (overview.kind === "gone") return { again: clock.now() + DAY };
    if (overview.kind === "unreadable")
      return { again: Math.max(overview.retryAt ?? 0, clock.now() + DIGEST_WAITS) };
    const since = this.#digestWaits.get(key) ?? clock.now();
    this.#digestWaits.set(key, since);
    if (overview.unread.length > 0 && clock.now() - since < HOUR)
      return { again: clock.now() + DIGEST_WAITS };
    return { facts: { due, ...overview }, again: next };
  }

  /** An issue is opened once: that it is about to be is kept before, and settled when it is known what came of it. */
  async #write(ref: RepositoryRef, of: ProposalKey, action: IssueAction): Promise<WriteOutcome> {
    const { issues, records, clock } = this.#options;
    if (action.kind !== "create_issue") return issues.apply(ref, action);
    const subject = `issue ${action.key}`;
    const intended = await records.intend(of, subject);
    if (intended.kind === "unavailable") {
      const why = `the store cannot be written: ${intended.why}`;
      return { kind: "later", why, retryAt: clock.now() + MINUTE };
    }
    const outcome = await issues.apply(ref, action);
    if (outcome.kind !== "unclear") await records.settle(of, subject);
    return outcome;
  }
}

/** Until what the digest waits for is looked for again. */
const DIGEST_WAITS = 10 * MINUTE;

/** The duties' issues belong to no pull request: what is kept of them stands under a number that none has. */
const NO_PULL = 0;
