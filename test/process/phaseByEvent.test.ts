import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Decision, Phase } from "../../src/domain/model/decision.js";
import type { Gate } from "../../src/domain/model/gates.js";
import type { Register } from "../../src/domain/model/register.js";
import { DAY, MINUTE } from "../../src/domain/text/time.js";
import { inFcp, proposed, type World, world } from "../support/world.js";
import { announced, openConcerns, replies, seatOf, votesOf } from "./reading.js";

/*
 * The table "phase by event": what becomes of a proposal in each phase at each event. Seven columns, and a row for each event;
 * a cell says the phase afterwards and the effect.
 */

const NEW = "b".repeat(40);

const COLUMNS: Readonly<Record<Phase, () => World>> = {
  out_of_scope: () => world({ labels: [], files: [] }),
  draft: () => world({ draft: true }),
  in_review: () => world(),
  proposed: () => proposed(),
  fcp: () => inFcp(),
  concluded: () => accepted(),
  ended: () => {
    const w = world();
    w.close("author");
    return w;
  },
};

function accepted(): World {
  const w = inFcp();
  w.wait(5 * DAY);
  w.reconcile();
  return w;
}

interface Cell {
  readonly to: Phase;
  /** What is seen besides the phase. */
  readonly effect: string;
  /** What must have happened before for the event to be possible. */
  readonly given?: (w: World) => void;
  readonly event?: (w: World) => void;
  readonly sees?: (after: Decision, w: World, before: Decision) => void;
}

type Row = readonly [
  event: string,
  happens: (w: World) => void,
  cells: Readonly<Record<Phase, Cell | readonly Cell[]>>,
];

/** · in the table: the phase, the motion and the concerns stay, nobody is answered or told. */
const nothing = (phase: Phase, more: Partial<Cell> = {}): Cell => ({
  to: phase,
  effect: "nothing",
  ...more,
  sees: (after, w, before) => {
    expect(record(after.register)).toEqual(record(before.register));
    expect(replies(w)).toEqual([]);
    more.sees?.(after, w, before);
  },
});

/** ✗ in the table: refused with a reply, and nothing else. */
const refused = (phase: Phase, more: Partial<Cell> = {}): Cell => ({
  to: phase,
  effect: "refused with a reply",
  ...more,
  sees: (after, w, before) => {
    expect(record(after.register)).toEqual(record(before.register));
    expect(replies(w)).toHaveLength(1);
    expect(w.utterances.at(-1)?.reactions).toMatchObject({ confused: true, thumbsUp: false });
    more.sees?.(after, w, before);
  },
});

const record = ({ motion, past, concerns }: Register) => ({ motion, past, concerns });

const motionStands = (after: Decision, _w: World, before: Decision) => {
  const { needs: _, decision: __, ...motion } = after.register.motion ?? { needs: null, decision: null };
  expect(motion).toMatchObject({
    number: 1,
    end: before.register.motion?.end ?? null,
    fcp: before.register.motion?.fcp ?? null,
  });
};

const held = (code: string) => (after: Decision) =>
  expect(after.holds.map((hold) => hold.code)).toEqual([code]);
const free = (after: Decision) => expect(after.holds).toEqual([]);
const checkWaits = (after: Decision, w: World) => {
  expect(after.check).toBe("in_progress");
  expect(w.check?.verdict).toBe("in_progress");
};
const green = (after: Decision, w: World) => {
  expect(after.check).toBe("success");
  expect(w.check?.verdict).toBe("success");
};
const labelled = (label: string) => (_after: Decision, w: World) => expect([...w.labels]).toContain(label);
const notLabelled = (label: string) => (_after: Decision, w: World) =>
  expect([...w.labels]).not.toContain(label);

/** What an author says under rules that have a use for it. */
const saysOfLife = (words: string) => (w: World) => {
  w.rules = { ...w.rules, readyLabel: "in-the-queue", obsoleteLabel: "obsolete" };
  w.say("author", `@mscbot ${words}`);
};

const oneApprovedAnotherText = (w: World) => {
  w.push(NEW);
  w.reconcile();
  w.review("dbkr", "approved");
};

/** It was a proposal once, and is none now. */
const onceOne = (w: World) => {
  w.label("author", "proposal");
  w.unlabel("author", "proposal");
};
const concern = (w: World) => void w.say("dbkr", "@mscbot concern A");
const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];
const everybodyVotes = (w: World) => {
  for (const login of VOTERS) w.say(login, "@mscbot reviewed");
};

const leadOverrides = (w: World) => void w.say("ara4n", "@mscbot override finished: decided elsewhere");
const overridden = (after: Decision, w: World) => {
  expect(after.register.motion?.end?.kind).toBe("overridden");
  expect(announced(w)).toContain("1:overridden");
  expect(after.check).toBe("in_progress");
};

const TABLE: readonly Row[] = [
  [
    "proposal label on",
    (w) =>
      w.labels.has("proposal")
        ? w.happen("author", { kind: "labeled", label: "proposal" })
        : w.label("author", "proposal"),
    {
      out_of_scope: [
        { to: "in_review", effect: "in review" },
        { to: "draft", effect: "draft", given: (w) => w.draft() },
      ],
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed"),
      fcp: nothing("fcp"),
      concluded: nothing("concluded"),
      ended: nothing("ended"),
    },
  ],
  [
    "proposal label off",
    (w) => w.unlabel("author", "proposal"),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: { to: "out_of_scope", effect: "out", sees: notLabelled("proposal") },
      in_review: { to: "out_of_scope", effect: "out", sees: notLabelled("proposal") },
      proposed: nothing("proposed", { effect: "put back", sees: labelled("proposal") }),
      fcp: nothing("fcp", { effect: "put back", sees: labelled("proposal") }),
      concluded: nothing("concluded", { effect: "put back", sees: labelled("proposal") }),
      ended: nothing("ended", { sees: notLabelled("proposal") }),
    },
  ],
  [
    "to draft",
    (w) => w.draft(),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: { to: "draft", effect: "draft" },
      proposed: nothing("proposed", { effect: "hold", sees: held("draft") }),
      fcp: nothing("fcp", { effect: "hold", sees: held("draft") }),
      concluded: nothing("concluded", { effect: "check waits", sees: checkWaits }),
      ended: nothing("ended"),
    },
  ],
  [
    "ready for review",
    (w) => w.ready(),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: { to: "in_review", effect: "in review" },
      in_review: nothing("in_review"),
      proposed: [
        nothing("proposed", { effect: "unhold", given: (w) => w.draft(), sees: free }),
        {
          to: "fcp",
          effect: "unhold, begins",
          given: (w) => {
            w.draft();
            everybodyVotes(w);
          },
        },
      ],
      fcp: nothing("fcp", { effect: "unhold", given: (w) => w.draft(), sees: free }),
      concluded: nothing("concluded", { effect: "check again", given: (w) => w.draft(), sees: green }),
      ended: nothing("ended", { given: (w) => w.draft() }),
    },
  ],
  [
    "close",
    (w) => w.close("author"),
    {
      out_of_scope: nothing("ended", { effect: "nothing is done, the PR has ended" }),
      draft: { to: "ended", effect: "ended" },
      in_review: { to: "ended", effect: "ended" },
      proposed: [
        ...["author", "KitsuneRal"].map((login) => ({
          to: "ended" as const,
          effect: `by ${login === "author" ? "author" : "needed member"}: cancelled, ended`,
          event: (w: World) => w.close(login),
          sees: (after: Decision, w: World) => {
            expect(after.register.motion?.end).toMatchObject({ kind: "cancelled", how: "closed" });
            expect(announced(w)).toEqual(["1:cancelled"]);
          },
        })),
        ...["maintainer", "stale-bot"].map((login) =>
          nothing("proposed", {
            effect: `by others (${login}): merge: hold`,
            event: (w) => w.close(login),
            sees: held("closed"),
          }),
        ),
        ...(["close", "postpone"] as const).map((disposition) =>
          nothing("proposed", {
            effect: `by others: ${disposition}: goes on`,
            given: (w: World) => void w.say("ara4n", `@mscbot fcp cancel\n@mscbot fcp ${disposition}`),
            event: (w: World) => w.close("maintainer"),
            sees: (after: Decision, w: World) => {
              free(after);
              for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
              w.say("richvdh", "@mscbot reviewed");
              expect(w.reconcile().phase).toBe("fcp");
            },
          }),
        ),
      ],
      fcp: [
        nothing("fcp", { effect: "merge: hold", sees: held("closed") }),
        ...(["close", "postpone"] as const).map((disposition) =>
          nothing("fcp", {
            effect: `${disposition}: runs on`,
            given: (w: World) => {
              w.say("ara4n", `@mscbot fcp cancel\n@mscbot fcp ${disposition}`);
              for (const login of ["richvdh", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
                w.say(login, "@mscbot reviewed");
            },
            sees: (after: Decision, w: World) => {
              expect(after.register.motion).toMatchObject({ number: 2, disposition });
              free(after);
              w.wait(5 * DAY);
              expect(w.reconcile().register.motion?.end?.kind).toBe("concluded");
            },
          }),
        ),
      ],
      concluded: nothing("ended", {
        effect: "ended, decision kept",
        sees: labelled("finished-final-comment-period"),
      }),
      ended: nothing("ended"),
    },
  ],
  [
    "reopen",
    (w) => w.reopen("author"),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed", { effect: "unhold", given: (w) => w.close("maintainer"), sees: free }),
      fcp: nothing("fcp", { effect: "unhold", given: (w) => w.close("author"), sees: free }),
      concluded: nothing("concluded"),
      ended: [
        nothing("in_review", { effect: "in review" }),
        {
          to: "concluded",
          effect: "kept merge decision: concluded",
          given: (w) => {
            w.reopen("author");
            w.say("richvdh", "@mscbot fcp merge");
            everybodyVotes(w);
            w.reconcile();
            w.wait(5 * DAY);
            w.reconcile();
            w.close("author");
          },
          sees: green,
        },
      ],
    },
  ],
  [
    "merge",
    (w) => w.merge("maintainer"),
    {
      out_of_scope: nothing("ended", { effect: "nothing is done, the PR has ended" }),
      draft: nothing("ended", {
        effect: "ended, undecided",
        sees: (after) => expect(after.reason.code).toBe("merged_undecided"),
      }),
      in_review: nothing("ended", {
        effect: "ended, undecided",
        sees: (after) => expect(after.reason.code).toBe("merged_undecided"),
      }),
      proposed: { to: "ended", effect: "ended, undecided", sees: undecided },
      fcp: { to: "ended", effect: "ended, undecided", sees: undecided },
      concluded: nothing("ended", {
        effect: "accepted, ended",
        sees: (after, w) => {
          expect(after.reason.code).toBe("merged_accepted");
          expect([...w.labels]).toContain("spec-pr-missing");
        },
      }),
      ended: nothing("ended"),
    },
  ],
  [
    "motion",
    (w) => void w.say("KitsuneRal", "@mscbot fcp close"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: refused("draft"),
      in_review: {
        to: "proposed",
        effect: "proposed",
        sees: (after) =>
          expect(after.register.motion).toMatchObject({
            number: 1,
            disposition: "close",
            mover: { login: "KitsuneRal" },
          }),
      },
      proposed: [
        refused("proposed", { effect: "another: refused" }),
        {
          to: "proposed",
          effect: "the same: a yes",
          event: (w) => void w.say("KitsuneRal", "@mscbot fcp merge"),
          sees: (after, w, before) => {
            motionStands(after, w, before);
            expect(votesOf(after)).toEqual(["KitsuneRal", "richvdh"]);
          },
        },
      ],
      fcp: refused("fcp"),
      concluded: {
        to: "proposed",
        effect: "proposed, decision void",
        sees: (after, w) => {
          expect(after.register.motion).toMatchObject({ number: 2, disposition: "close" });
          expect(after.register.past.map((one) => one.end?.kind)).toEqual(["void"]);
          checkWaits(after, w);
        },
      },
      ended: refused("ended"),
    },
  ],
  [
    "cancel",
    (w) => void w.say("KitsuneRal", "@mscbot fcp cancel"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: refused("draft"),
      in_review: refused("in_review"),
      proposed: {
        to: "in_review",
        effect: "in review",
        sees: (after) => expect(after.register.motion?.end?.kind).toBe("cancelled"),
      },
      fcp: {
        to: "in_review",
        effect: "in review",
        sees: (after) => expect(after.register.motion?.end?.kind).toBe("cancelled"),
      },
      concluded: refused("concluded", { effect: "refused: move anew" }),
      ended: [
        refused("ended"),
        nothing("ended", {
          effect: "done already, where closing cancelled it",
          given: (w) => {
            w.reopen("author");
            w.say("richvdh", "@mscbot fcp merge");
            w.reconcile();
            w.close("author");
          },
        }),
      ],
    },
  ],
  [
    "yes",
    (w) => void w.say("KitsuneRal", "@mscbot reviewed"),
    {
      out_of_scope: [
        refused("out_of_scope"),
        nothing("out_of_scope", { effect: "nothing, by review", event: approves }),
      ],
      draft: [
        refused("draft"),
        nothing("draft", { effect: "review kept", event: approves, sees: reviewKept }),
      ],
      in_review: [
        refused("in_review"),
        nothing("in_review", { effect: "review kept", event: approves, sees: reviewKept }),
      ],
      proposed: [
        {
          to: "proposed",
          effect: "counts",
          sees: (after) => expect(votesOf(after)).toEqual(["KitsuneRal", "richvdh"]),
        },
        {
          to: "proposed",
          effect: "counts, by review",
          event: approves,
          sees: (after) => expect(votesOf(after)).toContain("KitsuneRal"),
        },
        {
          to: "fcp",
          effect: "begins",
          given: (w) => VOTERS.slice(1).forEach((login) => void w.say(login, "@mscbot reviewed")),
        },
      ],
      fcp: {
        to: "fcp",
        effect: "noted",
        sees: (after, w, before) => {
          expect(votesOf(after)).toContain("KitsuneRal");
          expect(after.register.motion?.fcp).toEqual(before.register.motion?.fcp);
          expect(replies(w)).toEqual([]);
        },
      },
      concluded: [
        {
          to: "concluded",
          effect: "by command: fcp.after only",
          given: oneApprovedAnotherText,
          sees: (after, w, before) => {
            expect(before.check).toBe("in_progress");
            green(after, w);
            expect(replies(w)).toEqual([]);
          },
        },
        nothing("concluded", {
          effect: "by review: fcp.after only",
          given: oneApprovedAnotherText,
          event: approves,
          sees: (after, w, before) => {
            expect(before.check).toBe("in_progress");
            green(after, w);
          },
        }),
      ],
      ended: [
        refused("ended"),
        nothing("ended", {
          effect: "nothing, by review",
          event: approves,
          sees: (after) => expect(after.register.approvals).toEqual([]),
        }),
      ],
    },
  ],
  [
    "retract",
    (w) => void w.say("richvdh", "@mscbot retract"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: refused("draft"),
      in_review: refused("in_review"),
      proposed: { to: "proposed", effect: "counts", sees: (after) => expect(votesOf(after)).toEqual([]) },
      fcp: {
        to: "fcp",
        effect: "noted",
        sees: (after, _w, before) => {
          expect(votesOf(after)).not.toContain("richvdh");
          expect(after.register.motion?.fcp).toEqual(before.register.motion?.fcp);
        },
      },
      concluded: refused("concluded"),
      ended: refused("ended"),
    },
  ],
  [
    "concern",
    concern,
    {
      out_of_scope: [
        refused("out_of_scope"),
        {
          to: "out_of_scope",
          effect: "recorded, where it has been a proposal",
          given: onceOne,
          sees: recorded,
        },
      ],
      draft: { to: "draft", effect: "recorded", sees: recorded },
      in_review: { to: "in_review", effect: "recorded", sees: recorded },
      proposed: {
        to: "proposed",
        effect: "blocks the beginning",
        event: (w) => {
          concern(w);
          everybodyVotes(w);
        },
        sees: (after) => expect(after.reason).toEqual({ code: "blocked", concerns: [1] }),
      },
      fcp: { to: "fcp", effect: "blocks the end", sees: blocksTheEnd },
      concluded: { to: "concluded", effect: "check waits", sees: checkWaits },
      ended: refused("ended"),
    },
  ],
  [
    "changes requested",
    (w) => void w.review("dbkr", "changes_requested"),
    {
      out_of_scope: [
        nothing("out_of_scope"),
        {
          to: "out_of_scope",
          effect: "recorded, where it has been a proposal",
          given: onceOne,
          sees: recorded,
        },
      ],
      draft: { to: "draft", effect: "recorded", sees: recorded },
      in_review: { to: "in_review", effect: "recorded", sees: recorded },
      proposed: {
        to: "proposed",
        effect: "blocks the beginning",
        event: (w) => {
          everybodyVotes(w);
          w.say("KitsuneRal", "@mscbot reviewed");
          w.review("dbkr", "changes_requested");
        },
        sees: (after) => expect(after.reason).toEqual({ code: "blocked", concerns: [1] }),
      },
      fcp: { to: "fcp", effect: "blocks the end", sees: blocksTheEnd },
      concluded: { to: "concluded", effect: "check waits", sees: checkWaits },
      // A review is no command: nobody is told, and nothing is recorded.
      ended: nothing("ended"),
    },
  ],
  [
    "resolve",
    (w) => void w.say("uhoreg", "@mscbot resolve C1"),
    {
      out_of_scope: [
        refused("out_of_scope"),
        {
          to: "out_of_scope",
          effect: "done, where it has been a proposal",
          given: (w) => {
            onceOne(w);
            concern(w);
          },
          sees: done,
        },
      ],
      draft: { to: "draft", effect: "done", given: concern, sees: done },
      in_review: { to: "in_review", effect: "done", given: concern, sees: done },
      proposed: [
        { to: "proposed", effect: "done", given: concern, sees: done },
        {
          to: "fcp",
          effect: "begins",
          given: (w) => {
            concern(w);
            everybodyVotes(w);
          },
          sees: done,
        },
      ],
      fcp: [
        { to: "fcp", effect: "done", given: concern, sees: done },
        {
          to: "concluded",
          effect: "concludes",
          given: (w) => {
            concern(w);
            w.wait(6 * DAY);
          },
          sees: done,
        },
      ],
      concluded: {
        to: "concluded",
        effect: "check again",
        given: concern,
        sees: (after, w, before) => {
          expect(before.check).toBe("in_progress");
          green(after, w);
        },
      },
      ended: refused("ended", {
        given: (w) => {
          w.reopen("author");
          concern(w);
          w.reconcile();
          w.close("author");
        },
      }),
    },
  ],
  [
    "push of another text",
    (w) => w.push(NEW),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed", {
        effect: "votes marked old",
        sees: (after) => {
          expect(votesOf(after)).toEqual(["richvdh"]);
          expect(seatOf(after, "richvdh")?.onEarlier).toBe("a".repeat(40));
        },
      }),
      fcp: nothing("fcp", {
        effect: "fcp.after",
        sees: (after) => expect(after.after).toMatchObject({ head: NEW, met: false }),
      }),
      concluded: nothing("concluded", { effect: "fcp.after", sees: checkWaits }),
      ended: nothing("ended"),
    },
  ],
  [
    "other base branch",
    (w) => w.rebase("old-branch"),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed", { effect: "hold", sees: held("base") }),
      fcp: nothing("fcp", { effect: "hold", sees: held("base") }),
      concluded: nothing("concluded", { effect: "check waits", sees: checkWaits }),
      ended: nothing("ended"),
    },
  ],
  [
    "roster change",
    (w) => {
      w.join("spec-core-team", "newcomer");
      w.leave("spec-core-team", "erikjohnston");
      w.leave("spec-core-team", "KitsuneRal");
    },
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: [
        nothing("proposed", {
          effect: "recount",
          sees: (after) => expect(after.tallies[0]).toMatchObject({ size: 7, needed: 6 }),
        }),
        {
          to: "fcp",
          effect: "recount, begins",
          given: (w) =>
            ["ara4n", "dbkr", "uhoreg", "turt2live"].forEach(
              (login) => void w.say(login, "@mscbot reviewed"),
            ),
          event: (w) => {
            w.leave("spec-core-team", "erikjohnston");
            w.leave("spec-core-team", "KitsuneRal");
          },
        },
      ],
      fcp: nothing("fcp"),
      concluded: nothing("concluded", { sees: green }),
      ended: nothing("ended"),
    },
  ],
  [
    "mover or raiser leaves",
    (w) => {
      w.leave("spec-core-team", "richvdh");
      w.leave("spec-core-team", "dbkr");
    },
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft", { effect: "stands", given: concern, sees: recorded }),
      in_review: nothing("in_review", { effect: "stands", given: concern, sees: recorded }),
      proposed: nothing("proposed", {
        effect: "stands, vote gone",
        given: concern,
        sees: (after, w, before) => {
          recorded(after);
          motionStands(after, w, before);
          expect(votesOf(after)).toEqual([]);
        },
      }),
      fcp: nothing("fcp", { effect: "stands", given: concern, sees: recorded }),
      concluded: nothing("concluded", { effect: "stands", sees: green }),
      ended: nothing("ended"),
    },
  ],
  [
    "needs grow, by a path or a member's label",
    (w) => w.label("dbkr", "kind:governance"),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: {
        to: "proposed",
        effect: "recount",
        sees: (after, w, before) => {
          motionStands(after, w, before);
          expect(after.tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
        },
      },
      fcp: {
        to: "fcp",
        effect: "holds the end",
        sees: (after, w, before) => {
          motionStands(after, w, before);
          w.wait(6 * DAY);
          expect(w.reconcile()).toMatchObject({
            phase: "fcp",
            reason: { code: "fcp_over", teams: [{ title: "Guardians" }] },
          });
        },
      },
      concluded: { to: "concluded", effect: "check waits", sees: checkWaits },
      ended: nothing("ended"),
    },
  ],
  [
    "a label by somebody on no team that would ask for more",
    (w) => w.label("maintainer", "kind:governance"),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed", { effect: "shown", sees: oneTeam }),
      fcp: nothing("fcp", {
        effect: "shown",
        sees: (after, w) => {
          oneTeam(after, w);
          w.wait(6 * DAY);
          expect(w.reconcile().phase).toBe("concluded");
        },
      }),
      concluded: nothing("concluded", { effect: "shown", sees: green }),
      ended: nothing("ended"),
    },
  ],
  [
    "withdraw, by the author",
    (w) => void w.say("author", "@mscbot withdraw"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: refused("draft"),
      in_review: refused("in_review"),
      proposed: [
        { to: "in_review", effect: "in review", sees: withdrawn },
        {
          to: "ended",
          effect: "closed by others: cancelled, ended",
          given: (w) => w.close("maintainer"),
          sees: withdrawn,
        },
      ],
      fcp: refused("fcp"),
      concluded: refused("concluded"),
      ended: refused("ended"),
    },
  ],
  [
    "ready, by the author",
    saysOfLife("ready"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: refused("draft"),
      in_review: { to: "in_review", effect: "waits for the team", sees: labelled("in-the-queue") },
      proposed: refused("proposed"),
      fcp: refused("fcp"),
      concluded: refused("concluded"),
      ended: refused("ended"),
    },
  ],
  [
    "superseded or obsolete, by the author",
    saysOfLife("superseded by 4321"),
    {
      out_of_scope: refused("out_of_scope"),
      draft: { to: "draft", effect: "labelled", sees: labelled("obsolete") },
      in_review: { to: "in_review", effect: "labelled", sees: labelled("obsolete") },
      proposed: {
        to: "in_review",
        effect: "in review, labelled",
        sees: (after, w) => {
          withdrawn(after);
          labelled("obsolete")(after, w);
        },
      },
      fcp: refused("fcp"),
      concluded: refused("concluded"),
      ended: [
        { to: "ended", effect: "labelled", sees: labelled("obsolete") },
        refused("ended", { effect: "merged: refused with a reply", given: (w) => w.merge("dbkr") }),
      ],
    },
  ],
  [
    "override, seconded",
    (w) => {
      leadOverrides(w);
      w.reconcile();
      w.say("dbkr", "@mscbot second");
    },
    {
      out_of_scope: refused("out_of_scope", { event: leadOverrides }),
      draft: { to: "concluded", effect: "recorded", sees: overridden },
      in_review: { to: "concluded", effect: "recorded", sees: overridden },
      proposed: { to: "concluded", effect: "ended by override", sees: overridden },
      fcp: { to: "concluded", effect: "ended by override", sees: overridden },
      concluded: refused("concluded", { event: leadOverrides, sees: green }),
      ended: refused("ended", { event: leadOverrides }),
    },
  ],
  [
    "a gate is not met",
    (w) => {
      const before = {
        begin: "blocked",
        conclude: "needs-checking",
        merge: "requires-room-version",
      } as const;
      const gates = Object.entries(before).map(
        ([moment, label]): Gate => ({
          kind: "label",
          ...{ name: label, label, wanted: "absent", before: moment as keyof typeof before },
        }),
      );
      w.rules = { ...w.rules, gates };
      for (const label of Object.values(before)) w.label("dbkr", label);
    },
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review", { effect: "shown", sees: gatesShown }),
      proposed: nothing("proposed", {
        effect: "holds the beginning",
        sees: (after, w) => {
          gatesShown(after, w);
          everybodyVotes(w);
          expect(w.reconcile()).toMatchObject({ phase: "proposed", reason: { code: "gated" } });
        },
      }),
      fcp: nothing("fcp", {
        effect: "holds the end, where it says so",
        sees: (after, w) => {
          gatesShown(after, w);
          w.wait(6 * DAY);
          expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over" } });
          w.unlabel("dbkr", "needs-checking");
          expect(w.reconcile().phase).toBe("concluded");
        },
      }),
      concluded: nothing("concluded", {
        effect: "check waits, where it says so",
        sees: (after, w) => {
          checkWaits(after, w);
          w.unlabel("dbkr", "requires-room-version");
          green(w.reconcile(), w);
        },
      }),
      ended: nothing("ended"),
    },
  ],
  [
    "record lost",
    (w) => w.forget(),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: {
        to: "proposed",
        effect: "hold until confirmed",
        sees: (after, w) => {
          held("record_lost")(after);
          everybodyVotes(w);
          w.say("KitsuneRal", "@mscbot reviewed");
          expect(w.reconcile().phase).toBe("proposed");
          confirmed(w);
          expect(w.reconcile().phase).toBe("fcp");
        },
      },
      fcp: {
        to: "fcp",
        effect: "hold until confirmed",
        sees: (after, w) => {
          held("record_lost")(after);
          w.wait(6 * DAY);
          expect(w.reconcile().phase).toBe("fcp");
          confirmed(w);
          expect(w.reconcile().phase).toBe("concluded");
        },
      },
      concluded: {
        to: "concluded",
        effect: "check waits until confirmed",
        sees: (after, w) => {
          checkWaits(after, w);
          confirmed(w);
          expect(w.decide().reason.code).not.toBe("record_lost");
        },
      },
      ended: nothing("ended"),
    },
  ],
  [
    "time is up",
    (w) => void w.wait(6 * DAY),
    {
      out_of_scope: nothing("out_of_scope"),
      draft: nothing("draft"),
      in_review: nothing("in_review"),
      proposed: nothing("proposed"),
      fcp: [
        { to: "concluded", effect: "concludes", sees: green },
        nothing("fcp", {
          effect: "says what blocks it",
          given: concern,
          sees: (after, w) => {
            expect(after.reason).toMatchObject({ code: "fcp_over", concerns: [1] });
            expect(announced(w)).toEqual(["1:fcp_begun", "1:fcp_blocked"]);
          },
        }),
      ],
      concluded: nothing("concluded", { sees: green }),
      ended: nothing("ended"),
    },
  ],
];

function gatesShown(after: Decision, w: World) {
  expect(after.gates?.map(({ state }) => state)).toEqual(["unmet", "unmet", "unmet"]);
  expect(w.check?.summary).toContain("### What has to be in place");
}
function confirmed(w: World) {
  for (const login of ["dbkr", "uhoreg"]) {
    w.wait(MINUTE);
    w.say(login, "@mscbot confirm");
    w.reconcile();
  }
}
function oneTeam(after: Decision, w: World) {
  expect(after.tallies.map((tally) => tally.team)).toEqual(["spec-core-team"]);
  expect(w.status()?.body).toMatch(/“kind:governance”, put on by maintainer, who is on no team/);
}
function withdrawn(after: Decision) {
  expect(after.register.motion?.end).toMatchObject({ kind: "cancelled", by: { login: "author" } });
}
function undecided(after: Decision, w: World) {
  expect(after.reason.code).toBe("merged_undecided");
  expect(announced(w).at(-1)).toBe("1:merged_undecided");
}
function approves(w: World) {
  w.review("KitsuneRal", "approved");
}
function reviewKept(after: Decision) {
  expect(after.register.approvals.map((one) => one.member.login)).toEqual(["KitsuneRal"]);
}
function recorded(after: Decision) {
  expect(openConcerns(after)).toHaveLength(1);
}
function done(after: Decision) {
  expect(openConcerns(after)).toEqual([]);
}
function blocksTheEnd(after: Decision, w: World, before: Decision) {
  expect(after.register.motion?.fcp).toEqual(before.register.motion?.fcp);
  w.wait(6 * DAY);
  expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over", concerns: [1] } });
}

const RULE: Readonly<Record<string, string>> = {
  "proposal label on": "proposal.scope",
  "proposal label off": "proposal.scope",
  "to draft": "motion.hold",
  "ready for review": "motion.hold",
  close: "motion.cancel",
  reopen: "motion.hold",
  merge: "motion.merged",
  motion: "motion.open",
  cancel: "motion.cancel",
  yes: "ballot.latest",
  retract: "ballot.latest",
  concern: "concern.raise",
  "changes requested": "ballot.review.changes",
  resolve: "concern.resolve",
  "push of another text": "fcp.after",
  "other base branch": "motion.hold",
  "roster change": "tally.threshold",
  "mover or raiser leaves": "act.once",
  "needs grow, by a path or a member's label": "decision.ratchet",
  "a label by somebody on no team that would ask for more": "decision.ratchet",
  "withdraw, by the author": "motion.cancel",
  "ready, by the author": "proposal.ready",
  "superseded or obsolete, by the author": "proposal.superseded",
  "override, seconded": "override.second",
  "a gate is not met": "gate.begin, gate.end",
  "record lost": "memory.lost",
  "time is up": "fcp.conclude",
};

test("the table has seven columns, and a row for every event; docs/process.md has the same rows", () => {
  expect(Object.keys(COLUMNS)).toHaveLength(7);
  expect(TABLE.map(([event]) => event).sort()).toEqual(Object.keys(RULE).sort());
  const page = readFileSync("docs/process.md", "utf8");
  const told = page.slice(page.indexOf("\n## Every phase, every event\n"));
  const rows = [...told.matchAll(/^\| ([^|]+?) \|(?:[^|]+\|){7}$/gm)].map(([, event = ""]) => event).slice(1);
  const events = rows.flatMap((row) => (row === "concern, changes requested" ? row.split(", ") : [row]));
  expect(events.sort()).toEqual(Object.keys(RULE).sort());
});

for (const [event, happens, cells] of TABLE) {
  describe(event, () => {
    for (const [column, cell] of Object.entries(cells)) {
      for (const one of Array.isArray(cell) ? (cell as readonly Cell[]) : [cell as Cell]) {
        test(`${RULE[event]}: ${event}, ${column}: ${one.effect}${one.to === column ? "" : ` → ${one.to}`}`, () => {
          const w = COLUMNS[column as Phase]();
          one.given?.(w);
          const before = w.reconcile();
          if (one.given === undefined) expect(before.phase).toBe(column);
          w.actions = [];
          (one.event ?? happens)(w);
          const after = w.reconcile();
          expect(after.phase).toBe(one.to);
          one.sees?.(after, w, before);
          // Whatever happened, the clerk is at rest.
          expect(w.plan()).toEqual([]);
        });
      }
    }
  });
}

test("said.locked: in a locked conversation votes count, and nothing is said until it is unlocked", () => {
  const w = proposed();
  w.pull.locked = true;
  const before = w.ownComments.length;
  everybodyVotes(w);
  expect(w.reconcile().phase).toBe("fcp");
  w.wait(5 * DAY);
  const decision = w.reconcile();
  expect(decision.phase).toBe("concluded");
  expect(w.check).toMatchObject({ verdict: "success" });
  expect(w.checkRecord?.seq).toBe(decision.register.seq);
  expect(w.ownComments).toHaveLength(before);
  w.pull.locked = false;
  w.reconcile();
  expect(w.ownComments.map(({ marker }) => marker.key)).toEqual(["1", "1:fcp_begun", "1:concluded"]);
});

test("said.locked: of what goes first, a check that waits carries the record; one that is green is last", () => {
  const w = proposed();
  w.pull.locked = true;
  everybodyVotes(w);
  expect(w.plan()[0]).toMatchObject({ kind: "put_check", verdict: "in_progress" });
  w.reconcile();
  w.wait(5 * DAY);
  expect(w.plan().map(({ kind }) => kind)[0]).not.toBe("put_check");
  expect(w.plan().at(-1)).toMatchObject({ kind: "put_check", verdict: "success" });
});

test("said.locked, memory.kept: a motion that ends by closing a locked pull request has its record in a check run", () => {
  const w = proposed();
  w.pull.locked = true;
  w.say("richvdh", "@mscbot fcp cancel");
  w.close("richvdh");
  const { register } = w.reconcile();
  expect(register.motion?.end?.kind).toBe("cancelled");
  expect(w.checkRecord?.seq).toBe(register.seq);
  expect(w.plan()).toEqual([]);
});

test("motion.open: where the base was changed without an event, what it is now counts", () => {
  const w = world();
  w.rebase("feature");
  w.pull.base = "main";
  w.say("richvdh", "@mscbot fcp merge");
  expect(w.reconcile().phase).toBe("proposed");
});

test.each([
  [
    "with a change of the base by the same person in that second",
    { forBase: false, seconds: 0, by: "dbkr" },
    2,
  ],
  [
    "with GitHub's words and a change of the base seconds before",
    { forBase: true, seconds: 3, by: "richvdh" },
    2,
  ],
  ["with GitHub's words and no change of the base", { forBase: true, seconds: null, by: "dbkr" }, 1],
  [
    "with a change of the base by somebody else in that second",
    { forBase: false, seconds: 0, by: "richvdh" },
    1,
  ],
] as const)(
  "ballot.review.changes: a dismissal in the reviewer's name %s: %o leaves %i yes",
  (_how, { forBase, seconds, by }, yes) => {
    const w = proposed();
    const review = w.review("dbkr", "approved");
    w.dismiss(review, "dbkr");
    const dismissal = w.events.at(-1);
    if (dismissal?.kind !== "review_dismissed") throw new Error("it was not dismissed");
    w.events[w.events.length - 1] = { ...dismissal, forBase };
    if (seconds !== null) {
      w.happen(by, { kind: "base_changed", from: "feature", to: "main" });
      const change = w.events.at(-1);
      if (change !== undefined)
        w.events[w.events.length - 1] = { ...change, at: dismissal.at - seconds * 1000 };
    }
    expect(w.reconcile().tallies[0]?.yes).toBe(yes);
  },
);
