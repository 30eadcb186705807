import fc from "fast-check";
import { expect, test } from "vitest";
import { PLACES } from "../../../src/domain/model/publicView.js";
import { specTable } from "../../../src/pages/data/specTable.js";
import { at, summary } from "./facts.js";
import { HOSTILE, someSummary } from "./someFacts.js";

/** The sections in which a proposal stands. */
const sectionsOf = (number: number, table: ReturnType<typeof specTable>): string[] =>
  table.filter(({ proposals }) => proposals.some((row) => row.number === number)).map(({ label }) => label);

test("the sections are those of the specification's own script, in its order, and one for the rejected", () => {
  expect(specTable([]).map(({ label, title }) => [label, title])).toEqual([
    ["work-in-progress", "Work In Progress"],
    ["proposal-in-review", "Proposal In Review"],
    ["proposed-final-comment-period", "Proposed Final Comment Period"],
    ["final-comment-period", "Final Comment Period"],
    ["finished-final-comment-period", "Finished Final Comment Period"],
    ["spec-pr-missing", "Spec PR Missing"],
    ["spec-pr-in-review", "Spec PR In Review"],
    ["merged", "Merged"],
    ["rejected", "Rejected"],
    ["proposal-postponed", "Postponed"],
    ["abandoned", "Abandoned"],
    ["obsolete", "Obsolete"],
  ]);
});

test("a row has what the template reads, as the kinds of values it reads", () => {
  const [, inReview] = specTable([
    summary(1772, {
      title: "MSC1772: Matrix <spaces>",
      authors: ["ara4n", "erikjohnston"],
      shepherd: "dbkr",
      documentation: ["https://example.org/docs"],
      createdAt: at("2018-12-31T23:59:59Z"),
      updatedAt: at("2026-03-09T00:00:00Z"),
    }),
  ]);
  expect(inReview?.proposals).toEqual([
    {
      number: 1772,
      url: "https://github.com/matrix-org/matrix-spec-proposals/pull/1772",
      title: "MSC1772: Matrix <spaces>",
      created_at: "2018-12-31",
      updated_at: "2026-03-09",
      authors: ["ara4n", "erikjohnston"],
      shepherd: "dbkr",
      documentation: ["https://example.org/docs"],
    },
  ]);
});

test.each([
  ["draft", "work-in-progress"],
  ["in_review", "proposal-in-review"],
  ["proposed", "proposed-final-comment-period"],
  ["fcp", "final-comment-period"],
  ["finished", "finished-final-comment-period"],
  ["spec_missing", "spec-pr-missing"],
  ["spec_in_review", "spec-pr-in-review"],
  ["merged", "merged"],
  ["rejected", "rejected"],
  ["postponed", "proposal-postponed"],
  ["obsolete", "obsolete"],
] as const)(
  "a proposal of which the clerk says %s stands in %s alone, whatever old labels are left on it",
  (place, label) => {
    const labels = ["merged", "proposal-in-review", "abandoned", "obsolete"];
    expect(sectionsOf(7, specTable([summary(7, { place, labels, state: "closed" })]))).toEqual([label]);
  },
);

test("one that was closed without a decision is abandoned where somebody has labelled it so, and else in no section", () => {
  const closed = { place: "undecided", state: "closed" } as const;
  expect(sectionsOf(7, specTable([summary(7, { ...closed, labels: ["proposal", "Abandoned"] })]))).toEqual([
    "abandoned",
  ]);
  expect(sectionsOf(7, specTable([summary(7, closed)]))).toEqual([]);
  expect(
    sectionsOf(7, specTable([summary(7, { ...closed, state: "open", labels: ["abandoned"] })])),
    "a placeholder",
  ).toEqual([]);
  expect(
    sectionsOf(7, specTable([summary(7, { ...closed, state: "merged", labels: ["abandoned"] })])),
  ).toEqual([]);
});

test("an amendment is no proposal to the specification", () => {
  for (const place of PLACES)
    expect(sectionsOf(7, specTable([summary(7, { place, amendment: true })]))).toEqual([]);
});

test("each proposal stands in one section at most, newest first, and every one that the process has a word for in one", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(someSummary, { selector: ({ number }) => number, maxLength: 8 }),
      (summaries) => {
        const table = specTable(summaries);
        for (const one of summaries) {
          const found = sectionsOf(one.number, table).length;
          expect(found).toBeLessThanOrEqual(1);
          if (!one.amendment && one.place !== "undecided") expect(found).toBe(1);
        }
        for (const { proposals } of table) {
          const numbers = proposals.map(({ number }) => number);
          expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
        }
      },
    ),
  );
});

test("who opened it is its author where its description names nobody who can have an account", () => {
  const authors = (changed: Parameters<typeof summary>[1]) =>
    specTable([summary(7, changed)]).flatMap(({ proposals }) => proposals)[0]?.authors;
  expect(authors({ authors: [], author: "anna" })).toEqual(["anna"]);
  expect(authors({ authors: ["<b>", "bert_corp", "clerk[bot]"], author: "anna" })).toEqual([
    "bert_corp",
    "clerk[bot]",
  ]);
  expect(authors({ authors: ["@anna"], author: null })).toEqual([]);
});

test("documentation is what a reader can follow: an address of the web, written so that it fits between quotation marks", () => {
  const documentation = [
    "http://a.example",
    'https://b.example/x y?q="<>',
    "ftp://c.example",
    "docs/d.md",
    "httpsx://e",
  ];
  const rows = specTable([summary(7, { documentation })]).flatMap(({ proposals }) => proposals);
  expect(rows[0]?.documentation).toEqual(["http://a.example/", "https://b.example/x%20y?q=%22%3C%3E"]);
});

test.each(HOSTILE)(
  "nothing but logins and addresses stands where the template writes them into its page unescaped: %#",
  (text) => {
    const documentation = [
      text,
      `https://example.org/"><script>${text}`,
      `https://example.org/?q='"&#${text}`,
    ];
    const rows = specTable([
      summary(7, { title: text, author: text, authors: [text], shepherd: text, documentation }),
    ]).flatMap(({ proposals }) => proposals);
    for (const row of rows) {
      for (const login of [...row.authors, ...(row.shepherd === null ? [] : [row.shepherd])])
        expect(login).toMatch(/^[A-Za-z0-9_[\]-]+$/);
      for (const address of row.documentation) expect(address).toMatch(/^https?:\/\/[^"<>\s]+$/);
      expect(row.title).toBe(text);
    }
  },
);
