import type { Instant } from "../domain/text/time.js";
import { type Html, html } from "../platform/html.js";
import { HTML_TYPE } from "./frame.js";
import { isDataPath, type Sent } from "./headers.js";
import type { Asked, PageAnswer, PageRoute } from "./route.js";
import type { PagesRepository, PagesSource } from "./source.js";

export interface PagesOptions {
  readonly source: PagesSource;
  readonly routes: readonly PageRoute[];
  readonly now: () => Instant;
  /** Where `/` is reached from outside; null: nobody said. */
  readonly publicUrl: string | null;
  /** A whole page around what is of no route: that there is nothing, or which repositories there are. */
  readonly page: (title: string, inside: Html, at: PageAt) => string;
  /** Files that pages of no repository need, by their path. */
  readonly files?: ReadonlyMap<string, PageAnswer>;
}

/** Where a page of no route stands. */
export interface PageAt {
  /** As it was asked for, with a slash at the beginning. */
  readonly path: string;
  /** null: none that everybody may see. */
  readonly repository: PagesRepository | null;
  /** What of the path is below the repository. */
  readonly below: string;
}

const TEXT_TYPE = "text/plain; charset=utf-8";
/** Owner and name of a repository, as GitHub takes them: anything else is not even looked up. */
const OF_REPOSITORY = /^\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/(.*))?$/;

/** A sentence in place of what was asked for. */
export const refusal = (status: Sent["status"], sentence: string): Sent => ({
  status,
  type: TEXT_TYPE,
  body: `${sentence}\n`,
});

/** What is answered to an address, which a stranger may have made up. `path` begins with a slash, and neither is decoded yet. */
export async function answerTo(path: string, query: string, options: PagesOptions): Promise<Sent> {
  if (path === "/") return home(options);
  const file = options.files?.get(path);
  if (file !== undefined) return file;
  const [, owner, name, rest] = OF_REPOSITORY.exec(path) ?? [];
  const outside: PageAt = { path, repository: null, below: "" };
  if (owner === undefined || name === undefined) return missing(outside, options);
  const found = await options.source.repository(owner, name);
  if (found.kind === "unavailable") return unavailable(found.why, outside, options);
  if (found.told === null) return missing(outside, options);
  if (rest === undefined) return moved(`./${name}/`, query);
  const at: PageAt = { path, repository: found.told, below: rest };
  const way = wayTo(rest, options.routes);
  if (way === null) {
    const isFolder = rest !== "" && !rest.endsWith("/") && wayTo(`${rest}/`, options.routes) !== null;
    return isFolder ? moved(`./${rest.split("/").at(-1)}/`, query) : missing(at, options);
  }
  const answer = await way.route.answer(askedOf(found.told, query, options), way.groups);
  if (answer.kind === "unavailable") return unavailable(answer.why, at, options);
  return answer.told ?? missing(at, options);
}

interface Way {
  readonly route: PageRoute;
  readonly groups: readonly string[];
}

/** The first route that has the path; null: none has, or it cannot be decoded. */
function wayTo(rest: string, routes: readonly PageRoute[]): Way | null {
  for (const route of routes) {
    const match = rest.match(route.path);
    if (match === null) continue;
    try {
      return {
        route,
        groups: match.slice(1).map((group: string | undefined) => decodeURIComponent(group ?? "")),
      };
    } catch {
      return null;
    }
  }
  return null;
}

const askedOf = (
  repository: PagesRepository,
  query: string,
  { source, now, publicUrl }: PagesOptions,
): Asked => ({
  source,
  repository,
  now: now(),
  query: new URLSearchParams(query),
  live: true,
  publicRoot:
    publicUrl === null
      ? null
      : `${publicUrl.replace(/\/+$/, "")}/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}/`,
});

/** Relative, so that it holds behind a proxy too, whatever it puts before our addresses; and with `./`, so that it is a path and no other host. */
const moved = (to: string, query: string): Sent => ({
  ...refusal(301, "This is one slash further on."),
  location: query === "" ? to : `${to}?${query}`,
});

async function home(options: PagesOptions): Promise<Sent> {
  const found = await options.source.repositories();
  const at: PageAt = { path: "/", repository: null, below: "" };
  if (found.kind === "unavailable") return unavailable(found.why, at, options);
  const [only, ...others] = found.told;
  if (only === undefined)
    return page(200, "Nothing yet", html`<p>There is no public repository here yet.</p>`, at, options);
  if (others.length === 0)
    return { ...refusal(303, "There is one repository here."), location: `./${addressOf(only)}` };
  const lines = found.told.map(
    (each) => html`<li><a href="${addressOf(each)}">${each.owner}/${each.name}</a></li>`,
  );
  return page(200, "Repositories", html`<ul class="repositories">${lines}</ul>`, at, options);
}

const addressOf = ({ owner, name }: PagesRepository): string =>
  `${encodeURIComponent(owner)}/${encodeURIComponent(name)}/`;

/** The same of what is not there and of what not everybody may see. */
const missing = (at: PageAt, options: PagesOptions): Sent =>
  instead(404, "Nothing here", "There is nothing here.", at, options);

const unavailable = (why: string, at: PageAt, options: PagesOptions): Sent =>
  instead(503, "Not now", why, at, options);

/** For a program a sentence is enough. */
const instead = (
  status: PageAnswer["status"],
  title: string,
  sentence: string,
  at: PageAt,
  options: PagesOptions,
): Sent =>
  isDataPath(at.path)
    ? refusal(status, sentence)
    : page(status, title, html`<p>${sentence}</p>`, at, options);

const page = (
  status: PageAnswer["status"],
  title: string,
  inside: Html,
  at: PageAt,
  options: PagesOptions,
): Sent => ({
  status,
  type: HTML_TYPE,
  body: options.page(title, inside, at),
});
