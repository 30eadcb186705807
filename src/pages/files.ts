import type { Instant } from "../domain/text/time.js";
import type { Asked, PageAnswer, PageRoute } from "./route.js";
import type { PagesRepository, PagesSource, Told } from "./source.js";

export interface FilesOptions {
  readonly source: PagesSource;
  readonly repository: PagesRepository;
  readonly routes: readonly PageRoute[];
  readonly now: Instant;
  /** Where they will be reached, with a slash at the end; null: nobody said. */
  readonly publicRoot: string | null;
}

/** One file of a site: its path below the folder, with `/` between its parts. */
export interface SiteFile {
  readonly path: string;
  readonly body: string;
}

/** Every page and all data as files, one after the other, so that no more than one is held. */
export async function* siteFiles(options: FilesOptions): AsyncGenerator<Told<SiteFile>> {
  const { source, repository, routes, now, publicRoot } = options;
  const asked: Asked = {
    ...{ source, repository, now, publicRoot },
    query: new URLSearchParams(),
    live: false,
  };
  for (const route of routes) {
    const paths = await route.paths(source, repository);
    if (paths.kind === "unavailable") {
      yield paths;
      return;
    }
    for (const path of paths.told) {
      const answer = await answerAt(path, route, asked);
      if (answer.kind === "unavailable") {
        yield answer;
        return;
      }
      if (answer.told?.status === 200)
        yield { kind: "told", told: { path: fileOf(path), body: answer.told.body } };
    }
  }
}

function answerAt(path: string, route: PageRoute, asked: Asked): Promise<Told<PageAnswer | null>> {
  const groups = path.match(route.path)?.slice(1) ?? [];
  return route.answer(
    asked,
    groups.map((group: string | undefined) => decodeURIComponent(group ?? "")),
  );
}

/** A web server shows a folder's `index.html`, and looks for a file by the name that its address says, decoded. */
const fileOf = (path: string): string =>
  decodeURIComponent(path === "" || path.endsWith("/") ? `${path}index.html` : path);
