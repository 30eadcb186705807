import { LRUCache } from "lru-cache";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type Instant, SECOND } from "../../domain/text/time.js";
import type { HourLeft } from "../../github/client/hours.js";
import type { ProposalRef, WriteOutcome, Writer } from "../../github/ports.js";
import { proposalKey } from "../../github/refs.js";
import { atMost } from "../../platform/atMost.js";
import { type Origin, origin, type Round } from "../../platform/origin.js";
import type { StoreTally } from "../../store/port.js";
import type { Evaluation } from "../reconcile/evaluate.js";
import { type Handler, pathOf } from "./http.js";

/** What is asked whenever somebody looks. */
export interface Measured {
  readonly now: Instant;
  readonly startedAt: Instant;
  /** Proposals that wait or are being reconciled, and those being reconciled. */
  readonly waiting: number;
  readonly running: number;
  /** Since when the one waits that has waited longest; null: none does. */
  readonly waitingSince: Instant | null;
  readonly lastRoundEndedAt: Instant | null;
  readonly clockAheadSeconds: number | null;
  readonly hours: readonly HourLeft[];
  readonly store: StoreTally;
  /** Notices that wait for the Matrix room; null: none is told. */
  readonly noticesWaiting: number | null;
}

/** More than are ever held at the same time. */
const MOST_HELD = 20_000;

/**
 * What the clerk counts for whoever runs it (https://prometheus.io/docs/practices/naming/). No label has a value of which a stranger could make
 * many: no repository, no login, no number of a pull request.
 *
 * Each HELP says what it means and what to do; docs/operating.md shows the same, and a test sees to that.
 */
export class Metrics {
  readonly registry = new Registry();
  /** Of proposals, the codes of what holds them. */
  readonly #held = new LRUCache<string, Evaluation["holds"]>(atMost(MOST_HELD));
  /** Courses of which a repair is counted already. */
  readonly #repaired = new WeakSet<Origin>();

  readonly #reconciles = this.#counter(
    "reconciles_total",
    "Reconciles that ended, by outcome: done; again (something has to be tried again, the log says what); failed (a fault of the clerk's: please report the line in the log).",
    ["outcome"],
  );
  readonly #actions = this.#counter(
    "actions_total",
    "Writes to GitHub, by kind and outcome: done; unclear and later are tried again by themselves; refused is for good, and the line in the log says what to compare.",
    ["kind", "outcome"],
  );
  readonly #repairs = this.#counter(
    "repairs_total",
    "Proposals on which a round had something to write that no webhook had told of, by round. At changes and night these are missed webhooks: see Recent deliveries on the App's settings page. At start they are what happened while the clerk was down, or what a new version words differently.",
    ["round"],
  );
  readonly #evaluations = this.#counter(
    "evaluations_total",
    "What reconciles found, by the code of what the proposal waits for or how it ended (`reason` of `explain --json`). Nothing to do.",
    ["reason"],
  );
  readonly #deliveries = this.#counter(
    "deliveries_total",
    "Requests to the webhooks' address, by the status they were answered with: 200 was taken. 400 and 415: compare the App's webhook settings. 408, 413 and 503: somebody floods the address, or a proxy is slow.",
    ["status"],
  );
  readonly #older = this.#counter(
    "deliveries_by_older_secret_total",
    "Webhooks signed by another secret of WEBHOOK_SECRET than the first. Once it has not grown for three days, take the older ones out.",
    [],
  );
  readonly #redeliveries = this.#counter(
    "redeliveries_total",
    "Webhooks that did not arrive and that GitHub was asked to send again. Where it grows while the clerk is up, see Recent deliveries on the App's settings page.",
    [],
  );
  readonly #notices = this.#counter(
    "room_notices_total",
    "Notices that were sent to the Matrix room. Nothing to do.",
    [],
  );

  constructor(measured: () => Measured) {
    for (const outcome of ["done", "again", "failed"]) this.#reconciles.inc({ outcome }, 0);
    for (const round of ["start", "changes", "night", "asked"] satisfies readonly Round[])
      this.#repairs.inc({ round }, 0);
    this.#deliveries.inc({ status: "200" }, 0);
    this.#measure(measured);
  }

  /** Metrics of the process besides, by prom-client: memory, CPU, event loop. They go on measuring until the process ends. */
  withProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  reconciled(outcome: "done" | "again" | "failed"): void {
    this.#reconciles.inc({ outcome });
  }

  evaluated(ref: ProposalRef, { reason, holds }: Pick<Evaluation, "reason" | "holds">): void {
    this.#evaluations.inc({ reason });
    if (holds.length > 0) this.#held.set(proposalKey(ref), holds);
    else this.#held.delete(proposalKey(ref));
  }

  delivered(status: number, bySecret: "newest" | "older" | "none"): void {
    this.#deliveries.inc({ status: String(status) });
    if (bySecret === "older") this.#older.inc();
  }

  noticed(): void {
    this.#notices.inc();
  }

  redelivered(count: number): void {
    this.#redeliveries.inc(count);
  }

  /** Writes as this one does, and is counted. */
  counting(writer: Writer): Writer {
    return {
      apply: async (ref, action) => {
        const outcome = await writer.apply(ref, action);
        this.#wrote(action.kind, outcome);
        return outcome;
      },
      applyTogether: async (ref, actions) => {
        const outcomes = await writer.applyTogether(ref, actions);
        for (const [at, outcome] of outcomes.entries())
          this.#wrote(actions[at]?.kind ?? actions[0].kind, outcome);
        return outcomes;
      },
      canKeep: (repository, pull, register) => writer.canKeep(repository, pull, register),
      ensureLabels: async (repository, rules) => writer.ensureLabels(repository, rules),
    };
  }

  #wrote(kind: string, { kind: outcome }: WriteOutcome): void {
    this.#actions.inc({ kind, outcome });
    const led = origin.current;
    if (outcome !== "done" || led === null || led.round === null || led.heard > 0) return;
    if (this.#repaired.has(led)) return;
    this.#repaired.add(led);
    this.#repairs.inc({ round: led.round });
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({
      name: PREFIX + name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
    });
  }

  /** What is known elsewhere, and asked for when somebody looks. */
  #measure(measured: () => Measured): void {
    const registers = [this.registry];
    const gauge = (name: string, help: string, value: (now: Measured) => number | null) =>
      new Gauge({
        ...{ name: PREFIX + name, help, registers },
        collect() {
          const now = value(measured());
          if (now === null) this.remove();
          else this.set(now);
        },
      });
    const counter = (name: string, help: string, value: (tally: StoreTally) => number) =>
      new Counter({
        ...{ name: PREFIX + name, help, registers },
        collect() {
          this.reset();
          this.inc(value(measured().store));
        },
      });
    const held = this.#held;
    gauge(
      "queue_waiting",
      "Proposals that wait to be reconciled. Where it grows for minutes, look at the API's budget and at the log.",
      ({ waiting, running }) => waiting - running,
    );
    gauge(
      "queue_running",
      "Proposals being reconciled, four at most. Nothing to do.",
      ({ running }) => running,
    );
    gauge(
      "queue_oldest_seconds",
      "How long the proposal has waited that has waited longest, without those of outsiders that were put off. Beyond ten minutes: `Will reconcile again` in the log says why.",
      ({ now, waitingSince }) => (waitingSince === null ? 0 : Math.max(0, now - waitingSince) / SECOND),
    );
    gauge(
      "last_round_age_seconds",
      "Since everything was last looked through, every ten minutes as a rule; before the first time, since the start. Beyond half an hour: run `npx msc-clerk doctor`.",
      ({ now, startedAt, lastRoundEndedAt }) => (now - (lastRoundEndedAt ?? startedAt)) / SECOND,
    );
    gauge(
      "clock_skew_seconds",
      "By how much this machine's clock is ahead of GitHub's; not there before GitHub's first answer. Beyond 60 either way: set the clock right (NTP).",
      ({ clockAheadSeconds }) => clockAheadSeconds,
    );
    gauge(
      "room_notices_waiting",
      "Notices that wait for the Matrix room; not there where none is configured. Where it stays above 0 for an hour, run `npx msc-clerk doctor`: it says what stands in the way. What has waited for a week is not sent any more.",
      ({ noticesWaiting }) => noticesWaiting,
    );
    new Gauge({
      name: `${PREFIX}held_proposals`,
      help: "Proposals that something holds whatever the votes, by the code of what holds them, as far as they were looked at since the start. unlawful_config, lawful_lost, record_lost and record_unkept need people: `npx msc-clerk explain` says what.",
      ...{ labelNames: ["reason"], registers },
      collect() {
        this.reset();
        for (const codes of held.values()) for (const reason of codes) this.inc({ reason });
      },
    });
    for (const [name, help, value] of HOURS)
      new Gauge({
        ...{ name: PREFIX + name, help, labelNames: ["installation", "api"], registers },
        collect() {
          this.reset();
          for (const hour of measured().hours)
            this.set({ installation: hour.installation ?? "app", api: hour.api }, value(hour));
        },
      });
    new Counter({
      name: `${PREFIX}decisions_total`,
      help: "Decisions that were given their number in the register, by outcome. Nothing to do.",
      ...{ labelNames: ["outcome"], registers },
      collect() {
        this.reset();
        for (const [outcome, count] of measured().store.decisions) this.inc({ outcome }, count);
      },
    });
    counter(
      "transitions_total",
      "Changes of a proposal's register that were kept in the store: acts judged, phases begun and ended. Nothing to do.",
      ({ transitions }) => transitions,
    );
    counter(
      "store_errors_total",
      "How often the disk or the database failed. Nothing is acted on meanwhile: make room, or bring the database back; the log and `/readyz` say why.",
      ({ errors }) => errors,
    );
  }
}

const PREFIX = "msc_clerk_";

const HOURS: readonly (readonly [string, string, (hour: HourLeft) => number])[] = [
  [
    "api_remaining",
    "Requests (REST) or points (GraphQL) that GitHub leaves this installation for the hour; `app`: the App itself. At 0 its proposals wait until the hour is over: see what a webhook costs in docs/operating.md.",
    ({ remaining }) => remaining,
  ],
  ["api_limit", "How many there are in an hour. Nothing to do.", ({ limit }) => limit],
  [
    "api_reset_timestamp_seconds",
    "When the hour is over and all of them are there again, in seconds since 1970. Nothing to do.",
    ({ resetAt }) => resetAt / SECOND,
  ],
];

/** What a proxy puts on a request of somebody else's: the pages may be shown to everybody, and figures about the clerk may not. */
const PROXIED = ["forwarded", "x-forwarded-for", "via"] as const;

/** `GET /metrics`, for Prometheus. On the pages' port alone, and not through a proxy: it is nobody's business who finds the webhooks', or reads the pages. */
export const metricsHandler =
  ({ registry }: Pick<Metrics, "registry">): Handler =>
  async (request, response) => {
    if ((request.method !== "GET" && request.method !== "HEAD") || pathOf(request) !== "/metrics")
      return false;
    if (PROXIED.some((name) => request.headers[name] !== undefined)) return false;
    const text = await registry.metrics();
    response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" }).end(text);
    return true;
  };
