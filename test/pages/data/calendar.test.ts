import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { unseenIn } from "../../../src/domain/messages/escape.js";
import { DAY } from "../../../src/domain/text/time.js";
import { fcpCalendar } from "../../../src/pages/data/calendar.js";
import { icalLine, icalText } from "../../../src/pages/data/icalendar.js";
import type { ProposalKnown } from "../../../src/pages/source.js";
import { at, event, known, NOW, REPOSITORY, summary } from "./facts.js";
import { HOSTILE, someFacts } from "./someFacts.js";

const BEGUN = at("2026-03-07T09:00:00Z");
const ENDS = at("2026-03-12T09:00:00Z");
const begun = event({ kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: ENDS }, { at: BEGUN });
const motion = {
  number: 1,
  disposition: "merge",
  mover: "dbkr",
  at: BEGUN,
  url: "https://x.example",
  end: null,
} as const;
const running = summary(1772, { title: "MSC1772: Spaces", motion, fcp: { startedAt: BEGUN, endsAt: ENDS } });

const calendarOf = (proposals: readonly ProposalKnown[], now = NOW): string =>
  fcpCalendar(
    {
      repository: REPOSITORY,
      summaries: proposals.map((one) => one.summary),
      events: proposals.flatMap((one) => one.events.map((each) => ({ ...each, number: one.summary.number }))),
      publicRoot: "https://msc.example/r/",
    },
    now,
  );

const parsed = (text: string) => new ICAL.Component(ICAL.parse(text));

/** The events as another program reads them. */
const read = (text: string) =>
  parsed(text)
    .getAllSubcomponents("vevent")
    .map((component) => {
      const value = (name: string) => component.getFirstPropertyValue(name)?.toString() ?? null;
      return {
        uid: value("uid"),
        stamp: value("dtstamp"),
        start: value("dtstart"),
        end: value("dtend"),
        sequence: value("sequence"),
        status: value("status"),
        summary: value("summary"),
        description: value("description"),
        url: value("url"),
      };
    });

const RUNNING = {
  uid: "4711-1772-1@github.com",
  stamp: "2026-03-07T09:00:00Z",
  start: "2026-03-12T09:00:00Z",
  end: null,
  sequence: "0",
  status: "CONFIRMED",
  summary: "FCP to merge ends: #1772 MSC1772: Spaces",
  description:
    "Final Comment Period to merge #1772 MSC1772: Spaces. It began on 7 March 2026, 09:00 UTC. It ends on 12 March 2026, 09:00 UTC, and concludes then if nothing stands in the way.\nhttps://github.com/matrix-org/matrix-spec-proposals/pull/1772",
  url: "https://msc.example/r/1772/",
};

describe("the calendar tells when Final Comment Periods end", () => {
  test("a running one is there once, by the board and by what has happened", () => {
    expect(read(calendarOf([known(running, [begun])]))).toEqual([RUNNING]);
  });

  test("a running one is there where only the board tells of it", () => {
    expect(read(calendarOf([known(running)]))).toEqual([RUNNING]);
  });

  test("one that concluded stays as it was", () => {
    const concluded = event(
      { kind: "concluded", motion: 1, disposition: "merge", turnout: [] },
      { at: ENDS + 60_000 },
    );
    const proposal = summary(1772, { title: "MSC1772: Spaces", motion: { ...motion, end: "concluded" } });
    expect(read(calendarOf([known(proposal, [begun, concluded])], ENDS + DAY))).toEqual([RUNNING]);
    expect(read(calendarOf([known(proposal, [begun, concluded])], ENDS + 90 * DAY - 1))).toEqual([RUNNING]);
    expect(read(calendarOf([known(proposal, [begun, concluded])], ENDS + 90 * DAY))).toEqual([]);
  });

  test.each([
    ["a member cancelled it", event({ kind: "cancelled", motion: 1, how: "command" }, { at: BEGUN + DAY })],
    [
      "it was decided elsewhere",
      event({ kind: "overridden", motion: 1, outcome: "finished", reason: "" }, { at: BEGUN + DAY }),
    ],
    ["it was merged meanwhile", event({ kind: "merged_undecided", motion: 1 }, { at: BEGUN + DAY })],
  ])(
    "one that did not come to its end says so, under the same name and as something newer: %s",
    (_why, ending) => {
      const proposal = summary(1772, { title: "MSC1772: Spaces", motion: { ...motion, end: "cancelled" } });
      expect(read(calendarOf([known(proposal, [begun, ending])]))).toEqual([
        {
          ...RUNNING,
          stamp: "2026-03-08T09:00:00Z",
          sequence: "1",
          status: "CANCELLED",
          description: RUNNING.description.replace(
            "It ends on 12 March 2026, 09:00 UTC, and concludes then if nothing stands in the way.",
            "It was cancelled on 8 March 2026, 09:00 UTC.",
          ),
        },
      ]);
    },
  );

  test("one whose end nobody told of is cancelled since the board says so", () => {
    const since = BEGUN + DAY;
    const proposal = summary(1772, { motion: { ...motion, end: "cancelled" }, since });
    expect(read(calendarOf([known(proposal, [begun])]))[0]).toMatchObject({
      status: "CANCELLED",
      stamp: "2026-03-08T09:00:00Z",
    });
  });

  test("a second motion has a period of its own beside the cancelled one", () => {
    const cancelled = event({ kind: "cancelled", motion: 1, how: "command" }, { at: BEGUN + DAY });
    const again = event(
      { kind: "fcp_begun", motion: 2, disposition: "close", endsAt: ENDS + 9 * DAY },
      { at: BEGUN + 2 * DAY },
    );
    const proposal = summary(1772, {
      motion: { ...motion, number: 2, disposition: "close" },
      fcp: { startedAt: BEGUN + 2 * DAY, endsAt: ENDS + 9 * DAY },
    });
    expect(
      read(calendarOf([known(proposal, [begun, cancelled, again])])).map(
        ({ uid, status, summary: words }) => [uid, status, words],
      ),
    ).toEqual([
      ["4711-1772-1@github.com", "CANCELLED", "FCP to merge ends: #1772 MSC1772: a proposal"],
      ["4711-1772-2@github.com", "CONFIRMED", "FCP to close ends: #1772 MSC1772: a proposal"],
    ]);
  });

  test("what ended another motion, or came after the conclusion, cancels nothing", () => {
    const concluded = event(
      { kind: "concluded", motion: 1, disposition: "merge", turnout: [] },
      { at: ENDS },
    );
    const others = [
      event({ kind: "cancelled", motion: 2, how: "command" }, { at: BEGUN + DAY }),
      event({ kind: "closed" }, { at: BEGUN + DAY }),
    ];
    const after = event(
      { kind: "overridden", motion: 1, outcome: "cancelled", reason: "" },
      { at: ENDS + DAY },
    );
    const status = (proposal: ProposalKnown) =>
      read(calendarOf([proposal], ENDS + 2 * DAY)).map((one) => one.status);
    expect(status(known(summary(1), [begun, ...others, concluded, after]))).toEqual(["CONFIRMED"]);
    for (const end of ["concluded", "void", null] as const)
      expect(status(known(summary(1, { motion: { ...motion, end } }), [begun])), `${end}`).toEqual([
        "CONFIRMED",
      ]);
    const second = { ...motion, number: 2, end: "cancelled" } as const;
    expect(status(known(summary(1, { motion: second }), [begun]))).toEqual(["CONFIRMED"]);
  });

  test("those that end first stand first, and of one moment by their numbers", () => {
    const at9 = (number: number, ends: number, which = 1) =>
      known(summary(number), [
        event({ kind: "fcp_begun", motion: which, disposition: "merge", endsAt: ends }),
      ]);
    const both = known(summary(5), [
      event({ kind: "fcp_begun", motion: 2, disposition: "merge", endsAt: ENDS }),
      event({ kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: ENDS }),
    ]);
    const uids = read(calendarOf([at9(9, ENDS), at9(1, ENDS + DAY), both, at9(3, ENDS - DAY)])).map(
      ({ uid }) => uid,
    );
    expect(uids.map((uid) => uid?.slice(5, 8))).toEqual(["3-1", "5-1", "5-2", "9-1", "1-1"]);
  });

  test("what happened to a proposal that the board does not have is left out", () => {
    const facts = {
      repository: REPOSITORY,
      summaries: [],
      events: [{ ...begun, number: 1 }],
      publicRoot: null,
    };
    expect(read(fcpCalendar(facts, NOW))).toEqual([]);
  });

  test("where nobody said how the pages are reached, it leads to GitHub", () => {
    const facts = { repository: REPOSITORY, summaries: [running], events: [], publicRoot: null };
    expect(read(fcpCalendar(facts, NOW))[0]?.url).toBe(running.url);
  });

  test("it says what it is called and how often to look", () => {
    const calendar = parsed(calendarOf([]));
    const value = (name: string) => calendar.getFirstPropertyValue(name)?.toString();
    expect(["version", "prodid", "method", "name", "refresh-interval"].map(value)).toEqual([
      "2.0",
      "-//msc-clerk//Final Comment Periods//EN",
      "PUBLISH",
      "Final Comment Periods of matrix-org/matrix-spec-proposals",
      "PT1H",
    ]);
  });

  test("as long as nothing happens, it stays the same to the byte", () => {
    expect(calendarOf([known(running, [begun])], NOW)).toBe(calendarOf([known(running, [begun])], NOW + DAY));
  });
});

describe("every line of it is one that RFC 5545 knows", () => {
  const lines = (text: string): string[] => {
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    return text.slice(0, -2).split("\r\n");
  };

  test.each(HOSTILE)("whatever people wrote is text, and neither a line nor a property: %#", (text) => {
    const titled = { ...running, title: text };
    const calendar = calendarOf([known(titled, [begun])]);
    for (const line of lines(calendar)) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(Buffer.from(line).toString()).toBe(line);
    }
    const [only, ...others] = read(calendar);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ uid: RUNNING.uid, status: "CONFIRMED", start: RUNNING.start });
    expect(only?.summary).toMatch(/^FCP to merge ends: #1772/);
    expect(unseenIn(only?.summary ?? "")).toEqual([]);
    expect(calendar.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
  });

  test("a line of 75 bytes is one, and of one more two", () => {
    expect(icalLine("A", "x".repeat(73))).toBe(`A:${"x".repeat(73)}\r\n`);
    expect(icalLine("A", "x".repeat(74))).toBe(`A:${"x".repeat(73)}\r\n x\r\n`);
    expect(icalLine("A", `${"x".repeat(72)}é`)).toBe(`A:${"x".repeat(72)}\r\n é\r\n`);
    expect(icalLine("A", "x".repeat(73 + 74 + 1))).toBe(
      `A:${"x".repeat(73)}\r\n ${"x".repeat(74)}\r\n x\r\n`,
    );
  });

  test("a text's lines are told by \\n, however they end", () => {
    expect(icalText("a\rb\nc\r\nd\\;,")).toBe("a\\nb\\nc\\nd\\\\\\;\\,");
  });

  test("a text is the same again once it was written and read, but for what is no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const file = `BEGIN:VCALENDAR\r\n${icalLine("X-TEXT", icalText(text))}END:VCALENDAR\r\n`;
        for (const line of lines(file)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const seen =
          parsed(file)
            .getFirstProperty("x-text")
            ?.toICALString()
            .replace(/\r\n /g, "")
            .slice("X-TEXT:".length) ?? "";
        const unescaped = seen.replace(/\\([\\;,nN])/g, (_, character: string) =>
          /n/i.test(character) ? "\n" : character,
        );
        expect(unescaped).toBe(text.replace(/\r\n?/g, "\n").replace(/(?!\n)\p{Cc}|\p{Cs}/gu, ""));
      }),
    );
  });

  test("of whatever views it is made, another program reads as many periods, each under its own name", () => {
    fc.assert(
      fc.property(someFacts, ({ repository, proposals }) => {
        const calendar = fcpCalendar(
          {
            repository,
            summaries: proposals.map((one) => one.summary),
            events: proposals.flatMap((one) =>
              one.events.map((each) => ({ ...each, number: one.summary.number })),
            ),
            publicRoot: null,
          },
          at("2018-01-01T00:00:00Z"),
        );
        for (const line of lines(calendar)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const uids = read(calendar).map(({ uid }) => uid);
        expect(new Set(uids).size).toBe(uids.length);
        expect(uids).toHaveLength(calendar.match(/^BEGIN:VEVENT/gm)?.length ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});
