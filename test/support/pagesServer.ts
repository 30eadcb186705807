import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Instant } from "../../src/domain/text/time.js";
import { siteFiles as filesOf } from "../../src/pages/files.js";
import { HTML_TYPE } from "../../src/pages/frame.js";
import { headersOf } from "../../src/pages/headers.js";
import { pagesHandler } from "../../src/pages/http.js";
import { everyRoute, outerFiles, pageAround } from "../../src/pages/routes.js";
import type { PagesSource } from "../../src/pages/source.js";
import { NOW } from "../pages/world.js";

export interface PagesServer extends AsyncDisposable {
  /** With a slash at its end. */
  readonly url: string;
}

const listening = async (server: ReturnType<typeof createServer>): Promise<PagesServer> => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

/** The pages as the clerk serves them, with the heads it sends. */
export function pagesServer(source: PagesSource, now: Instant = NOW): Promise<PagesServer> {
  const answer = pagesHandler({
    ...{ source, routes: everyRoute, publicUrl: null, now: () => now, page: pageAround, files: outerFiles },
  });
  return listening(createServer((request, response) => void answer(request, response)));
}

/** Every file that a site of the first repository is made of, by the address under which a web server shows it. */
export async function siteFiles(
  source: PagesSource,
): Promise<ReadonlyMap<string, { readonly type: string; readonly body: string }>> {
  const repositories = await source.repositories();
  const repository = repositories.kind === "told" ? repositories.told[0] : undefined;
  const files = new Map<string, { type: string; body: string }>();
  if (repository === undefined) return files;
  for await (const file of filesOf({ source, repository, routes: everyRoute, now: NOW, publicRoot: null })) {
    if (file.kind === "unavailable") throw new Error(file.why);
    const { path, body } = file.told;
    const type = TYPES.get(path.replace(/^.*\./, "")) ?? "text/plain; charset=utf-8";
    files.set(path.replace(/(^|\/)index\.html$/, "$1"), { type, body });
  }
  return files;
}

/** As web servers tell types by the ends of names. */
const TYPES = new Map([
  ["html", HTML_TYPE],
  ["css", "text/css; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["json", "application/json"],
  ["atom", "application/atom+xml"],
  ["ics", "text/calendar"],
]);

/** The same pages as files that anything may serve, here below `/some/where/`. */
export async function siteServer(source: PagesSource): Promise<PagesServer> {
  const files = await siteFiles(source);
  const server = await listening(
    createServer((request, response) => {
      const path = decodeURIComponent((request.url ?? "/").replace(/^\/some\/where\//, ""));
      const file = files.get(path);
      const status = file === undefined ? 404 : 200;
      const { type = "text/plain", body = "" } = file ?? {};
      response.writeHead(status, headersOf({ status, type, body }, path));
      response.end(body);
    }),
  );
  return { ...server, url: `${server.url}some/where/` };
}
