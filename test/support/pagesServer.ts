import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Instant } from "../../src/domain/text/time.js";
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

/** Every file that a site of the first repository is made of, by its path. */
export async function siteFiles(
  source: PagesSource,
): Promise<ReadonlyMap<string, { readonly type: string; readonly body: string }>> {
  const repositories = await source.repositories();
  const repository = repositories.kind === "told" ? repositories.told[0] : undefined;
  if (repository === undefined) return new Map();
  const asked = { source, repository, now: NOW, query: new URLSearchParams(), live: false, publicRoot: null };
  const files = new Map<string, { type: string; body: string }>();
  for (const route of everyRoute) {
    const paths = await route.paths(source, repository);
    for (const path of paths.kind === "told" ? paths.told : []) {
      const groups = route.path
        .exec(path)
        ?.slice(1)
        .map((group: string | undefined) => decodeURIComponent(group ?? ""));
      const answer = groups === undefined ? null : await route.answer(asked, groups);
      if (answer?.kind !== "told" || answer.told === null)
        throw new Error(`${path} is promised and not there.`);
      files.set(path, answer.told);
    }
  }
  return files;
}

/** The same pages as files that anything may serve, here below `/some/where/`. */
export async function siteServer(source: PagesSource): Promise<PagesServer> {
  const files = await siteFiles(source);
  const server = await listening(
    createServer((request, response) => {
      const path = decodeURI((request.url ?? "/").replace(/^\/some\/where\//, ""));
      const file = files.get(path) ?? files.get(encodeURI(path));
      const status = file === undefined ? 404 : 200;
      const { type = "text/plain", body = "" } = file ?? {};
      response.writeHead(status, headersOf({ status, type, body }, path));
      response.end(body);
    }),
  );
  return { ...server, url: `${server.url}some/where/` };
}
