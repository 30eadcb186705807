import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PLACES } from "../../src/domain/model/publicView.js";
import { LOGIN_TEXT } from "../../src/pages/data/schemas.js";
import type { PagesSource } from "../../src/pages/source.js";
import { faultsOf, skeletonOf } from "../support/htmlPages.js";
import { siteFiles } from "../support/pagesServer.js";
import { BUSY } from "./detailed.js";
import { answered, pageOf } from "./pagesOf.js";
import {
  BODY,
  daysAgo,
  eventOf,
  HOSTILE_TEXTS,
  hostileRoster,
  hostileSummary,
  manyProposals,
  REPOSITORY,
  sourceOf,
  unavailableSource,
} from "./world.js";

const EVENTS = BODY.flatMap(({ number, createdAt, author }) => [
  eventOf(number, { kind: "opened" }, { at: createdAt, by: author }),
  eventOf(number, { kind: "motion", motion: 1, disposition: "merge" }, { at: daysAgo(12) }),
]);
const BODY_AT_WORK = sourceOf({ summaries: BODY, events: EVENTS });

/** Pages that are no files: what is answered to a form, to nothing, and while nothing can be told. */
const ANSWERED: readonly (readonly [string, PagesSource, string, string])[] = [
  ["of a filter", BODY_AT_WORK, "/matrix-org/matrix-spec-proposals/", "text=sync&label=proposal&sort=age"],
  ["of a member's login", BODY_AT_WORK, "/matrix-org/matrix-spec-proposals/", "member=dbkr"],
  ["of what is not there", BODY_AT_WORK, "/matrix-org/matrix-spec-proposals/nothing/here/", ""],
  ["of no repository", BODY_AT_WORK, "/nobody/nothing/", ""],
  ["while nothing can be told", unavailableSource(), "/matrix-org/matrix-spec-proposals/", ""],
  [
    "of several repositories",
    sourceOf({ repositories: [REPOSITORY, { ...REPOSITORY, name: "other" }] }),
    "/",
    "",
  ],
  ["of none", sourceOf({ repositories: [] }), "/", ""],
];

describe("valid HTML", () => {
  test.each([
    ["a body at work", BODY_AT_WORK],
    ["a whole life", sourceOf(BUSY)],
    ["nothing", sourceOf({ roster: null })],
    ["a thousand", sourceOf({ summaries: manyProposals(1000).slice(0, 120) })],
  ])("is every page of %s", async (_, source) => {
    const faults: string[] = [];
    for (const [path, { type, body }] of await siteFiles(source))
      if (type.startsWith("text/html"))
        faults.push(...(await faultsOf(body)).map((fault) => `${path} ${fault}`));
    expect(faults).toEqual([]);
  });

  test.each(ANSWERED)("is the page %s", async (_, source, path, query) => {
    expect(await faultsOf((await answered(source, path, query)).body)).toEqual([]);
  });

  test("has no style and no script in it, so that a policy can forbid both", async () => {
    for (const [path, { type, body }] of await siteFiles(BODY_AT_WORK)) {
      if (!type.startsWith("text/html")) continue;
      expect(`${path} ${body}`).not.toMatch(
        /<style|\sstyle=|<script(?! src="[./]*board\.js" defer><\/script>)|\son\w+=/i,
      );
    }
  });
});

/** Where a link of a page leads below a made-up address of the repository; null: out of these pages. */
function targetOf(href: string, path: string): { readonly file: string; readonly mark: string } | null {
  const base = "https://proxy.example/below/some/where/";
  const { href: whole, hash } = new URL(href, base + path);
  if (!whole.startsWith(base)) return null;
  return { file: whole.slice(base.length).replace(/[?#].*$/, ""), mark: hash.slice(1) };
}

test.each([
  ["a body at work", BODY_AT_WORK],
  ["a whole life", sourceOf(BUSY)],
])("every link of %s leads to a page that is there, wherever the pages lie", async (_, source) => {
  const files = await siteFiles(source);
  const broken: string[] = [];
  for (const [path, { type, body }] of files) {
    if (!type.startsWith("text/html")) continue;
    for (const [, href = ""] of body.matchAll(/<[a-z]+ [^>]*?(?:href|src|action)="([^"]*)"/g)) {
      const target = targetOf(href.replaceAll("&amp;", "&"), path);
      if (target === null) {
        if (!/^https:\/\/(?:[\w-]+\.)*(?:github\.com|example)\//.test(href))
          broken.push(`${path}: ${href} leads away`);
        continue;
      }
      const there = files.get(target.file) ?? files.get(decodeURIComponent(target.file));
      if (there === undefined) broken.push(`${path}: ${href}`);
      else if (target.mark !== "" && !there.body.includes(`id="${target.mark}"`))
        broken.push(`${path}: ${href} has no mark`);
    }
  }
  expect(broken).toEqual([]);
});

test.each(ANSWERED)("style and icon of the page %s are there", async (_, source, path, query) => {
  const { body } = await answered(source, path, query);
  const links = Array.from(body.matchAll(/<link rel="\w+" href="([^"]*)"/g), ([, href = ""]) => href);
  expect(links).toHaveLength(2);
  for (const href of links) {
    const { pathname } = new URL(href, `https://clerk.example${path}`);
    expect((await answered(source, pathname)).status).toBe(200);
  }
});

describe("texts of strangers are text", () => {
  const PATHS = ["", "7/", "members/", "teams/", "figures/", ...PLACES.map((place) => `place/${place}/`)];
  const sourceWith = (text: string) =>
    sourceOf({
      summaries: PLACES.map((place, index) => hostileSummary(index + 1, text, place)),
      events: [
        eventOf(
          7,
          { kind: "vote", motion: 1, team: text, choice: "yes", via: "command", text },
          { by: text },
        ),
        eventOf(
          7,
          { kind: "concern", number: 1, text, of: "spoken" },
          { by: text, url: `javascript:${text}` },
        ),
        eventOf(7, { kind: "corrected", motion: 1, reason: text }),
      ],
      roster: hostileRoster(text),
    });
  /** The same tags and attributes as with a text that does no harm. */
  const harmless = new Map<string, Promise<readonly string[]>>();
  const expected = (path: string): Promise<readonly string[]> => {
    const known = harmless.get(path) ?? pageOf(path, "", sourceWith("ü")).then(skeletonOf);
    harmless.set(path, known);
    return known;
  };

  test.each(
    HOSTILE_TEXTS.filter((text) => text !== "").map((text) => [JSON.stringify(text).slice(0, 60), text]),
  )("%s", async (_, text) => {
    for (const path of ["", "members/", ...PLACES.map((place) => `place/${place}/`)]) {
      const page = await pageOf(path, "", sourceWith(text));
      expect(skeletonOf(page)).toEqual(await expected(path));
    }
    for (const path of PATHS) {
      const page = await pageOf(path, "", sourceWith(text));
      expect(await faultsOf(page)).toEqual([]);
      expect(page).not.toMatch(/href="\s*javascript:/i);
      expect(page.length).toBeLessThan(400_000);
    }
  });

  test("in all of them at once the pages are valid", async () => {
    for (const path of PATHS)
      expect(
        await faultsOf(await pageOf(path, "", sourceWith(HOSTILE_TEXTS.join(" ").slice(0, 900)))),
      ).toEqual([]);
  });

  test("an empty text leaves no link without words, and no empty attribute that breaks a page", async () => {
    for (const path of PATHS) {
      const page = await pageOf(path, "", sourceWith(""));
      expect(await faultsOf(page)).toEqual([]);
    }
  });

  test("what is typed into the forms stays in its field", async () => {
    const before = skeletonOf(await pageOf("", "text=%C3%BC&label=%C3%BC&author=%C3%BC&member=%C3%BC"));
    for (const text of HOSTILE_TEXTS.filter((one) => one.trim() !== "")) {
      const query = new URLSearchParams({ text, label: text, author: text, member: text }).toString();
      expect(skeletonOf(await pageOf("", query))).toEqual(before);
    }
  });

  test("any text at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (any) => {
        const text = `ü${any}`;
        fc.pre(!LOGIN_TEXT.test(text));
        const page = await pageOf("", "", sourceWith(text));
        expect(skeletonOf(page)).toEqual(await expected(""));
        const filtered = new URLSearchParams({ text, author: text, team: text }).toString();
        expect((await answered(BODY_AT_WORK, "/matrix-org/matrix-spec-proposals/", filtered)).status).toBe(
          200,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe("what is not there, and what cannot be told", () => {
  test("is a page in the same frame, with the way to all others", async () => {
    const { status, body } = await answered(
      BODY_AT_WORK,
      "/matrix-org/matrix-spec-proposals/members/x/y/",
      "",
    );
    expect(status).toBe(404);
    expect(body).toContain('<a href="../../../figures/">Figures</a>');
  });

  test("says in plain words why", async () => {
    const { status, body } = await answered(
      unavailableSource("The disk is <full>."),
      "/matrix-org/matrix-spec-proposals/",
    );
    expect(status).toBe(503);
    expect(body).toContain("The disk is &lt;full&gt;.");
  });

  test("of several repositories, leads to each", async () => {
    const repositories = [REPOSITORY, { ...REPOSITORY, owner: "ietf", name: "drafts" }];
    const { body } = await answered(sourceOf({ repositories }), "/");
    expect(body).toContain('<a href="ietf/drafts/">ietf/drafts</a>');
  });

  test.each([
    "place/nowhere/",
    "place/proposed/1/",
    "place/proposed/2/",
    "place/constructor/",
    "place/proposed/0/",
  ])("is no page of a place: %s", async (path) => {
    expect((await answered(BODY_AT_WORK, `/matrix-org/matrix-spec-proposals/${path}`)).status).toBe(404);
  });
});
