import { DAY } from "msc-clerk/domain/text/time.js";
import type { Sandbox } from "../sandbox.js";
import { type Act, approves, labels, says, ticks } from "../seed.js";
import type { Changed, Sight } from "./sight.js";

/** The proposal of the story. */
export const NUMBER = 1772;

/** One thing people do (or do not), and what must be seen after it. */
export interface Beat {
  /** Told before it. */
  readonly tells?: string;
  /** Moves the clock to this long after the motion. */
  readonly at?: number;
  /** Who does what, in words; and the doing. Several are done in the same second. */
  readonly does: readonly { readonly who: string; readonly what: string; readonly act: Act }[];
  readonly expects: readonly Expectation[];
}

/** A sentence, and whether what is seen bears it out. */
export type Expectation = readonly [
  sentence: string,
  holds: (now: Sight, change: Changed, before: Sight) => boolean,
];

export interface Chapter {
  readonly title: string;
  readonly beats: readonly Beat[];
}

const doing = (who: string, what: string, act: Act) => ({ who, what, act });
const saying = (who: string, body: string) => doing(who, `comments: ${body}`, says(who, NUMBER, body));

const has = (label: string): Expectation => [
  `the label ${label} is on`,
  ({ labels }) => labels.includes(label),
];
const lacks = (label: string): Expectation => [
  `the label ${label} is off`,
  ({ labels }) => !labels.includes(label),
];
const sameLabels: Expectation = [
  "no label changes",
  (_now, { added, removed }) => added.length + removed.length === 0,
];
const counts = (yes: number): Expectation => [
  `the status comment counts ${yes} of 6`,
  ({ clerkComments }) => clerkComments.some(({ body }) => body.includes(`**${yes} of 6 needed, of 8**`)),
];
const comments = (count: number): Expectation => [
  `${count} new comment(s) of the clerk`,
  (_now, change) => change.comments.length === count,
];
const saysSo = (words: RegExp): Expectation => [
  `the clerk comments ${words}`,
  (_now, change) => change.comments.some(({ body }) => words.test(body)),
];
const checkIs = (word: "waiting" | "success"): Expectation => [
  `the check is ${word}`,
  ({ check }) => (word === "success" ? check?.conclusion === "success" : check?.status === "in_progress"),
];

const COMMAND = (login: string) => saying(login, "@mscbot reviewed");
const VOTE_SHOWN: readonly Expectation[] = [comments(0), checkIs("waiting"), lacks("final-comment-period")];

/**
 * One proposal from review to acceptance, under the first roster of MSC1779: six of eight must approve. Every beat says what must
 * be seen; a story that comes out otherwise fails.
 */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: "In review",
    beats: [
      {
        tells: "Anybody may comment. Only members of the team count.",
        does: [saying("passer-by", "@mscbot fcp merge")],
        expects: [
          sameLabels,
          comments(1),
          ["the clerk reacts with 😕", (_now, change) => change.refused],
          checkIs("waiting"),
        ],
      },
      {
        tells: "A member proposes to merge it. That is a motion, and the mover’s own vote is yes.",
        does: [saying("richvdh", "@mscbot fcp merge")],
        expects: [
          has("proposed-final-comment-period"),
          has("disposition-merge"),
          lacks("proposal-in-review"),
          ["the clerk reacts with 👍", (_now, change) => change.accepted],
          comments(1),
          counts(1),
          saysSo(/Team member @richvdh has proposed to \*\*merge\*\* this/),
          checkIs("waiting"),
        ],
      },
    ],
  },
  {
    title: "Six of eight votes, by whatever way members like",
    beats: [
      {
        does: [doing("erikjohnston", "submits an approving review", approves("erikjohnston", NUMBER))],
        expects: [counts(2), ...VOTE_SHOWN],
      },
      { does: [COMMAND("dbkr")], expects: [counts(3), ...VOTE_SHOWN] },
      {
        does: [doing("uhoreg", "ticks the box beside their name", ticks("uhoreg", NUMBER))],
        expects: [counts(4), ...VOTE_SHOWN],
      },
      {
        does: [
          doing(
            "anoadragon453",
            "adds the label vote:approve",
            labels("anoadragon453", NUMBER, "vote:approve"),
          ),
        ],
        expects: [counts(5), lacks("vote:approve"), ...VOTE_SHOWN],
      },
      {
        tells:
          "The sixth vote is enough: the period begins without anybody doing more. In the same second, somebody sorts labels.",
        does: [
          COMMAND("ara4n"),
          doing("KitsuneRal", "adds the label client-server", labels("KitsuneRal", NUMBER, "client-server")),
        ],
        expects: [
          has("final-comment-period"),
          lacks("proposed-final-comment-period"),
          has("client-server"),
          comments(1),
          saysSo(/The \*\*Final Comment Period\*\* to \*\*merge\*\* this has begun/),
          checkIs("waiting"),
        ],
      },
    ],
  },
  {
    title: "Five days for last comments",
    beats: [
      {
        at: 3 * DAY,
        tells: "Day 3. A concern does not stop the clock. It does stop the end.",
        does: [saying("turt2live", "@mscbot concern space summaries leak private rooms")],
        expects: [has("unresolved-concerns"), has("final-comment-period"), comments(0), checkIs("waiting")],
      },
      {
        at: 5 * DAY,
        tells: "Day 5. The time is up, and nobody does anything.",
        does: [],
        expects: [
          has("final-comment-period"),
          lacks("finished-final-comment-period"),
          comments(1),
          saysSo(/The time of the \*\*Final Comment Period\*\* is up, but it cannot conclude yet/),
          checkIs("waiting"),
        ],
      },
      {
        at: 7 * DAY,
        tells:
          "Day 7. The concern is resolved, and the period concludes at once: the time does not start again.",
        does: [saying("turt2live", "The new paragraph on summaries answers this.\n\n@mscbot resolve C1")],
        expects: [
          has("finished-final-comment-period"),
          lacks("final-comment-period"),
          lacks("disposition-merge"),
          lacks("unresolved-concerns"),
          has("client-server"),
          comments(1),
          saysSo(/[Cc]oncluded/),
          checkIs("success"),
        ],
      },
    ],
  },
  {
    title: "Accepted",
    beats: [
      {
        tells: "The check is green. Merging is people’s.",
        does: [
          doing("richvdh", "merges the pull request", (sandbox) => void sandbox.as("richvdh").merge(NUMBER)),
        ],
        expects: [
          ["it is merged", ({ merged }) => merged],
          has("spec-pr-missing"),
          lacks("finished-final-comment-period"),
          comments(0),
          ["each transition had exactly one comment", ({ clerkComments }) => clerkComments.length === 5],
        ],
      },
    ],
  },
];

/** When the motion of the story was made, from which days are counted: its Final Comment Period begins on the same day. */
export function fcpBeganAt(sandbox: Sandbox): number | null {
  const { events } = sandbox.thread(NUMBER);
  return (
    events.findLast((event) => event.kind === "labeled" && event.name === "final-comment-period")?.at ?? null
  );
}
