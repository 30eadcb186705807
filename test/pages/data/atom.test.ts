import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { unseenIn } from "../../../src/domain/messages/escape.js";
import type { PublicEvent } from "../../../src/domain/model/publicView.js";
import { atomFeed } from "../../../src/pages/data/atom.js";
import type { ProposalKnown } from "../../../src/pages/source.js";
import { at, event, known, REPOSITORY, summary } from "./facts.js";
import { HOSTILE, someFacts } from "./someFacts.js";

/** An element as a strict parser of XML 1.0 reads it. */
interface Read {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: Read[];
  text: string;
}

function read(xml: string): Read {
  const root: Read = { name: "", attributes: {}, inside: [], text: "" };
  const open = [root];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const one: Read = { name, attributes: attributes as Record<string, string>, inside: [], text: "" };
    open.at(-1)?.inside.push(one);
    open.push(one);
  });
  parser.on("text", (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const [feed] = root.inside;
  if (feed === undefined) throw new Error("There is no element.");
  return feed;
}

const named = (name: string, { inside }: Read): Read[] => inside.filter((one) => one.name === name);
const textOf = (name: string, of: Read): string | undefined => named(name, of)[0]?.text;

const feedOf = (
  proposals: readonly ProposalKnown[],
  publicRoot: string | null = "https://msc.example/r/",
): string =>
  atomFeed({
    repository: REPOSITORY,
    summaries: proposals.map((one) => one.summary),
    events: proposals.flatMap((one) => one.events.map((each) => ({ ...each, number: one.summary.number }))),
    publicRoot,
  });

const moved = event({ kind: "motion", motion: 1, disposition: "merge" });

test("an entry tells what happened, to which proposal, who did it, and where it can be looked up", () => {
  const feed = read(feedOf([known(summary(1772, { title: "MSC1772: Spaces" }), [moved])]));
  const [entry, ...others] = named("entry", feed);
  expect(others).toEqual([]);
  if (entry === undefined) throw new Error("no entry");
  expect(textOf("id", entry)).toBe("tag:github.com,2026:msc-clerk/4711/1772/motion-1");
  expect(textOf("title", entry)).toBe("#1772 MSC1772: Spaces: dbkr moved to merge it.");
  expect(textOf("updated", entry)).toBe("2026-03-01T09:00:00Z");
  expect(textOf("content", entry)).toBe("dbkr moved to merge it.");
  expect(named("content", entry)[0]?.attributes).toEqual({ type: "text" });
  expect(named("author", entry)[0]?.inside[0]?.text).toBe("dbkr");
  expect(named("link", entry).map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
    ["alternate", moved.url],
    ["related", "https://msc.example/r/1772/"],
  ]);
});

test("the feed has the parts that RFC 4287 asks for, and is as old as its newest entry", () => {
  const later = event({ kind: "merged" }, { id: "m", at: at("2026-03-05T00:00:00Z"), by: null, url: null });
  const feed = read(feedOf([known(summary(1), [moved, later])]));
  expect(feed).toMatchObject({ name: "feed", attributes: { xmlns: "http://www.w3.org/2005/Atom" } });
  expect(textOf("id", feed)).toBe("tag:github.com,2026:msc-clerk/4711");
  expect(textOf("updated", feed)).toBe("2026-03-05T00:00:00Z");
  expect(named("author", feed)[0]?.inside[0]?.text).toBe("msc-clerk");
  expect(named("link", feed).map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
    ["self", "https://msc.example/r/feed.atom"],
    ["alternate", "https://msc.example/r/"],
  ]);
  const [newest] = named("entry", feed);
  expect(newest && textOf("title", newest)).toMatch(/The pull request was merged\.$/);
  expect(newest && named("author", newest), "the feed's own").toEqual([]);
  expect(newest && named("link", newest)[0]?.attributes.href).toBe(summary(1).url);
});

test("where nobody said how it is reached, it names itself as it lies, and the repository on GitHub", () => {
  const feed = read(feedOf([known(summary(1), [moved])], null));
  expect(named("link", feed).map(({ attributes }) => attributes.href)).toEqual(["feed.atom", REPOSITORY.url]);
  expect(named("entry", feed).flatMap((entry) => named("link", entry))).toHaveLength(1);
});

test("a feed of nothing is one too", () => {
  const feed = read(feedOf([]));
  // Not of the last look, or it would be another one at each.
  expect(textOf("updated", feed)).toBe("1970-01-01T00:00:00Z");
  expect(named("entry", feed)).toEqual([]);
});

test("an entry's id stays after a rename and at another address, and is the same at every look", () => {
  const proposals = [known(summary(1), [moved])];
  const id = (xml: string) => named("entry", read(xml)).map((entry) => textOf("id", entry));
  const events = [{ ...moved, number: 1 }];
  const renamed = { ...REPOSITORY, name: "proposals", asOf: REPOSITORY.asOf + 1 };
  expect(id(feedOf(proposals))).toEqual(
    id(atomFeed({ repository: renamed, summaries: [summary(1)], events, publicRoot: null })),
  );
});

test.each([
  ["https://github.example.com:8443/a/b", "github.example.com"],
  ["http://[::1]:3000/a/b", "1"],
  ["no address", "github.com"],
])("entries of %s are named by the host %s", (url, host) => {
  const facts = { repository: { ...REPOSITORY, url }, summaries: [summary(1)], events: [], publicRoot: null };
  expect(textOf("id", read(atomFeed(facts)))).toBe(`tag:${host},2026:msc-clerk/4711`);
});

test("things of one moment stand in one order, whichever they were told in", () => {
  const same = ["a", "b", "c"].map((id) => event({ kind: "resolved", number: 1 }, { id }));
  const proposals = [known(summary(1), same), known(summary(2), same)];
  const other = [known(summary(2), [...same].reverse()), known(summary(1), [...same].reverse())];
  const ids = named("entry", read(feedOf(proposals))).map((entry) => textOf("id", entry)?.split("4711/")[1]);
  expect(ids).toEqual(["2/c", "2/b", "2/a", "1/c", "1/b", "1/a"]);
  expect(feedOf(proposals)).toBe(feedOf(other));
});

test("the newest hundred are told, the amendments' among them, and no votes, reviews and pushes", () => {
  const many = Array.from(
    { length: 120 },
    (_, index): PublicEvent =>
      event(
        { kind: "resolved", number: index + 1 },
        { id: `r${index}`, at: at("2026-03-01T00:00:00Z") + index * 1000 },
      ),
  );
  const quiet = event(
    { kind: "vote", motion: 1, team: "t", choice: "yes", via: "tick", text: "" },
    { at: at("2027-01-01T00:00:00Z") },
  );
  const entries = named("entry", read(feedOf([known(summary(1, { amendment: true }), [...many, quiet])])));
  expect(entries).toHaveLength(100);
  expect(entries[0] && textOf("title", entries[0])).toMatch(/resolved concern C120\.$/);
});

test.each(HOSTILE)("whatever people wrote is text in the feed, and nothing but text: %#", (text) => {
  const proposal = summary(1, { title: text, author: text });
  const xml = feedOf([
    known(proposal, [
      event(
        { kind: "concern", number: 1, text, of: "spoken" },
        { by: text, id: text.slice(0, 50), url: text },
      ),
      event({ kind: "waived", gate: text, reason: text }, { by: text, id: `w${text.slice(0, 50)}` }),
    ]),
  ]);
  const feed = read(xml);
  const entries = named("entry", feed);
  expect(entries).toHaveLength(2);
  for (const entry of entries) {
    expect(entry.inside.map(({ name }) => name)).toEqual([
      ...["id", "title", "updated", "published", "author", "link", "link", "category", "content"],
    ]);
    for (const part of entry.inside.flatMap((one) => [one, ...one.inside])) {
      if (part.name === "author") continue;
      expect(unseenIn(part.text.replaceAll("\n", ""))).toEqual([]);
    }
    expect(textOf("id", entry)).toMatch(/^tag:github\.com,2026:msc-clerk\/4711\/1\/[\w.~!*'()%-]*$/);
    expect(named("author", entry)[0]?.inside[0]?.text).not.toBe("");
    expect([...(textOf("title", entry) ?? "")].length).toBeLessThan(800);
  }
  expect(xml).not.toMatch(/<script|<svg|<img|\]\]>/);
});

test("a concern of 10,000 characters is told whole below the sentence that quotes its beginning", () => {
  const text = "word ".repeat(2_000).trim();
  const [entry] = named(
    "entry",
    read(feedOf([known(summary(1), [event({ kind: "concern", number: 1, text, of: "spoken" })])])),
  );
  const content = entry && textOf("content", entry);
  expect(content).toMatch(/^dbkr raised concern C1: “word .*…”\n\nword /);
  expect(content?.endsWith(text)).toBe(true);
});

test("of whatever views it is made, it is XML, and its entries are of different ids", () => {
  fc.assert(
    fc.property(someFacts, ({ repository, proposals }) => {
      const xml = atomFeed({
        repository,
        summaries: proposals.map((one) => one.summary),
        events: proposals.flatMap((one) =>
          one.events.map((each) => ({ ...each, number: one.summary.number })),
        ),
        publicRoot: null,
      });
      const ids = named("entry", read(xml)).map((entry) => textOf("id", entry));
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 60 },
  );
});
