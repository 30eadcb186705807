import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  Happening,
  ProposalSummary,
  PublicEvent,
  PublicView,
} from "../../src/domain/model/publicView.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { happenedTo, withoutTwice } from "../../src/domain/views/events.js";
import { placeByLabels } from "../../src/domain/views/place.js";
import { listedSummary } from "../../src/domain/views/summary.js";
import { withWords, wordless } from "../../src/domain/views/wordless.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { MATRIX } from "../support/rules.js";
import { SCT, START, type World, type WorldOptions, world } from "../support/world.js";

/** What everybody may see once the clerk has done all it wants to. */
function shown(w: World): PublicView {
  w.reconcile();
  const view = evaluate(w.snapshot(), w.rules, w.now).view(null);
  if (view === null) throw new Error("It is no proposal.");
  return view;
}
const summary = (w: World): ProposalSummary => shown(w).summary;
const kinds = (w: World): readonly Happening["kind"][] => shown(w).events.map(({ what }) => what.kind);

function moved(options: WorldOptions = {}): World {
  const w = world(options);
  w.say("richvdh", "@mscbot fcp merge");
  w.reconcile();
  return w;
}
function inFcp(): World {
  const w = moved();
  for (const login of SCT.filter((one) => one !== "richvdh").slice(0, 5)) w.say(login, "@mscbot reviewed");
  w.reconcile();
  return w;
}

describe("a period whose time is up", () => {
  test("and that something stands in the way of is told of as that, from the moment at which it was to end", () => {
    const w = inFcp();
    const endsAt = summary(w).fcp?.endsAt ?? 0;
    w.say("turt2live", "@mscbot concern it leaks");
    w.wait(endsAt - w.now - HOUR);
    expect(kinds(w)).not.toContain("fcp_blocked");
    w.wait(HOUR);
    expect(shown(w).events.filter(({ what }) => what.kind === "fcp_blocked")).toEqual([
      {
        ...{ id: "blocked 1", at: endsAt, by: null, url: null },
        what: { kind: "fcp_blocked", motion: 1, disposition: "merge" },
      },
    ]);
  });

  test("and that nothing stands in the way of is concluded, and was never blocked", () => {
    const w = inFcp();
    w.wait((summary(w).fcp?.endsAt ?? 0) - w.now);
    expect(kinds(w)).toContain("concluded");
    expect(kinds(w)).not.toContain("fcp_blocked");
  });
});

describe("the line of a proposal", () => {
  test("in review it is the team's turn, since anybody did something last", () => {
    const w = world();
    expect(summary(w)).toMatchObject({
      known: "clerk",
      place: "in_review",
      turn: "team",
      motion: null,
      fcp: null,
      amendment: false,
      concerns: [],
    });
  });

  test("its description names its shepherd and its documentation, whatever the config asks for", () => {
    const w = world();
    const snapshot = w.snapshot();
    const about = ["Documentation: https://a.example", "Shepherd: @dave"];
    const pull = { ...snapshot.pull, about };
    const view = evaluate({ ...snapshot, pull }, w.rules, w.now).view(null);
    expect(view?.summary).toMatchObject({ shepherd: "dave", documentation: ["https://a.example"] });
  });

  test("a draft is its author's turn", () => {
    const w = world();
    w.draft();
    expect(summary(w)).toMatchObject({ place: "draft", turn: "author" });
  });

  test("a motion says what it is to do, who moved it, the count, and who is missing in the order of the roster", () => {
    const w = moved();
    w.say("dbkr", "@mscbot abstain");
    const { motion, teams, turn, since, place } = summary(w);
    expect({ place, turn }).toEqual({ place: "proposed", turn: "team" });
    expect(motion).toMatchObject({ number: 1, disposition: "merge", mover: "richvdh", end: null });
    expect(since).toBe(motion?.at);
    expect(teams).toEqual([
      {
        team: "spec-core-team",
        title: "Spec Core Team",
        yes: 1,
        needed: 6,
        size: 8,
        passed: false,
        count: "1 of 6 needed, of 8",
        missing: SCT.filter((login) => login !== "richvdh" && login !== "dbkr").map((login) => ({
          login,
          away: false,
        })),
        abstained: ["dbkr"],
      },
    ]);
  });

  test("an open concern is named with its text and who raised it; a resolved one is not in the line", () => {
    const w = moved();
    w.say("dbkr", "@mscbot concern it leaks");
    expect(summary(w).concerns).toMatchObject([
      { number: 1, text: "it leaks", by: "dbkr", kind: "spoken", blocks: true },
    ]);
    w.say("dbkr", "@mscbot resolve C1");
    expect(summary(w).concerns).toEqual([]);
  });

  test("a running period has its beginning and its end, and is nobody's turn; a concern makes it the team's", () => {
    const w = inFcp();
    const { fcp, turn, place, teams } = summary(w);
    expect({ place, turn }).toEqual({ place: "fcp", turn: null });
    expect((fcp?.endsAt ?? 0) - (fcp?.startedAt ?? 0)).toBe(5 * DAY);
    expect(teams).toMatchObject([{ yes: 6, needed: 6, size: 8, passed: true }]);
    // Who has not voted still may, until it ends.
    expect(teams[0]?.missing.map(({ login }) => login)).toHaveLength(2);
    w.say("dbkr", "@mscbot concern it leaks");
    expect(summary(w).turn).toBe("team");
  });

  test("record.decided: what is taken back after the period began does not change by how many it was decided", () => {
    const w = inFcp();
    w.say("richvdh", "@mscbot retract");
    expect(summary(w).teams).toMatchObject([{ yes: 6, needed: 6, passed: true }]);
  });

  test("accepted, it is the mover's turn to merge it; merged, its specification's", () => {
    const w = inFcp();
    w.wait(5 * DAY + MINUTE);
    expect(summary(w)).toMatchObject({
      teams: [{ missing: [] }],
      place: "finished",
      turn: "mover",
      motion: { end: "concluded" },
      fcp: null,
    });
    w.merge("richvdh");
    expect(summary(w)).toMatchObject({ place: "spec_missing", turn: null, state: "merged" });
    w.unlabel("richvdh", w.name("spec_pr_missing"));
    w.label("richvdh", w.name("merged"));
    expect(summary(w).place).toBe("merged");
  });

  test.each([
    ["close", "rejected"],
    ["postpone", "postponed"],
  ] as const)("decided to %s it is %s", (disposition, place) => {
    const w = world();
    w.say("richvdh", `@mscbot fcp ${disposition}`);
    for (const login of SCT.slice(0, 6)) w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.wait(5 * DAY + MINUTE);
    expect(summary(w).place).toBe(place);
  });

  test("cancelled, it is in review again, and its last motion says so", () => {
    const w = moved();
    w.say("dbkr", "@mscbot cancel");
    expect(summary(w)).toMatchObject({ place: "in_review", motion: { end: "cancelled" }, teams: [] });
  });

  test("motion.merged: merged before its conclusion it is undecided", () => {
    const w = moved();
    w.merge("richvdh");
    expect(summary(w)).toMatchObject({ place: "undecided", motion: { end: "merged_undecided" } });
  });

  test("what is no proposal has no view; one that was moved keeps its", () => {
    const w = world();
    w.unlabel("richvdh", w.name("proposal"));
    w.reconcile();
    expect(evaluate(w.snapshot(), w.rules, w.now).view(null)).toBeNull();
  });

  test("long texts are cut, and never within a character", () => {
    const w = moved();
    w.say("dbkr", `@mscbot concern ${"🦄".repeat(600)}`);
    const { concerns } = summary(w);
    expect(concerns[0]?.text.length).toBeLessThanOrEqual(500);
    expect(concerns[0]?.text).toMatch(/^(?:🦄)+…?$/u);
  });
});

describe("where labels put a pull request of before the clerk came", () => {
  const place = (labels: readonly string[], state: "open" | "closed" | "merged" = "closed", draft = false) =>
    placeByLabels(labels, { state, draft }, MATRIX);

  test.each([
    [["merged"], "merged", "merged"],
    [["Spec-PR-Missing"], "merged", "spec_missing"],
    [["spec-pr-in-review"], "merged", "spec_in_review"],
    [["spec-pr-missing", "merged"], "merged", "merged"],
    [["rejected"], "closed", "rejected"],
    [["proposal-postponed"], "closed", "postponed"],
    [["finished-final-comment-period"], "closed", "finished"],
    [["finished-final-comment-period"], "merged", "merged"],
    [["final-comment-period"], "open", "fcp"],
    [["proposed-final-comment-period"], "open", "proposed"],
    [["proposal"], "closed", "undecided"],
    [["proposal"], "merged", "undecided"],
    [["proposal"], "open", "in_review"],
    [["proposal-placeholder"], "open", "draft"],
  ] as const)("%j, %s: %s", (labels, state, expected) => {
    expect(place(labels, state)).toBe(expected);
  });

  test("an open draft is one", () => {
    expect(place([], "open", true)).toBe("draft");
    expect(place([], "closed", true)).toBe("undecided");
  });

  test("its description names its authors, its shepherd and its documentation; without one whoever opened it is its author", () => {
    const listed = {
      number: 7,
      title: "MSC7",
      url: "https://github.example/7",
      author: "alice",
      labels: ["merged"],
      state: "merged" as const,
      draft: false,
      createdAt: START,
      updatedAt: START,
      endedAt: START,
    };
    const lines = [
      "Author: @bob, @carol",
      "Shepherd: @dave",
      "Documentation: https://a.example, https://b.example",
    ];
    expect(listedSummary({ ...listed, description: lines }, MATRIX)).toMatchObject({
      known: "labels",
      authors: ["bob", "carol"],
      shepherd: "dave",
      documentation: ["https://a.example", "https://b.example"],
      sentence: "",
    });
    expect(listedSummary({ ...listed, description: [] }, MATRIX)).toMatchObject({
      authors: ["alice"],
      shepherd: null,
      documentation: [],
    });
  });
});

describe("what has happened to a proposal", () => {
  test("its life, each once, in order", () => {
    const w = inFcp();
    w.wait(DAY);
    w.say("dbkr", "@mscbot concern it leaks");
    w.wait(HOUR);
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.wait(4 * DAY);
    w.reconcile();
    w.merge("richvdh");
    expect(kinds(w)).toEqual([
      ...["opened", "motion", "vote", "vote", "vote", "vote", "vote", "fcp_begun"],
      ...["concern", "resolved", "concluded", "merged", "spec_missing"],
    ]);
  });

  test("the turnout of a decision counts the votes that decided", () => {
    const w = inFcp();
    w.say("KitsuneRal", "@mscbot abstain");
    w.wait(5 * DAY + MINUTE);
    const concluded = shown(w).events.find(({ what }) => what.kind === "concluded");
    expect(concluded?.what).toMatchObject({
      disposition: "merge",
      turnout: [{ team: "spec-core-team", yes: 6, abstained: 0, size: 8 }],
    });
  });

  test("a vote stands with what its author wrote, a tick with nothing", () => {
    const w = moved();
    w.say("dbkr", "I like it.\n@mscbot reviewed");
    w.reconcile();
    w.tick("uhoreg");
    const votes = shown(w).events.flatMap(({ by, what }) => (what.kind === "vote" ? [{ by, ...what }] : []));
    expect(votes).toMatchObject([
      { by: "dbkr", choice: "yes", via: "command", text: "I like it." },
      { by: "uhoreg", choice: "yes", via: "tick", text: "" },
    ]);
  });

  test("words that somebody else put into a comment are not shown as its author's", () => {
    const w = moved();
    const comment = w.say("dbkr", "So be it.\n@mscbot reviewed");
    w.reconcile();
    w.edit(comment, "richvdh", "I am a fool.\n@mscbot reviewed");
    const [vote] = shown(w).events.filter(({ what }) => what.kind === "vote");
    // Nor is what its author wrote before: it is not what stands there.
    expect(vote?.what).toMatchObject({ text: "" });
  });

  test("a concern that its author words anew is told so, under the name it had", () => {
    const w = moved();
    const comment = w.say("dbkr", "@mscbot concern Alice lives at 5 Elm Street");
    const before = shown(w).events.find(({ what }) => what.kind === "concern");
    w.edit(comment, "dbkr", "@mscbot concern addresses are shown");
    const after = shown(w).events.filter(({ what }) => what.kind === "concern");
    expect(after).toMatchObject([{ id: before?.id, what: { text: "addresses are shown" } }]);
    expect(JSON.stringify(after.map((one) => wordless(one).event))).not.toContain("addresses");
  });

  test("two gates that one comment waives are two happenings", () => {
    const gate = (label: string) =>
      ({ kind: "label", name: label, label, wanted: "absent", before: "begin" }) as const;
    const w = moved({ rules: { ...MATRIX, gates: [gate("blocked"), gate("stalled")] } });
    w.label("dbkr", "blocked");
    w.label("dbkr", "stalled");
    w.say("dbkr", "@mscbot waive blocked: words only\n@mscbot waive stalled: words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second waive blocked\n@mscbot second waive stalled");
    const waived = shown(w).events.flatMap(({ id, what }) =>
      what.kind === "waived" ? [{ id, gate: what.gate }] : [],
    );
    expect(waived.map((one) => one.gate)).toEqual(["blocked", "stalled"]);
    expect(new Set(waived.map(({ id }) => id)).size).toBe(2);
  });

  test("two looks tell the same happenings by the same names, and a later one leaves out only what another took the place of", () => {
    const w = moved();
    w.say("dbkr", "@mscbot reviewed");
    const first = shown(w).events;
    expect(shown(w).events).toEqual(first);
    w.wait(HOUR);
    w.say("dbkr", "@mscbot abstain");
    const later = shown(w).events;
    const gone = first.filter(({ id }) => !later.some((one) => one.id === id));
    expect(gone.map(({ by, what }) => ({ by, kind: what.kind }))).toEqual([{ by: "dbkr", kind: "vote" }]);
  });

  test("an approving review that is a vote is told once; a dismissed one as dismissed", () => {
    const w = moved();
    const review = w.review("dbkr", "approved");
    w.reconcile();
    const before = shown(w).events;
    expect(withoutTwice(before).flatMap(({ by, what }) => (by === "dbkr" ? [what.kind] : []))).toEqual([
      "vote",
    ]);
    w.wait(HOUR);
    w.dismiss(review, "dbkr");
    const all = [...before, ...shown(w).events.filter(({ id }) => !before.some((one) => one.id === id))];
    expect(
      withoutTwice(all).flatMap(({ by, what }) =>
        by === "dbkr" ? [what.kind === "review" ? `review, dismissed: ${what.dismissed}` : what.kind] : [],
      ),
    ).toEqual(["vote", "review, dismissed: true", "vote"]);
  });

  test("takeover.legacy: of the votes of an older bot's comment, which come in one moment, each is told", () => {
    const w = inFcp();
    const decision = w.decide();
    const { motion } = decision.register;
    if (motion === null) throw new Error("There is no motion.");
    const ballots = motion.ballots.map((ballot) => ({
      ...ballot,
      source: "takeover",
      from: { ...ballot.from, via: "takeover" as const, at: START },
    }));
    const register = { ...decision.register, motion: { ...motion, ballots } };
    const events = happenedTo({ ...decision, register }, w.snapshot(), w.rules);
    const votes = events.filter(({ what }) => what.kind === "vote");
    expect(new Set(votes.map(({ id }) => id)).size).toBe(6);
    for (const { id } of votes) expect(id).toMatch(/^[ -~]{1,200}$/);
  });

  test("what somebody has hidden on GitHub: it counts, and in its place stands that it is hidden, also where it is kept already", () => {
    const w = moved();
    const vote = w.say("dbkr", "I like it.\n@mscbot reviewed");
    const bare = w.say("uhoreg", "@mscbot reviewed");
    const concern = w.say("ara4n", "@mscbot concern it leaks");
    w.reconcile();
    w.tick("erikjohnston");
    const before = shown(w);
    const hide = new Set([vote.id, bare.id, concern.id]);
    const snapshot = {
      ...w.snapshot(),
      utterances: w.utterances.map((one) => (hide.has(one.id) ? { ...one, hidden: true as const } : one)),
    };
    const view = evaluate(snapshot, w.rules, w.now).view(null);
    const kept = (one: PublicView | null) =>
      new Map((one?.events ?? []).map((event) => [event.id, wordless(event)]));
    for (const [id, { event, words }] of kept(view)) {
      // Under its name stands what was kept of it before.
      expect(kept(before).get(id)?.event).toEqual(event);
      const { what } = withWords({ event, words });
      if ("text" in what)
        expect(what.text).toBe(event.by === "dbkr" || event.by === "ara4n" ? "(hidden on GitHub)" : "");
    }
    expect(view?.summary).toMatchObject({
      teams: before.summary.teams,
      concerns: [{ text: "(hidden on GitHub)", by: "ara4n" }],
    });
    expect(view?.detail.concerns).toMatchObject([{ text: "(hidden on GitHub)" }]);
  });

  test("of a hidden reason its words are hidden, and stand again when it is shown", () => {
    const event = (hidden?: true): PublicEvent => ({
      ...{ id: "waived", at: 1, by: "ara4n", url: "u" },
      ...(hidden === undefined ? {} : { hidden }),
      what: { kind: "waived", gate: "checklist", reason: "because" },
    });
    expect(wordless(event(true)).event).toEqual(wordless(event()).event);
    expect(withWords(wordless(event(true))).what).toMatchObject({ reason: "(hidden on GitHub)" });
    expect(withWords(wordless(event())).what).toMatchObject({ reason: "because" });
  });

  test("every name is ASCII, at most 200 characters, and no two are the same, whatever people do", () => {
    const doings: readonly ((w: World) => unknown)[] = [
      (w) => w.say("richvdh", "@mscbot fcp merge"),
      (w) => w.say("dbkr", "@mscbot reviewed"),
      (w) => w.say("dbkr", "@mscbot retract"),
      (w) => w.review("uhoreg", "approved"),
      (w) => w.review("uhoreg", "changes_requested"),
      (w) => w.say("ara4n", "@mscbot concern Ünïcode “quoted”"),
      (w) => w.say("ara4n", "@mscbot resolve all"),
      (w) => w.say("ara4n", "@mscbot concern Ünïcode “quoted”"),
      (w) => w.say("erikjohnston", "@mscbot cancel"),
      (w) => w.close("author"),
      (w) => w.reopen("author"),
      (w) => w.wait(6 * DAY),
      (w) => w.merge("richvdh"),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(doings.length - 1), { maxLength: 14 }), (picked) => {
        const w = world();
        const told = new Map<string, unknown>();
        for (const index of picked) {
          doings[index]?.(w);
          w.wait(MINUTE);
          w.reconcile();
          const { events } = evaluate(w.snapshot(), w.rules, w.now).view(null) ?? { events: [] };
          const ids = events.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { id, at } of events) {
            expect(id).toMatch(/^[ -~]{1,200}$/);
            expect(Number.isSafeInteger(at)).toBe(true);
            // What was kept under a name is never to be told otherwise.
            const moment = told.get(id) ?? at;
            told.set(id, moment);
            expect({ id, at }).toEqual({ id, at: moment });
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("what the page of a proposal shows of each vote", () => {
  test("how it came, where it stands, and that it was given on an earlier text", () => {
    const w = moved();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.push("b".repeat(40));
    const seat = shown(w).detail.votes[0]?.seats.find(({ login }) => login === "dbkr");
    expect(seat).toMatchObject({ choice: "yes", cast: { via: "command", onEarlierText: true }, note: "" });
  });

  test("ballot.review: an approval of another text from before the motion is shown and not counted", () => {
    const w = world();
    w.reconcile();
    w.review("dbkr", "approved", "", "b".repeat(40));
    w.say("richvdh", "@mscbot fcp merge");
    const seat = shown(w).detail.votes[0]?.seats.find(({ login }) => login === "dbkr");
    expect(seat).toMatchObject({
      choice: null,
      cast: { via: "review", onEarlierText: true },
      note: "not counted: an approval of another text, from before this was proposed",
    });
  });

  test("ballot.review: an approving review is no yes to closing, and says so", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp close");
    w.reconcile();
    w.review("dbkr", "approved");
    const seat = shown(w).detail.votes[0]?.seats.find(({ login }) => login === "dbkr");
    expect(seat).toMatchObject({
      choice: null,
      note: "not counted: an approving review is a yes to merging only",
    });
  });

  test("ballot.team: of two teams each has its own list", () => {
    const w = moved({ labels: ["proposal", "kind:governance"] });
    expect(
      shown(w).detail.votes.map(({ title, measure, decidedAt }) => ({ title, measure, decidedAt })),
    ).toEqual([
      { title: "Spec Core Team", measure: "75% of the Spec Core Team", decidedAt: null },
      { title: "Guardians", measure: "75% of the Guardians", decidedAt: null },
    ]);
  });

  test("motion.hold: what holds it is a sentence", () => {
    const w = moved();
    w.draft();
    expect(shown(w).detail.holds).toEqual(["Waiting for the draft to be marked ready for review."]);
  });

  const GATED: Rules = {
    ...MATRIX,
    gates: [{ kind: "label", name: "blocked", label: "blocked", wanted: "absent", before: "begin" }],
  };
  test("gate.begin: a gate that is not met says what it waits for, in the line and on the page", () => {
    const w = moved({ rules: GATED });
    w.label("dbkr", "blocked");
    const { summary: line, detail } = shown(w);
    expect(line.gates).toEqual([{ words: "the label “blocked” to be taken off", before: "begin" }]);
    expect(detail.gates).toMatchObject([
      { state: "unmet", words: "the label “blocked” to be taken off", waiver: null },
    ]);
  });
});
