import fc from "fast-check";
import { expect, test } from "vitest";
import { unseenIn } from "../../../src/domain/messages/escape.js";
import { type EventProposal, eventSentence, eventText } from "../../../src/domain/messages/eventSentence.js";
import type { Happening } from "../../../src/domain/model/publicView.js";
import { isTransition } from "../../../src/pages/data/transitions.js";
import { byText } from "../../support/titles.js";
import { at, event, summary } from "./facts.js";
import { HOSTILE, someHappening, someSummary } from "./someFacts.js";

const TEAMS = [
  {
    team: "sct",
    title: "Spec Core Team",
    yes: 1,
    needed: 6,
    size: 8,
    passed: false,
    count: "",
    missing: [],
    abstained: [],
  },
];
const PROPOSAL: EventProposal = summary(1, { teams: TEAMS });
const sct = { team: "sct", title: "Spec Core Team", yes: 6, abstained: 0, size: 8 };

const OF_A_PERSON: readonly (readonly [Happening, string])[] = [
  [{ kind: "opened" }, "dbkr opened this proposal."],
  [{ kind: "ready" }, "dbkr marked it ready for review."],
  [{ kind: "motion", motion: 1, disposition: "merge" }, "dbkr moved to merge it."],
  [
    { kind: "vote", motion: 1, team: "sct", choice: "yes", via: "tick", text: "good" },
    "dbkr voted yes, in the Spec Core Team.",
  ],
  [
    { kind: "vote", motion: 1, team: "sct", choice: "abstain", via: "tick", text: "" },
    "dbkr abstained, in the Spec Core Team.",
  ],
  [
    { kind: "vote", motion: 1, team: "gone", choice: "retracted", via: "tick", text: "" },
    "dbkr took their vote back, in gone.",
  ],
  [{ kind: "review", verdict: "approved", dismissed: false, text: "" }, "dbkr approved it in a review."],
  [
    { kind: "review", verdict: "changes_requested", dismissed: true, text: "" },
    "dbkr requested changes in a review; the review was dismissed.",
  ],
  [
    { kind: "concern", number: 2, text: "what of e2ee?", of: "spoken" },
    "dbkr raised concern C2: “what of e2ee?”",
  ],
  [
    { kind: "concern", number: 3, text: "", of: "changes_requested" },
    "dbkr requested changes, which is concern C3.",
  ],
  [{ kind: "resolved", number: 2 }, "dbkr resolved concern C2."],
  [
    { kind: "fcp_begun", motion: 1, disposition: "close", endsAt: at("2026-03-08T09:00:00Z") },
    "The Final Comment Period to close it began, set to end on 8 March 2026, 09:00 UTC.",
  ],
  [
    { kind: "fcp_blocked", motion: 1, disposition: "merge" },
    "The time of the Final Comment Period is up, but it cannot conclude yet.",
  ],
  [
    {
      kind: "concluded",
      motion: 1,
      disposition: "merge",
      turnout: [sct, { ...sct, title: "the Board", yes: 1, abstained: 2, size: 3 }],
    },
    "The Final Comment Period concluded: it is accepted. Yes: 6 of 8 in the Spec Core Team and 1 of 3 in the Board (2 abstained).",
  ],
  [
    { kind: "concluded", motion: 1, disposition: "close", turnout: [] },
    "The Final Comment Period concluded: it is rejected.",
  ],
  [
    { kind: "concluded", motion: 1, disposition: "postpone", turnout: [] },
    "The Final Comment Period concluded: it is postponed.",
  ],
  [{ kind: "cancelled", motion: 1, how: "command" }, "dbkr cancelled the motion."],
  [{ kind: "cancelled", motion: 1, how: "closed" }, "dbkr closed the pull request, which ended the motion."],
  [{ kind: "cancelled", motion: 1, how: "lost" }, "The motion ended, as the clerk’s record was lost."],
  [
    { kind: "overridden", motion: 1, outcome: "finished", reason: "at the meeting" },
    "It was decided elsewhere, and recorded as finished: “at the meeting”",
  ],
  [
    { kind: "overridden", motion: 1, outcome: "cancelled", reason: "" },
    "It was decided elsewhere that the motion is cancelled.",
  ],
  [{ kind: "merged_undecided", motion: 1 }, "It was merged without a decision."],
  [{ kind: "corrected", motion: 1, reason: "a typo" }, "Record 1 was marked as wrong: “a typo”"],
  [{ kind: "waived", gate: "implementation", reason: "trivial" }, "dbkr waived “implementation”: “trivial”"],
  [{ kind: "new_text", commit: "0123456789abcdef" }, "Its text changed, with commit 0123456."],
  [{ kind: "obsolete", by: 12 }, "It is obsolete: #12 takes its place."],
  [{ kind: "obsolete", by: null }, "It is obsolete."],
  [{ kind: "closed" }, "dbkr closed the pull request."],
  [{ kind: "reopened" }, "dbkr reopened the pull request."],
  [{ kind: "merged" }, "dbkr merged the pull request."],
  [{ kind: "spec_missing" }, "It waits for a pull request to the specification."],
  [{ kind: "spec_in_review" }, "A pull request to the specification is in review for it."],
  [{ kind: "spec_merged" }, "It is in the specification."],
];

test.each(byText(OF_A_PERSON))("what a person did reads: %s", (sentence, what) => {
  expect(eventSentence(event(what), PROPOSAL)).toBe(sentence);
});

test.each(
  byText<Happening>([
    [{ kind: "opened" }, "This proposal was opened."],
    [{ kind: "ready" }, "It was marked ready for review."],
    [{ kind: "motion", motion: 1, disposition: "postpone" }, "A motion to postpone it was made."],
    [{ kind: "resolved", number: 1 }, "Concern C1 was resolved."],
    [{ kind: "concern", number: 1, text: "x", of: "spoken" }, "Concern C1 was raised: “x”"],
    [{ kind: "cancelled", motion: 1, how: "command" }, "The motion was cancelled."],
    [{ kind: "cancelled", motion: 1, how: "closed" }, "The motion ended, as the pull request was closed."],
    [{ kind: "waived", gate: "ci", reason: "" }, "“ci” was waived."],
    [{ kind: "merged" }, "The pull request was merged."],
  ]),
)("what nobody is known to have done reads: %s", (sentence, what) => {
  expect(eventSentence(event(what, { by: null }), PROPOSAL)).toBe(sentence);
});

test("an amendment is approved where a proposal is accepted", () => {
  const amendment = summary(1, { amendment: true });
  expect(eventSentence(event({ kind: "opened" }), amendment)).toBe("dbkr opened this amendment.");
  expect(
    eventSentence(event({ kind: "concluded", motion: 1, disposition: "merge", turnout: [] }), amendment),
  ).toBe("The amendment is approved.");
});

test("a subscriber is told of what moves a proposal or holds it up, and not of each vote, review and push", () => {
  const untold = OF_A_PERSON.map(([what]) => what).filter((what) => !isTransition(event(what)));
  expect([...new Set(untold.map(({ kind }) => kind))]).toEqual(["vote", "review", "new_text"]);
});

test.each<[string, Happening]>([
  ["a vote", { kind: "vote", motion: 1, team: "sct", choice: "yes", via: "review", text: "its \n text" }],
  ["a review", { kind: "review", verdict: "approved", dismissed: false, text: "its text" }],
  ["a concern", { kind: "concern", number: 1, text: "its text", of: "spoken" }],
  ["an override", { kind: "overridden", motion: 1, outcome: "finished", reason: "its text" }],
  ["a correction", { kind: "corrected", motion: 1, reason: "its text" }],
  ["a waiver", { kind: "waived", gate: "ci", reason: "its text" }],
])("%s comes with what was written with it, on one line", (_what, what) => {
  expect(eventText(event(what))).toBe("its text");
});

test("with what nobody wrote anything comes nothing", () => {
  expect(eventText(event({ kind: "merged" }))).toBe("");
});

test.each(HOSTILE)(
  "a sentence is one line of bounded length in which nothing is unseen, whatever people wrote: %#",
  (text) => {
    for (const what of [
      { kind: "concern", number: 1, text, of: "spoken" },
      { kind: "waived", gate: text, reason: text },
      { kind: "vote", motion: 1, team: text, choice: "yes", via: "tick", text },
    ] satisfies Happening[]) {
      const one = event(what, { by: text });
      const sentence = eventSentence(one, PROPOSAL);
      expect(unseenIn(sentence)).toEqual([]);
      expect(sentence).not.toMatch(/[\r\n\u2028\u2029]/);
      expect([...sentence].length).toBeLessThan(600);
      expect(unseenIn(eventText(one))).toEqual([]);
    }
  },
);

test("every event of every proposal has a sentence", () => {
  fc.assert(
    fc.property(someHappening, someSummary, fc.boolean(), (what, proposal, byNobody) => {
      const sentence = eventSentence(event(what, byNobody ? { by: null } : {}), proposal);
      expect(sentence).toMatch(/[.”]$/);
      expect(sentence).not.toMatch(/undefined|null|\[object/);
    }),
    { numRuns: 300 },
  );
});
