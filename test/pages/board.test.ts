import { describe, expect, test } from "vitest";
import { PLACES } from "../../src/domain/model/publicView.js";
import { PLACE_WORDS } from "../../src/pages/places.js";
import { wordsOf } from "../support/htmlPages.js";
import { itemOf, numbersOn, pageOf, seen } from "./pagesOf.js";
import { BODY, coreLine, daysAgo, manyProposals, motionOf, sourceOf, summaryOf } from "./world.js";

describe("what people who used older bots have asked their boards for", () => {
  test("“see at a glance whether there's an open concern, and who raised that concern” (rfcbot-rs 227)", async () => {
    const words = wordsOf(itemOf(await pageOf(""), 2676));
    expect(words).toContain(
      "C1 How does this interact with end-to-end encryption? – raised by uhoreg 6 days ago",
    );
    expect(words).toContain(
      "C2 The fallback is shown twice by older clients – changes requested by turt2live 2 days ago",
    );
  });

  test("“issues in FCP not yet reviewed by that user”, in a section of their own (rfcbot-rs 234, 321)", async () => {
    const page = await seen("members/kitsuneral/");
    expect(page).toMatch(
      /Still open to their vote .* 20 days No vote on the motion to merge, for the Spec Core Team: MSC3765/,
    );
    expect(page.indexOf("MSC2676")).toBeLessThan(page.indexOf("Still open"));
    expect(numbersOn(await pageOf("", "member=KitsuneRal"))).toContain(3765);
  });

  test("“list each team with its open FCP proposals, with a days-since-proposed counter as the sort order” (rfcbot-rs 90)", async () => {
    expect(numbersOn(await pageOf("", "team=guardians"))).toEqual([1779]);
    expect(numbersOn(await pageOf("", "team=Spec+Core+Team&sort=waiting"))).toEqual([
      2676, 1779, 4301, 2463, 3765, 3981,
    ]);
  });

  test("“all active motions for teams I belong to, with the people who have yet to respond” (rfcbot-rs 97)", async () => {
    const page = await pageOf("", "team=spec-core-team");
    expect(wordsOf(itemOf(page, 1779))).toContain(
      "Without a vote for 12 days: dbkr, turt2live (away), KitsuneRal",
    );
    expect(wordsOf(itemOf(page, 4301))).toContain("Without a vote for 4 days: erikjohnston, richvdh");
  });

  test("“a way to quickly see all outstanding concerns by anyone” (rfcbot-rs 269)", async () => {
    expect(numbersOn(await pageOf("", "concerns=open"))).toEqual([4140, 2676, 2463]);
    const own = await seen("members/uhoreg/");
    expect(own).toMatch(/6 days Own concern C1 is open, raised 6 days ago .* 4 days No vote/);
  });

  test("what a motion is for: a motion to close does not look like one to merge", async () => {
    const page = await pageOf("");
    expect(wordsOf(itemOf(page, 2463))).toContain("to close");
    expect(wordsOf(itemOf(page, 3765))).toContain("to merge");
    expect(numbersOn(await pageOf("", "disposition=close"))).toEqual([2463]);
  });
});

describe("the board", () => {
  test("has each proposal once, by place, in the order of the process", async () => {
    const page = await pageOf("");
    expect(numbersOn(page).toSorted()).toEqual(BODY.map(({ number }) => number).toSorted());
    const headings = Array.from(page.matchAll(/<h2 id="(\w+)">/g), ([, id]) => id);
    expect(headings).toEqual(PLACES.filter((place) => BODY.some((one) => one.place === place)));
    expect(headings).toEqual([...PLACES]);
  });

  test("shows the count, how many are needed of how many, and who abstains", async () => {
    const item = itemOf(await pageOf(""), 2676);
    expect(wordsOf(item)).toContain("Spec Core Team 4 of 6 needed, of 8");
    expect(wordsOf(item)).toContain("Abstains: anoadragon453");
    // Half of the bar is yes, an eighth abstains, and the mark is at six of eight.
    expect(item).toContain('<rect class="yes" x="0" y="3" width="80" height="10"/>');
    expect(item).toContain('<rect class="abstained" x="80" y="3" width="20" height="10"/>');
    expect(item).toContain('<path class="needed" d="M120 0v16"/>');
  });

  test("tells when a period ends, how soon that is, and draws how much is over", async () => {
    const item = itemOf(await pageOf(""), 3765);
    expect(wordsOf(item)).toContain("ends on 12 December 2026, 14:05 UTC, in 2 days");
    expect(item).toContain('<rect class="gone" width="90.6" height="6"/>');
  });

  test("tells whose turn it is and for how long, and what is not in place", async () => {
    const page = await pageOf("");
    expect(wordsOf(itemOf(page, 4140))).toContain("Waits for toger5, its author, for 9 days");
    expect(wordsOf(itemOf(page, 4140))).toContain(
      "Waits for 1 implementation to be linked before the Final Comment Period",
    );
    expect(wordsOf(itemOf(page, 2676))).toContain("Waits for the team, for 31 days");
    expect(wordsOf(itemOf(page, 3981))).toContain("waits for richvdh to merge it, for 3 days");
    expect(wordsOf(itemOf(page, 4301))).toContain("changes the rules or the roster");
  });

  test("leads from each proposal to its page and to GitHub", async () => {
    const item = itemOf(await pageOf(""), 2676);
    expect(item).toContain('<a href="./2676/">');
    expect(item).toContain('href="https://github.com/matrix-org/matrix-spec-proposals/pull/2676"');
  });

  test("tells of itself that it is not whole while proposals are read", async () => {
    const [repository] = (await repositories()) ?? [];
    const reading = { ...(repository ?? never()), reading: { read: 612, of: 1000 } };
    const source = sourceOf({ repositories: [reading], summaries: BODY });
    expect(await seen("", "", source)).toContain("612 of 1,000 pull requests read so far, closed ones too.");
    expect(await pageOf("", "", source)).toContain('role="status"');
  });

  test("without any proposal says so", async () => {
    expect(await seen("", "", sourceOf({ summaries: [] }))).toContain("There is no proposal yet.");
  });
});

const repositories = async () => {
  const all = await sourceOf({}).repositories();
  return all.kind === "told" ? all.told : null;
};
const never = (): never => {
  throw new Error("There is none.");
};

describe("the filters of the board", () => {
  test.each([
    ["text=editing", [2676]],
    ["text=EDIT+msc26", [2676]],
    ["text=%232676", [2676]],
    ["author=Half-shot", [2676]],
    ["author=%40bwindels", [2676, 2675]],
    ["label=KIND:core", [2676]],
    ["label=kind:core&author=ara4n", []],
    ["disposition=postpone", []],
    ["member=AMANDINElp", [1779]],
    ["member=toger5", [4140]],
    ["text=nothing+like+it", []],
    ["label=constructor", []],
    ["team=__proto__", []],
    ["disposition=toString", []],
    ["member=%00", BODY.map(({ number }) => number)],
  ])("%s", async (query, numbers) => {
    const page = await pageOf("", query);
    expect(numbersOn(page).toSorted()).toEqual(numbers.toSorted());
    if (numbers.length === 0) expect(wordsOf(page)).toContain("No proposal matches");
  });

  test("say in words what was asked for, and offer to show all", async () => {
    expect(await seen("", "label=kind:core&disposition=merge")).toContain(
      "1 of 16 proposals labelled kind:core, with a motion to merge. Show all",
    );
    expect(await seen("", "member=dbkr")).toContain("The longest has waited for 31 days.");
    expect(await seen("", "member=nobody-here")).toContain("Nothing waits for nobody-here.");
  });

  test("keep what was typed, also what nobody offers", async () => {
    const page = await pageOf("", 'team=no-such-team&text="><b>');
    expect(page).toContain('<option value="no-such-team" selected>no-such-team</option>');
    expect(page).toContain('value="&quot;&gt;&lt;b&gt;"');
  });

  test.each([
    ["age", [2676, 1779, 4301]],
    ["newest", [4301, 1779, 2676]],
    ["number", [1779, 2676, 4301]],
    ["waiting", [2676, 1779, 4301]],
    ["place", [2676, 1779, 4301]],
    ["by magic", [2676, 1779, 4301]],
  ])("sort by %s within each place", async (sort, numbers) => {
    const on = numbersOn(await pageOf("place/proposed/", new URLSearchParams({ sort }).toString()));
    expect(on).toEqual(numbers);
  });
});

describe("a thousand proposals", () => {
  const source = sourceOf({ summaries: manyProposals(1000) });

  test("are a first page under 200 kB that is made in under 50 ms", async () => {
    const page = await pageOf("", "", source);
    expect(Buffer.byteLength(page)).toBeLessThan(200_000);
    const times: number[] = [];
    for (let index = 0; index < 15; index += 1) {
      const began = performance.now();
      await pageOf("", "", source);
      times.push(performance.now() - began);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test("are all on further pages of their place, each once", async () => {
    const page = await pageOf("", "", source);
    for (const place of PLACES) {
      const all = manyProposals(1000).filter((one) => one.place === place);
      if (all.length === 0) continue;
      expect(page).toContain(`href="./place/${place}/"`);
      const found: number[] = [];
      let next: string | undefined = `place/${place}/`;
      while (next !== undefined) {
        const further: string = await pageOf(next, "", source);
        found.push(...numbersOn(further));
        next = /href="(?:\.\.\/)+(place\/\w+\/\d+\/)">Next/.exec(further)?.[1];
      }
      expect(found.toSorted()).toEqual(all.map(({ number }) => number).toSorted());
      expect(wordsOf(page)).toContain(`${PLACE_WORDS[place].title} ${all.length}`);
    }
  });

  test("are filtered the same on further pages", async () => {
    const page = await pageOf("", "author=author-3", source);
    const links = Array.from(page.matchAll(/href="(\.\/place\/[^"]+)"/g), ([, href]) => href);
    for (const href of links) expect(href).toContain("?author=author-3");
  });
});

test("a team larger than the page shows everybody in numbers", async () => {
  const missing = Array.from({ length: 40 }, (_, index) => `member-${index}`);
  const summary = summaryOf({
    ...{ number: 7, place: "proposed", motion: motionOf(7, { at: daysAgo(0.3) }) },
    teams: [{ ...coreLine(missing), size: 60, yes: 20 }],
  });
  const words = wordsOf(itemOf(await pageOf("", "", sourceOf({ summaries: [summary] })), 7));
  expect(words).toContain("Without a vote for less than a day: member-0,");
  expect(words).toContain("member-11 and 28 more");
});
