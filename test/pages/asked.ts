import { HtmlValidate } from "html-validate";
import { expect } from "vitest";
import type { Instant } from "../../src/domain/text/time.js";
import type { Asked, PageAnswer, PageRoute } from "../../src/pages/route.js";
import { type PlainFacts, REPOSITORY, sourceOf } from "./world.js";

const rules = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "long-title": "off", "no-trailing-whitespace": "off", "doctype-style": "off" },
});

/** Where a page is no HTML as it should be; empty: nowhere. */
export const faultsOf = (page: string): readonly string[] =>
  rules
    .validateStringSync(page)
    .results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
    );

/** What a route answers to a path over plain facts; null: there is no such page. */
export async function answerOf(
  route: PageRoute,
  path: string,
  facts: PlainFacts,
  now: Instant,
  over: Partial<Asked> = {},
): Promise<PageAnswer | null> {
  const match = path.match(route.path);
  if (match === null) throw new Error(`${path} is no path of this route.`);
  const source = sourceOf(facts);
  const answer = await route.answer(
    {
      source,
      repository: REPOSITORY,
      now,
      query: new URLSearchParams(),
      live: true,
      publicRoot: null,
      ...over,
    },
    match.slice(1).map((group: string | undefined) => group ?? ""),
  );
  if (answer.kind !== "told") throw new Error(answer.why);
  return answer.told;
}

/** The page as HTML, which is in order. */
export async function pageOf(...asked: Parameters<typeof answerOf>): Promise<string> {
  const answer = await answerOf(...asked);
  expect(answer?.status).toBe(200);
  const body = answer?.body ?? "";
  expect(faultsOf(body)).toEqual([]);
  return body;
}

/** What no text of people may bring into a page: other marks than ours, and characters that change how others are read. */
export const foreignIn = (page: string): readonly string[] =>
  Array.from(
    page.matchAll(
      /<(?:script|style|img|iframe|object)|href="(?!https?:|[./#\w])|href="javascript|<[^>]* (?:style|on[a-z]+)="|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\0\uD800-\uDFFF]/gu,
    ),
    ([found]) => found,
  );

/** What it says, without its marks: letters as a reader sees them. */
export const wordsOf = (page: string): string =>
  page
    .slice(page.indexOf("<main"), page.indexOf("</main>"))
    .replace(/<svg.*?<\/svg>/gs, " ")
    .replace(/<\/?(?:bdi|a|strong|span|time|code|b)\b[^>]*>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");

/** Every path that a route has. */
export async function pathsOf(route: PageRoute, facts: PlainFacts): Promise<readonly string[]> {
  const paths = await route.paths(sourceOf(facts), REPOSITORY);
  return paths.kind === "told" ? paths.told : [];
}
