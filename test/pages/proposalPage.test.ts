import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { day } from "../../src/domain/messages/grammar.js";
import type { ProposalDetail, PublicEvent } from "../../src/domain/model/publicView.js";
import { DAY, readable } from "../../src/domain/text/time.js";
import { proposalCard } from "../../src/pages/card.js";
import { proposalRoute } from "../../src/pages/proposalPage.js";
import { foreignIn, pageOf, pathsOf, wordsOf } from "./asked.js";
import { BUSY, DETAIL, eventAt, LONG, NOW, SPACES, summaryOf, voteOf } from "./detailed.js";
import { HOSTILE_TEXTS, hostileSummary, type PlainFacts } from "./world.js";

const spaces = () => pageOf(proposalRoute, "1772/", BUSY, NOW);

/** The row of one member, with what stands below it. */
function rowOf(page: string, login: string): string {
  const rows = page.split(/<tr/);
  const at = rows.findIndex(
    (row) => /<th scope="row">.*?<\/th>/.exec(row)?.[0].includes(`>${login}<`) === true,
  );
  const below = rows[at + 1]?.includes("colspan") === true ? (rows[at + 1] ?? "") : "";
  return wordsOf(`<main><tr${rows[at]}${below === "" ? "" : `<tr${below}`}</main>`);
}

describe("the page of one proposal", () => {
  test("says first what it lacks, in one sentence", async () => {
    const words = wordsOf(await spaces());
    expect(words).toContain("#1772 MSC1772: Matrix spaces");
    expect(words).toContain(
      "Waiting for 1 more approval from the Spec Core Team and for concern C2 to be resolved.",
    );
    expect(words.indexOf("Waiting for")).toBeLessThan(words.indexOf("Votes"));
  });

  test("an amendment that was merged is adopted, and a proposal that was is in the specification", async () => {
    const standing = async (amendment: boolean) => {
      const merged = summaryOf(7, { place: "merged", state: "merged", amendment });
      return wordsOf(await pageOf(proposalRoute, "7/", { ...BUSY, summaries: [merged] }, NOW));
    };
    expect(await standing(true)).toContain("adopted amendment");
    expect(await standing(true)).not.toContain("specification");
    expect(await standing(false)).toContain("in the specification");
  });

  test("fcp.conclude: a period whose time is up and that something holds has ended, in the same words on the board, here and in the drawing", async () => {
    const fcp = { startedAt: NOW - 6 * DAY, endsAt: NOW - DAY };
    const begun = { kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: fcp.endsAt } as const;
    const held = summaryOf(7, { place: "fcp", fcp });
    const events = [{ ...eventAt("2026-03-01T00:00:00Z", null, begun), at: fcp.startedAt, number: 7 }];
    const page = await pageOf(proposalRoute, "7/", { ...BUSY, summaries: [held], events }, NOW);
    const end = readable(fcp.endsAt);
    const card = (now: number) => wordsOf(`<main>${proposalCard(held, { up: "./", now }).text}</main>`);
    expect(wordsOf(page)).toContain(`began on ${readable(fcp.startedAt)}, ended on ${end}`);
    expect(page).toContain(`that ended on ${day(fcp.endsAt)}.`);
    expect(card(NOW)).toContain(`ended on ${end}, 24 hours ago`);
    // At the very moment it is over.
    expect(card(fcp.endsAt)).toContain(`ended on ${end}`);
    expect(card(fcp.endsAt - 1)).toContain(`ends on ${end}`);
  });

  test("tells of each vote what it is, how it came, where it can be looked up, and what was said with it", async () => {
    const page = await spaces();
    expect(rowOf(page, "clokep")).toContain(
      "yes by review, 13 January 2026, on an earlier text Looks right to me",
    );
    expect(rowOf(page, "dbkr")).toContain("abstains by command, 13 January 2026 I wrote half of it.");
    expect(rowOf(page, "anoadragon453")).toContain("none –");
    expect(rowOf(page, "richvdh")).toContain("an approval of an earlier text");
    expect(page).toMatch(
      /<a href="https:\/\/github\.com\/[^"]+" rel="noreferrer nofollow ugc">by review<\/a>/,
    );
  });

  test("tells former votes, the newest first: was changes requested, took it back, yes", async () => {
    const page = await spaces();
    expect(rowOf(page, "turt2live")).toContain("was: changes requested (dismissed), 1 October 2025");
    const former = rowOf(page, "erikjohnston");
    expect(former).toMatch(
      /With the limit in, yes\. was: took it back, 22 January 2026 C2 has a point\. was: yes, 21 January 2026/,
    );
  });

  test("tells a review after a vote as said since, and knows a member whatever the case of their name", async () => {
    const events = [
      ...LONG,
      eventAt("2026-03-08T09:00:00Z", "CLOKEP", {
        kind: "review",
        verdict: "changes_requested",
        dismissed: false,
        text: "Wait.",
      }),
    ];
    const page = await pageOf(proposalRoute, "1772/", factsOf(DETAIL, events), NOW);
    expect(rowOf(page, "clokep")).toContain("since: changes requested, 8 March 2026 Wait.");
  });

  test("tells concerns with who raised and resolved them, and which holds the motion", async () => {
    const words = wordsOf(await spaces());
    expect(words).toContain("1 of 2 open.");
    expect(words).toContain(
      "C1 resolved The state keys are not namespaced. Requested as changes by turt2live on 1 October 2025, 16:00 UTC. Resolved by turt2live on 3 November 2025, 09:00 UTC.",
    );
    expect(words).toContain("C2 open holds the motion Restricted joins");
  });

  test("tells what has to be in place, who waived it and why, and what holds it besides", async () => {
    const words = wordsOf(await spaces());
    expect(words).toContain(
      "implementation waived before the Final Comment Period begins Waived by kegsay: Two are in use; the list is out of date.",
    );
    expect(words).toContain(
      "checklist not met before it concludes 2 of 12 boxes of the checklist are not ticked",
    );
    expect(words).toContain("What holds it The text changed after three of the votes");
    expect(words).toContain(
      "Yes to the text as it stands has to come from 2 people other than its authors; it has come from 1 (erikjohnston).",
    );
  });

  test("tells every event in a sentence, in order, with its moment, beside a picture that says so", async () => {
    const page = await spaces();
    const list = page.slice(page.indexOf('<ol class="events">'));
    expect(list.match(/<li class="/g)).toHaveLength(LONG.length);
    const moments = Array.from(list.matchAll(/<time datetime="([^"]+)"/g), ([, moment]) => moment);
    expect(moments).toEqual([...moments].sort());
    expect(page).toContain('role="img" aria-labelledby="life-1772-title" aria-describedby="life-1772-desc"');
    expect(page).toContain("The list below it tells each event.");
    expect(page).toContain(
      '<section class="scrolls" tabindex="0" aria-label="The life of #1772, drawn to scale">',
    );
  });

  test("quotes what was said in paragraphs, and folds what is long", async () => {
    const page = await pageOf(
      proposalRoute,
      "1772/",
      factsOf(DETAIL, [
        eventAt("2026-03-08T09:00:00Z", "anoadragon453", voteOf("yes", "word ".repeat(2000))),
      ]),
      NOW,
    );
    expect(page).toMatch(/<details class="said"><summary><bdi>word/);
    const listed = await spaces();
    expect(listed).toContain(
      "<p><bdi>The state keys are not namespaced.</bdi></p><p><bdi>This breaks bridges.</bdi></p>",
    );
  });

  test("of before the clerk came says that there is no record, and what its labels say", async () => {
    const old = summaryOf(9, {
      known: "labels",
      sentence: "",
      labels: ["merged", "<b>spec</b>"],
      place: "merged",
      state: "merged",
      endedAt: NOW,
    });
    const words = wordsOf(await pageOf(proposalRoute, "9/", { summaries: [old] }, NOW));
    expect(words).toContain("No record. The clerk has never counted here");
    expect(words).toContain("merged <b>spec</b>");
    expect(words).toContain("pull request #9");
  });

  test("is there for every proposal, and for no other number", async () => {
    expect(await pathsOf(proposalRoute, { summaries: [SPACES, summaryOf(9)] })).toEqual(["1772/", "9/"]);
    await expect(pageOf(proposalRoute, "8/", BUSY, NOW)).rejects.toThrow();
    expect("012/").not.toMatch(proposalRoute.path);
    expect("1772/x").not.toMatch(proposalRoute.path);
  });
});

const factsOf = (detail: ProposalDetail, events: readonly PublicEvent[]): PlainFacts => ({
  summaries: [SPACES],
  details: new Map([[1772, detail]]),
  events: events.map((event) => ({ ...event, number: 1772 })),
});

/** The same text in every field that somebody can fill. */
function hostileFacts(text: string): PlainFacts {
  const url = `javascript:${text}`;
  const by = text;
  const cast = { via: "review", at: NOW, url, head: text, onEarlierText: true } as const;
  const detail: ProposalDetail = {
    votes: [text, `${text}2`].map((team) => ({
      ...{ team, title: text, measure: text, decidedAt: NOW },
      seats: [{ login: text, lead: true, away: true, choice: "yes", cast, note: text }],
    })),
    concerns: [
      { number: 1, text, by, at: NOW, url, kind: "spoken", blocks: true, motion: 1, resolved: null },
      {
        number: 2,
        text,
        by,
        at: NOW,
        url,
        kind: "changes_requested",
        blocks: false,
        motion: 1,
        resolved: { by, at: NOW, url },
      },
    ],
    gates: [{ name: text, before: "begin", state: "waived", words: text, waiver: { by, reason: text, url } }],
    head: text,
    approval: { needed: 2, by: [text], met: false },
    holds: [text],
    changes: [text],
  };
  const whats: readonly PublicEvent["what"][] = [
    { kind: "vote", motion: 1, team: text, choice: "yes", via: "command", text },
    { kind: "review", verdict: "changes_requested", dismissed: false, text },
    { kind: "concern", number: 1, text, of: "spoken" },
    { kind: "overridden", motion: 1, outcome: "finished", reason: text },
    { kind: "corrected", motion: 1, reason: text },
    { kind: "waived", gate: text, reason: text },
    { kind: "new_text", commit: text },
    {
      kind: "concluded",
      motion: 1,
      disposition: "merge",
      turnout: [{ team: text, title: text, yes: 1, abstained: 0, size: 1 }],
    },
  ];
  return {
    summaries: [hostileSummary(7, text)],
    details: new Map([[7, detail]]),
    events: whats.map((what, index) => ({ id: `${index}`, at: NOW + index, by: text, url, what, number: 7 })),
  };
}

describe("whatever people write, it is text", () => {
  test.each([...HOSTILE_TEXTS.entries()])("in every field: the hostile text %i", async (_, text) => {
    const page = await pageOf(proposalRoute, "7/", hostileFacts(text), NOW);
    expect(foreignIn(page)).toEqual([]);
  });

  test("whichever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 80 }), async (text) => {
        const page = await pageOf(proposalRoute, "7/", hostileFacts(text), NOW);
        expect(foreignIn(page)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
