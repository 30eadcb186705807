import { createClerk } from "../../app.js";
import type { ConfigOutcome } from "../../config/outcome.js";
import { describeAction } from "../../domain/messages/action.js";
import { withFullStop } from "../../domain/messages/grammar.js";
import type { Action } from "../../domain/model/action.js";
import { MINUTE } from "../../domain/text/time.js";
import type { Variables } from "../../environment/variables.js";
import { appOfToken } from "../../github/appOfToken.js";
import { ClerkOctokit, connectGitHub } from "../../github/connect.js";
import type { Reader, RepositoryRef, WriteOutcome, Writer } from "../../github/ports.js";
import { pinoLog } from "../../platform/pinoLog.js";
import { systemClock } from "../../platform/systemClock.js";
import { evaluate } from "../../runtime/reconcile/evaluate.js";
import { newsIn } from "../../runtime/server/webhookNews.js";
import { inMemoryStore } from "../../store/inMemory.js";
import {
  type ActionEnvironment,
  actionEnvironment,
  dryRunIn,
  minutesIn,
  recordKeysIn,
} from "./actionEnvironment.js";
import { heardAs } from "./actionEvents.js";
import type { ActionResult } from "./actionResult.js";
import { type LookedAt, type RunReport, runAnnotations, runIsWrong, runSummary } from "./words.js";

/** There is only one, and GitHub does not say its number to who has its token: it is never told to anybody. */
const INSTALLATION = 1;

/**
 * The clerk for one round, in GitHub Actions: looks at every proposal of the repository, what the event was about first, writes what is due, and ends.
 * Its store is empty at the start and gone at the end: it remembers by the signed record on GitHub alone.
 */
export async function actionRun(variables: Variables, say: (line: string) => void): Promise<ActionResult> {
  const asked = actionEnvironment(variables);
  const keys = recordKeysIn(variables);
  const bound = minutesIn(variables);
  const dry = dryRunIn(variables);
  const faults = [asked, keys, bound, dry].flatMap((one) => ("faults" in one ? one.faults : []));
  if ("faults" in asked || "faults" in keys || "faults" in bound || "faults" in dry)
    return { kind: "refused", faults };
  const { environment } = asked;
  const { owner, name, token, baseUrl } = environment;
  const repository: RepositoryRef = { installation: INSTALLATION, owner, name };
  const client = new ClerkOctokit({ auth: { token }, baseUrl });
  const owned = await appOfToken(client, repository, systemClock);
  if (owned.kind === "refused") return { kind: "refused", faults: [owned.why] };
  if (owned.kind === "unreadable")
    return {
      kind: "refused",
      faults: [withFullStop(`GitHub cannot be asked whose token it is: ${owned.why}`)],
    };

  const { dryRun } = dry;
  const seen = new Seen();
  const told: string[] = [];
  const held: { reader?: Reader } = {};
  const clerk = createClerk({
    appId: owned.app.id,
    // There is no key here, and no webhook comes over HTTP.
    privateKey: "",
    webhookSecret: "",
    recordKeys: keys.recordKeys,
    alone: { token, app: owned.app, repository },
    baseUrl,
    clock: systemClock,
    logger: pinoLog("info", true, { write: (line) => heardLine(line, told, say) }),
    dryRun,
    store: inMemoryStore(),
    connect: (parts) => {
      const github = connectGitHub(parts);
      held.reader = github.reader;
      return { ...github, writer: seen.watching(github.writer) };
    },
    evaluate: (snapshot, rules, now) => {
      const evaluation = evaluate(snapshot, rules, now);
      seen.judged(snapshot.pull, evaluation);
      return evaluation;
    },
  });
  clerk.begin();
  hear(clerk, environment);
  const { reached, left } = await clerk.restOnce(repository, systemClock.now() + bound.minutes * MINUTE);
  const config: ConfigOutcome = (await held.reader?.config(repository)) ?? {
    kind: "unreadable",
    why: "nothing was read",
    retryAt: null,
  };
  await clerk.stop();
  const report: RunReport = {
    ...{ owner, name, reached, left, config, dryRun, told },
    app: owned.app.slug,
    event: environment.event,
    minutes: bound.minutes,
    proposals: seen.proposals(),
  };
  return {
    kind: "done",
    summary: runSummary(report),
    annotations: runAnnotations(report),
    code: runIsWrong(report) ? 1 : 0,
  };
}

/** What the event is about goes first. Whatever else it tells, everything is looked at: nothing of it is asked for twice. */
function hear(clerk: ReturnType<typeof createClerk>, { event, payload }: ActionEnvironment): void {
  const name = heardAs(event);
  if (name === null) return;
  // GitHub tells an App's webhooks of which installation they are, and workflows not.
  const whole = { ...payload, installation: { id: INSTALLATION } };
  const { triggers } = newsIn(name, whole, null);
  if (triggers.length > 0 && triggers.every(({ kind }) => kind === "reconcile"))
    clerk.hear(name, whole, `actions:${event}`);
}

/** `12:03:44  warn   …`, as `pinoLog` writes it. */
const TROUBLE = /^\d\d:\d\d:\d\d {2}(warn|error|fatal) +(.+)$/;

function heardLine(line: string, told: string[], say: (line: string) => void): void {
  const plain = line.trimEnd();
  const [, level, sentence] = TROUBLE.exec(plain) ?? [];
  if (level !== undefined) told.push(`${level === "warn" ? "warning" : "error"} ${sentence}`);
  say(plain);
}

/** What was found of each pull request, and what was written about it. */
class Seen {
  readonly #looked = new Map<number, LookedAt>();
  readonly #written = new Map<number, string[]>();

  judged(
    { number, title, url }: Pick<LookedAt, "number" | "title" | "url">,
    { phase, sentence, holds }: Pick<LookedAt, "phase" | "sentence" | "holds">,
  ): void {
    this.#looked.set(number, { number, title, url, phase, sentence, holds, written: [] });
  }

  proposals(): readonly LookedAt[] {
    return [...this.#looked.values()]
      .sort((a, b) => a.number - b.number)
      .map((one) => ({ ...one, written: this.#written.get(one.number) ?? [] }));
  }

  watching(writer: Writer): Writer {
    const note = (number: number, action: Action | undefined, outcome: WriteOutcome | undefined) => {
      if (action === undefined || outcome?.kind !== "done") return;
      this.#written.set(number, [...(this.#written.get(number) ?? []), describeAction(action)]);
    };
    return {
      apply: async (ref, action) => {
        const outcome = await writer.apply(ref, action);
        note(ref.number, action, outcome);
        return outcome;
      },
      applyTogether: async (ref, actions) => {
        const outcomes = await writer.applyTogether(ref, actions);
        for (const [at, outcome] of outcomes.entries()) note(ref.number, actions[at], outcome);
        return outcomes;
      },
      canKeep: (of, pull, register) => writer.canKeep(of, pull, register),
      ensureLabels: (of, rules) => writer.ensureLabels(of, rules),
    };
  }
}
