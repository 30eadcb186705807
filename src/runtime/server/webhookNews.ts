import type { Sender } from "../reconcile/budget.js";
import type { Expectation } from "../reconcile/pendingWebhookFacts.js";
import { EVENTS, type EventName, type Scope, type Trigger } from "./events.js";
import { payloadOf, text, wholeNumber } from "./payload.js";

/** All that the clerk takes from a webhook. */
export interface WebhookNews {
  readonly triggers: readonly Trigger[];
  /** What a read will show of it; null: nothing that can be told. */
  readonly announced: Expectation | null;
  /** Who did it, and did it bring new commits? This decides how soon to reconcile, and nothing else. */
  readonly sender: Sender | null;
  readonly push: boolean;
}

/**
 * webhook → what to reconcile. GitHub sends webhooks in any order, twice, or not at all, so a webhook says no more than where
 * something may have changed; what has changed is read.
 *
 * What the clerk did itself causes no reconcile: `self` is the login of its account as webhooks name it, `msc-clerk[bot]`, or null
 * while it is not known. A person's edit of the clerk's comment has that person as sender, and causes one.
 */
export function newsIn(name: string, payload: unknown, self: string | null): WebhookNews {
  const { sender: by } = payloadOf<EventName>(payload);
  const login = text(by?.login);
  const sender = login === null ? null : { login, id: wholeNumber(by?.id) };
  const nothing: WebhookNews = { triggers: [], announced: null, sender, push: false };
  if (!isKnown(name)) return nothing;
  const news = rowNews(name, payload, self);
  const own = self !== null && login?.toLowerCase() === self.toLowerCase();
  return { ...nothing, ...news, triggers: own ? [] : news.triggers };
}

const isKnown = (name: string): name is EventName => Object.hasOwn(EVENTS, name);

function rowNews<Name extends EventName>(name: Name, payload: unknown, self: string | null) {
  const row = EVENTS[name];
  const event = payloadOf<Name>(payload);
  return {
    triggers: row.triggers(event, scopeOf(payload)),
    announced: row.announces?.(event, self) ?? null,
    push: row.push?.(event) ?? false,
  };
}

/**
 * The branch that GitHub makes for a merge group: that of its last pull request.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
const GROUP = /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-(\d{1,15})-[0-9a-f]{7,64}$/;

/** Nothing can be asked for where the payload does not say which installation, or which repository, it is about. */
function scopeOf(payload: unknown): Scope {
  const { installation: installed, repository: about } = payloadOf<EventName>(payload);
  const installation = wholeNumber(installed?.id);
  const owner = text(about?.owner?.login) ?? text(about?.owner?.name);
  const name = text(about?.name);
  const repository =
    installation === null || owner === null || name === null ? null : { installation, owner, name };
  return {
    proposal: (given, forced = false) => {
      const number = wholeNumber(given);
      return repository === null || number === null
        ? []
        : [{ kind: "reconcile", ref: { ...repository, number }, forced }];
    },
    everything: (change) =>
      repository === null
        ? []
        : [
            {
              ...{ kind: "repository", repository, labels: change === "labels" },
              ...(change === "moved" ? { hide: true } : {}),
            },
          ],
    head: (given) => {
      const head = text(given);
      if (repository === null) return [];
      return head === null
        ? [{ kind: "repository", repository, labels: false }]
        : [{ kind: "head", repository, head }];
    },
    mergeGroup: (givenHead, givenBranch, over = false) => {
      const [head, named] = [text(givenHead), GROUP.exec(text(givenBranch) ?? "")];
      const [, branch = "", number = ""] = named ?? [];
      if (repository === null || head === null || named === null) return [];
      return [{ kind: "merge_group", group: { ...repository, number: Number(number), branch, head }, over }];
    },
    installation: () => (installation === null ? [] : [{ kind: "installation", installation }]),
  };
}
