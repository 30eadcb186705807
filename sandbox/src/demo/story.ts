import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { adopt, approves, foundRepository, labels, openProposal, ticks } from "../seed.js";
import { PROPOSALS } from "../seedTexts.js";
import type { LiveStage } from "../stage.js";
import {
  type Chapter,
  checkIs,
  comments,
  counts,
  doing,
  type Expectation,
  has,
  lacks,
  type Story,
  sameLabels,
  sayingOn,
  saysSo,
} from "./beats.js";

/** The proposal of the story. */
const NUMBER = 1772;

const saying = sayingOn(NUMBER);

const COMMAND = (login: string) => saying(login, "@mscbot reviewed");
const VOTE_SHOWN: readonly Expectation[] = [comments(0), checkIs("waiting"), lacks("final-comment-period")];

/**
 * One proposal from review to acceptance, under the first roster of MSC1779: six of eight must approve. Every beat says what must
 * be seen; a story that comes out otherwise fails.
 */
const CHAPTERS: readonly Chapter[] = [
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

/** The repository, the config and the one proposal. */
async function prepare(stage: LiveStage): Promise<void> {
  const proposal = PROPOSALS.find(({ number }) => number === NUMBER);
  if (proposal === undefined) throw new Error(`The seed has no proposal ${NUMBER}.`);
  foundRepository(stage.sandbox);
  adopt(stage.sandbox);
  await stage.moveClock(MINUTE);
  openProposal(stage.sandbox, proposal);
}

export const DECISION: Story = {
  title: `MSC${NUMBER}: Matrix spaces, from review to acceptance`,
  opening:
    "A standards body decides about a proposal by pull request: its Spec Core Team has eight members, and 75% of them, six, must approve.",
  chapters: CHAPTERS,
  closing: "Five comments of the clerk in all: an answer, the status comment, and one for each transition.",
  number: NUMBER,
  prepare,
};
