import { z } from "zod";
import { repositoryKey } from "../../github/refs.js";
import type { HandedOn } from "../../store/ownership.js";
import type { Sender } from "../reconcile/budget.js";
import type { Expectation } from "../reconcile/pendingWebhookFacts.js";
import type { Trigger } from "./events.js";
import type { WebhookNews } from "./webhookNews.js";

/** What one or several webhooks told of, on its way to the instance whose installation it is about. */
export interface HeardNews {
  readonly trigger: Trigger;
  readonly announced: readonly Expectation[];
  /** Each once; null: nobody is named. */
  readonly senders: readonly (Sender | null)[];
  /** All of them told of new commits, and of nothing else. */
  readonly push: boolean;
  /** Of which webhooks, for the log. */
  readonly deliveries: readonly string[];
}

/** More of one burst decide nothing further. */
const MOST = 50;

export const heardIn = (
  { triggers, announced, sender, push }: WebhookNews,
  delivery: string,
): readonly HandedOn<HeardNews>[] =>
  triggers.map((trigger) => ({
    installation: installationOf(trigger),
    subject: subjectOf(trigger),
    news: {
      trigger,
      announced: announced === null ? [] : [announced],
      senders: [sender],
      push,
      deliveries: [delivery],
    },
  }));

/** The same of both, for what is asked for at least. */
export function heardTogether(earlier: HeardNews, later: HeardNews): HeardNews {
  const [one, other] = [earlier.trigger, later.trigger];
  const forced = one.kind === "reconcile" && other.kind === "reconcile" && (one.forced || other.forced);
  const labels = one.kind === "repository" && other.kind === "repository" && (one.labels || other.labels);
  const known = new Set(later.senders.map((sender) => sender?.login ?? null));
  return {
    trigger:
      other.kind === "reconcile"
        ? { ...other, forced }
        : other.kind === "repository"
          ? { ...other, labels }
          : other,
    announced: [...earlier.announced, ...later.announced].slice(-MOST),
    senders: [
      ...earlier.senders.filter((sender) => !known.has(sender?.login ?? null)),
      ...later.senders,
    ].slice(-MOST),
    push: earlier.push && later.push,
    deliveries: [...new Set([...earlier.deliveries, ...later.deliveries])].slice(0, MOST),
  };
}

export function subjectOf(trigger: Trigger): string {
  switch (trigger.kind) {
    case "reconcile":
      return `proposal ${repositoryKey(trigger.ref)}#${trigger.ref.number}`;
    case "repository":
      return `repository ${repositoryKey(trigger.repository)}`;
    case "head":
      return `head ${repositoryKey(trigger.repository)} ${trigger.head}`;
    case "installation":
      return `installation ${trigger.installation}`;
    case "merge_group":
      return `merge group ${repositoryKey(trigger.group)} ${trigger.group.head} ${trigger.over}`;
  }
}

function installationOf(trigger: Trigger): number {
  switch (trigger.kind) {
    case "reconcile":
      return trigger.ref.installation;
    case "repository":
    case "head":
      return trigger.repository.installation;
    case "installation":
      return trigger.installation;
    case "merge_group":
      return trigger.group.installation;
  }
}

const repository = { installation: z.number(), owner: z.string(), name: z.string() };
const NEWS = z.object({
  trigger: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("reconcile"),
      ref: z.object({ ...repository, number: z.number() }),
      forced: z.boolean(),
    }),
    z.object({ kind: z.literal("repository"), repository: z.object(repository), labels: z.boolean() }),
    z.object({ kind: z.literal("head"), repository: z.object(repository), head: z.string() }),
    z.object({ kind: z.literal("installation"), installation: z.number() }),
    z.object({
      kind: z.literal("merge_group"),
      group: z.object({ ...repository, number: z.number(), branch: z.string().nullable(), head: z.string() }),
      over: z.boolean(),
    }),
  ]),
  announced: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("utterance"), id: z.string() }),
      z.object({ kind: z.literal("edit"), comment: z.string(), at: z.number() }),
      z.object({
        kind: z.literal("event"),
        events: z.array(
          z.enum(["labeled", "unlabeled", "closed", "merged", "reopened", "to_draft", "ready_for_review"]),
        ),
        label: z.string().nullable(),
        at: z.number(),
      }),
      z.object({ kind: z.literal("head"), oid: z.string() }),
    ]),
  ),
  senders: z.array(z.object({ login: z.string(), id: z.number().nullable() }).nullable()),
  push: z.boolean(),
  deliveries: z.array(z.string()),
});

export const encodeHeard = (news: HeardNews): string => JSON.stringify(news);

/** null: another version of the clerk wrote it, and this one does not know what it means. */
export function decodeHeard(text: string): HeardNews | null {
  try {
    const { success, data } = NEWS.safeParse(JSON.parse(text));
    return success ? data : null;
  } catch {
    return null;
  }
}
