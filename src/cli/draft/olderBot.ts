import { type LegacyStatus, parseLegacyStatus } from "../../domain/acts/legacy.js";
import { labelEvents } from "../../domain/acts/timelineIndex.js";
import { type Account, canAct, isLegacyBot, sameAccount, sameLogin } from "../../domain/model/people.js";
import type { Rules } from "../../domain/model/rules.js";
import type { LegacyComment, Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";

/** What an older bot, and people with it, have left on a proposal. */
export interface OlderBot {
  /** Its newest status comment that was not cancelled, as it stands now; null: it has none. */
  readonly status: (LegacyStatus & { readonly url: string; readonly at: Instant }) | null;
  /** When the label of the Final Comment Period was put on for that motion; null: it was not. */
  readonly began: LabelMoment | null;
  /** The same of the first label that says how it ended. */
  readonly ended: LabelMoment | null;
}

export interface LabelMoment {
  readonly at: Instant;
  readonly label: string;
  /** null: the account is gone. */
  readonly by: string | null;
}

export function olderBotOn(snapshot: Snapshot, rules: Rules): OlderBot {
  const status = newestStatus(snapshot, rules);
  const since = status?.at ?? 0;
  const { labels } = rules;
  const [began] = putOn(snapshot, [labels.fcp], since);
  const [ended] = putOn(snapshot, [labels.finished_fcp, labels.rejected, labels.postponed], since);
  return { status, began: began ?? null, ended: ended ?? null };
}

function newestStatus({ legacyComments }: Snapshot, rules: Rules): OlderBot["status"] {
  for (const { author, body, url, createdAt: at } of [...legacyComments].sort(
    (a, b) => b.createdAt - a.createdAt,
  )) {
    const status = author !== null && isLegacyBot(author, rules) ? parseLegacyStatus(body) : null;
    if (status !== null && !status.cancelled) return { ...status, url, at };
  }
  return null;
}

/** A label of the same second as the comment belongs to it: the bot makes both in one go, the label first or last. */
const AROUND = 60_000;

function putOn(snapshot: Snapshot, names: readonly string[], since: Instant): readonly LabelMoment[] {
  return names
    .flatMap((name) => labelEvents(snapshot.events, name))
    .filter(({ kind, at }) => kind === "labeled" && at >= since - AROUND)
    .sort((a, b) => a.at - b.at)
    .map(({ at, label, actor }) => ({ at, label: label ?? "", by: actor?.login ?? null }));
}

/** A box of the older bot's that a person changed. */
export interface Tick {
  readonly by: Account;
  /** Whose box it is. */
  readonly login: string;
  readonly ticked: boolean;
  readonly at: Instant;
  readonly comment: Pick<LegacyComment, "id" | "url">;
  /** Distinct among the ticks of a proposal. */
  readonly id: string;
}

/** Every box that people changed by hand in its status comments, from who saved which text of them. The bot itself follows what was said elsewhere. */
export function ticksOn({ legacyComments }: Snapshot, rules: Rules): readonly Tick[] {
  return legacyComments
    .filter(({ author }) => author !== null && isLegacyBot(author, rules))
    .flatMap((comment) => {
      let before: LegacyStatus["boxes"] = [];
      return comment.revisions.flatMap(({ body, editor, at }, index): Tick[] => {
        const boxes = body === null ? null : parseLegacyStatus(body)?.boxes;
        if (boxes == null) return [];
        const changed = boxes.filter(({ login, ticked }) =>
          before.some((one) => sameLogin(one.login, login) && one.ticked !== ticked),
        );
        before = boxes;
        if (!canAct(editor) || comment.author === null || sameAccount(editor, comment.author)) return [];
        const { id, url } = comment;
        return changed.map(({ login, ticked }) => ({
          ...{ by: editor, login, ticked, at, comment: { id, url } },
          id: `comment:tick-${id}-${index}-${login.toLowerCase()}`,
        }));
      });
    });
}
