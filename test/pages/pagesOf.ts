import { answerTo } from "../../src/pages/answering.js";
import { everyRoute, outerFiles, pageAround } from "../../src/pages/routes.js";
import type { PagesSource } from "../../src/pages/source.js";
import { wordsOf } from "../support/htmlPages.js";
import { BODY, NOW, sourceOf } from "./world.js";

/** What is answered where somebody answers. */
export const answered = (source: PagesSource, path: string, query = "") =>
  answerTo(path, query, {
    ...{ source, routes: everyRoute, now: () => NOW, publicUrl: null, page: pageAround, files: outerFiles },
  });

/** The HTML of one page of the repository. */
export async function pageOf(
  path: string,
  query = "",
  source = sourceOf({ summaries: BODY }),
): Promise<string> {
  const { status, body } = await answered(source, `/matrix-org/matrix-spec-proposals/${path}`, query);
  if (status !== 200) throw new Error(`${path} is answered with ${status}: ${body}`);
  return body;
}

/** What a reader sees of it. */
export const seen = async (path: string, query = "", source?: PagesSource): Promise<string> =>
  wordsOf(await pageOf(path, query, source));

/** The HTML of one proposal on a list. */
export function itemOf(page: string, number: number): string {
  const item = page
    .split(/(?=<li class="(?:card|line) proposal">)/)
    .find((part) => part.includes(`href="./${number}/"`) || part.includes(`href="../../${number}/"`));
  if (item === undefined) throw new Error(`#${number} is not on this page.`);
  return item;
}

/** Numbers of the proposals on a page, in their order. */
export const numbersOn = (page: string): readonly number[] =>
  Array.from(
    page.matchAll(/proposal">\s*(?:<div>\s*)?<(?:h3|span class="title")><a href="(?:\.\.?\/)+(\d+)\/"/g),
    (match) => Number(match[1]),
  );
