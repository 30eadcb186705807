import { afterEach } from "vitest";
import type { PagesOptions } from "../../../src/pages/answering.js";
import { dataRoutes } from "../../../src/pages/data/routes.js";
import { pagesHandler } from "../../../src/pages/http.js";
import type { PageRoute } from "../../../src/pages/route.js";
import { pageAround } from "../../../src/pages/routes.js";
import { html } from "../../../src/platform/html.js";
import { HttpServer } from "../../../src/runtime/server/http.js";
import { type Facts, facts, known, NOW, sourceOf, summary } from "./facts.js";

const HTML = "text/html; charset=utf-8";

/** A page of its own beside the data: what a group of its path has found, as text. */
const page: PageRoute = {
  path: /^(?:([^/]+)\/)?$/,
  answer: async ({ query }, [group]) => ({
    kind: "told",
    told:
      group === "to"
        ? { status: 303, type: HTML, body: "", location: `./?q=${query.get("q") ?? ""}` }
        : { status: 200, type: HTML, body: html`<p>${group ?? ""}</p>`.text },
  }),
  paths: async () => ({ kind: "told", told: [""] }),
};

export const PROPOSALS = Array.from({ length: 20 }, (_, index) => known(summary(index + 1)));
export const BOARD = "/matrix-org/matrix-spec-proposals/api/v1/board.json";

export const optionsOf = (of: Facts, changed: Partial<PagesOptions> = {}): PagesOptions => ({
  source: sourceOf(of),
  routes: [...dataRoutes, page],
  now: () => NOW,
  publicUrl: "https://msc.example/",
  page: pageAround,
  ...changed,
});

const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) server.kill();
});
const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Over real HTTP; resolves with the address. */
export async function served(
  changed: Partial<PagesOptions> & { readonly patience?: number } = {},
): Promise<string> {
  const handler = pagesHandler({ ...optionsOf(facts({ proposals: PROPOSALS })), ...changed });
  const server = new HttpServer(() => [handler], log);
  open.push(server);
  return server.listen(0, "127.0.0.1");
}
export const get = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(url, { method, headers, redirect: "manual" });
