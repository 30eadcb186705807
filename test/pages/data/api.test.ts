import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventSentence } from "../../../src/domain/messages/eventSentence.js";
import { PLACES } from "../../../src/domain/model/publicView.js";
import { iso } from "../../../src/domain/text/time.js";
import { DATA } from "../../../src/pages/data/api.js";
import { API_FORMAT } from "../../../src/pages/data/schemas.js";
import { sha256 } from "../../../src/platform/sha256.js";
import { answerAt, jsonAt, pathsOf } from "./asking.js";
import { askedOf, at, DETAIL, event, facts, known, REPOSITORY, summary } from "./facts.js";
import { ONE_OF_EACH, someFacts } from "./someFacts.js";

const decided = {
  number: 1,
  pull: 1772,
  motion: 1,
  outcome: "merge",
  at: at("2026-03-07T09:00:32Z"),
  hash: "0".repeat(64),
  url: "https://github.com/x",
};

/** The same data with its moments as text, found by their names: told another way than field by field. */
const asTold = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (name, value: unknown) => {
      if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
      const isMoment = /^(at|from|until|since|(created|updated|ended|decided|started|ends)At)$/.test(name);
      return isMoment && typeof value === "number" ? iso(value) : value;
    }),
  );

test("of whatever views, every field of theirs is told as it is, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(someFacts, async (of) => {
      const summaries = of.proposals.map((one) => one.summary);
      expect(await jsonAt("api/v1/board.json", of)).toEqual({
        format: API_FORMAT,
        repository: { id: 4711, name: "matrix-org/matrix-spec-proposals", url: REPOSITORY.url },
        reading: of.repository.reading,
        caveats: [],
        proposals: asTold(summaries),
      });
      for (const one of of.proposals) {
        const { events, ...rest } = asTold(one) as { events: object[] };
        expect(await jsonAt(`api/v1/proposals/${one.summary.number}.json`, of)).toMatchObject({
          ...rest,
          events: events.map((each, index) => ({
            ...each,
            sentence: eventSentence(one.events[index] ?? never(), one.summary).replace(
              /\p{Surrogate}/gu,
              "\ufffd",
            ),
          })),
        });
      }
      expect(await jsonAt("api/v1/roster.json", of)).toMatchObject({ versions: asTold(of.roster?.versions) });
      expect(await jsonAt("api/v1/decisions.json", of)).toMatchObject({ decisions: asTold(of.decisions) });
    }),
    { numRuns: 150 },
  );
});
test("of every kind of event every field is told", async () => {
  const events = ONE_OF_EACH.map((what) => event(what));
  expect(events).toHaveLength(23);
  const of = facts({ proposals: [known(summary(7), events)] });
  const told = (await jsonAt("api/v1/proposals/7.json", of)) as { events: { what: object }[] };
  expect(told.events.map(({ what }) => what)).toEqual(asTold(ONE_OF_EACH));
});

const never = (): never => {
  throw new Error("There is one of each.");
};

describe("what is told", () => {
  test("the board has every proposal once, amendments and those of before the clerk came too", async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, async (of) => {
        const { proposals } = (await jsonAt("api/v1/board.json", of)) as { proposals: { number: number }[] };
        expect(proposals.map(({ number }) => number)).toEqual(of.proposals.map((one) => one.summary.number));
      }),
      { numRuns: 30 },
    );
  });

  test("a proposal comes with its board line, its particulars, and all that has happened, votes too", async () => {
    const vote = event({ kind: "vote", motion: 1, team: "sct", choice: "yes", via: "tick", text: "good" });
    const of = facts({ proposals: [known(summary(7), [vote], { ...DETAIL, holds: ["It is a draft."] })] });
    expect(await jsonAt("api/v1/proposals/7.json", of)).toMatchObject({
      format: "msc-clerk api 1",
      repository: { id: 4711, name: "matrix-org/matrix-spec-proposals" },
      summary: { number: 7, createdAt: "2026-01-05T10:00:00Z" },
      detail: { holds: ["It is a draft."] },
      events: [
        { transition: false, sentence: "dbkr voted yes, in sct.", what: { kind: "vote", text: "good" } },
      ],
    });
    expect(await answerAt("api/v1/proposals/8.json", askedOf(of)), "of another nothing is known").toBeNull();
  });

  test("one that is known by its labels alone says so", async () => {
    const of = facts({ proposals: [known(summary(7, { known: "labels" }), [], null)] });
    expect(await jsonAt("api/v1/proposals/7.json", of)).toMatchObject({
      summary: { known: "labels" },
      detail: null,
    });
  });

  test("record.signed: a decision comes with the very text that was signed, and the command that verifies it", async () => {
    const record = '{"at":"2026-03-07T09:00:32Z","title":"“né”"}';
    const of = facts({ decisions: [{ ...decided, hash: sha256(record) }], records: new Map([[1, record]]) });
    const told = (await jsonAt("api/v1/decisions/1.json", of)) as {
      record: string;
      decision: { hash: string };
    };
    expect(told).toMatchObject({
      decision: {
        pull: 1772,
        at: "2026-03-07T09:00:32Z",
        verify: "npx msc-clerk verify matrix-org/matrix-spec-proposals#1772",
      },
    });
    expect(sha256(told.record)).toBe(told.decision.hash);
    expect(await answerAt("api/v1/decisions/2.json", askedOf(of))).toBeNull();
    expect(await jsonAt("api/v1/decisions/1.json", facts({ decisions: [decided] }))).toMatchObject({
      record: null,
    });
  });

  test("a roster that was not read yet is no empty one: it is not listed, and who asks is told to come again", async () => {
    const of = facts();
    expect(await pathsOf(of)).not.toContain("api/v1/roster.json");
    await expect(answerAt("api/v1/roster.json", askedOf(of))).rejects.toThrow(
      "The roster has not been read yet.",
    );
    expect(await pathsOf(facts({ roster: { versions: [] } }))).toContain("api/v1/roster.json");
  });

  test("the index lists everything, each with its schema", async () => {
    const of = facts({ proposals: [known(summary(7))], decisions: [decided], roster: { versions: [] } });
    const { documents } = (await jsonAt("api/v1/index.json", of)) as {
      documents: { path: string; schema: string | null }[];
    };
    const paths = await pathsOf(of);
    const listed = documents.flatMap(({ path, schema }) => [path, ...(schema === null ? [] : [schema])]);
    expect([...new Set(paths.map((path) => path.replace(/\/\d+\.json$/, "/N.json")))].sort()).toEqual(
      [...new Set(listed)].sort(),
    );
  });

  test("docs/data.md has a row for each document, with its schema, and the words that are promised", () => {
    const page = readFileSync("docs/data.md", "utf8");
    for (const { path, schema } of DATA)
      expect(page).toMatch(
        new RegExp(`^\\| \`${path}\` \\|.*\\| ${schema === null ? "" : `\`${schema}.json\` `}\\|$`, "m"),
      );
    for (const word of [API_FORMAT, ...PLACES]) expect(page).toContain(`\`${word}\``);
  });

  test("what is unavailable is told as that, by every document that hangs on it", async () => {
    const no = { kind: "unavailable", why: "The store is away." } as const;
    const away = async () => no;
    const asked = askedOf(facts(), {
      source: {
        ...{ repositories: away, repository: away, summaries: away, proposal: away },
        ...{ events: away, decisions: away, record: away, roster: away },
      },
    });
    for (const path of [
      "api/v1/board.json",
      "api/v1/proposals/1.json",
      "api/v1/decisions.json",
      "api/v1/decisions/1.json",
      "api/v1/roster.json",
      "api/v1/events.json",
      "proposals.json",
      "feed.atom",
      "fcp.ics",
    ])
      await expect(answerAt(path, asked), path).rejects.toThrow("The store is away.");
  });
});

describe("events.json", () => {
  const many = Array.from({ length: 1_100 }, (_, index) =>
    event(
      { kind: "resolved", number: index + 1 },
      { id: `r${index}`, at: at("2026-03-01T00:00:00Z") + index * 1000 },
    ),
  );
  const vote = event(
    { kind: "vote", motion: 1, team: "t", choice: "yes", via: "tick", text: "" },
    { at: at("2026-03-09T00:00:00Z") },
  );
  const of = facts({ proposals: [known(summary(7), [...many, vote])] });
  type Events = {
    since: string | null;
    more: boolean;
    events: { number: number; at: string; what: { number: number } }[];
  };
  const asked = async (query: string, live = true) =>
    (await jsonAt("api/v1/events.json", of, {
      query: new URLSearchParams(query),
      live,
    })) as Events;

  test("the newest thousand transitions are told, newest first, and that there are more", async () => {
    const { since, more, events } = await asked("");
    expect([since, more, events.length]).toEqual([null, true, 1_000]);
    expect([events[0]?.what.number, events.at(-1)?.what.number]).toEqual([1_100, 101]);
    expect(events[0]?.number).toBe(7);
  });

  test.each([
    ["since=2026-03-01T00:18:10Z", "2026-03-01T00:18:10Z", 10],
    ["since=2026-03-01T00:18:10.000Z", "2026-03-01T00:18:10Z", 10],
    ["since=2026-03-01T00:01:40Z", "2026-03-01T00:01:40Z", 1_000],
    ["since=2026-03-02", "2026-03-02T00:00:00Z", 0],
  ])("?%s leaves out what is older", async (query, since, count) => {
    const answer = await asked(query);
    expect([answer.since, answer.more, answer.events.length]).toEqual([since, false, count]);
  });

  test.each([
    "since=yesterday",
    "since=2026-13-99",
    "since=2026-02-30T99:00:00Z",
    "since=1",
    "since=x2026-03-02",
    "since=2026-03-02x",
    "since=%00",
    "before=2026-03-02",
  ])("?%s is no moment: all is told, and that nothing was understood", async (query) => {
    expect(await asked(query)).toMatchObject({ since: null, more: true });
  });

  test("in a file nobody has asked for anything", async () => {
    expect(await asked("since=2026-03-02", false)).toMatchObject({ since: null });
  });
});

test("repositories of one number are one, whatever they are called now", async () => {
  const renamed = facts({ repository: { ...REPOSITORY, name: "proposals" } });
  expect(await jsonAt("api/v1/board.json", renamed)).toMatchObject({
    repository: { id: 4711, name: "matrix-org/proposals" },
  });
});
