import type { Mine } from "../reminders/mine.js";
import { DAY, type Instant, iso } from "../text/time.js";
import { plain } from "./escape.js";
import { concernNames, count, series } from "./grammar.js";

/** What waits for one person in a repository. */
export interface MineFacts {
  readonly repository: string;
  readonly login: string;
  /** Longest first. */
  readonly proposals: readonly Mine[];
  /** Open pull requests that could not be read, and why. */
  readonly unread: readonly { readonly number: number; readonly why: string }[];
  /** There are more open pull requests than GitHub was asked for. */
  readonly more: boolean;
}

/** For a terminal. */
export function mineText({ repository, login, proposals, unread, more }: MineFacts, now: Instant): string {
  const head = `${proposals.length === 0 ? "Nothing waits" : `${count(proposals.length, "proposal")} ${proposals.length === 1 ? "waits" : "wait"}`} for ${plain(login)} in ${plain(repository)}, as of ${iso(now)}.`;
  return [
    head,
    ...proposals.map((mine) =>
      [`${mine.number} ${plain(mine.title)}`, ...mineLines(mine, now), plain(mine.url)].join("\n  "),
    ),
    ...(unread.length === 0
      ? []
      : [
          [
            `${count(unread.length, "pull request")} could not be read:`,
            ...unread.map(({ number, why }) => `${number}: ${plain(why)}`),
          ].join("\n  "),
        ]),
    ...(more ? ["There are more open pull requests than were listed."] : []),
  ].join("\n\n");
}

function mineLines({ vote, merge, concerns, gates, turn, since }: Mine, now: Instant): readonly string[] {
  const days = Math.floor((now - since) / DAY);
  const age = days < 1 ? "since today" : `for ${count(days, "day")}`;
  return [
    ...(vote === null ? [] : [`your vote on the motion to ${vote}, ${age}`]),
    ...(merge ? [`you moved it, it is accepted, and it is not merged, ${age}`] : []),
    ...(concerns.length === 0
      ? []
      : [`your ${concernNames(concerns)} ${concerns.length === 1 ? "is" : "are"} open`]),
    ...(gates.length === 0 ? [] : [`you can help with what it waits for: ${series(gates.map(plain))}`]),
    ...(turn === "draft" ? [`it is your draft, quiet ${age}`] : []),
    ...(turn === "concerns" ? [`it is yours, with concerns to answer, quiet ${age}`] : []),
  ];
}
