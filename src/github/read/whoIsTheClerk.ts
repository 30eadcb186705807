import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import { readOne } from "../client/rest.js";
import type { NotRead, Read, ReadResult } from "../readResult.js";
import type { ClerkAccount } from "./asSeenBy.js";
import { present } from "./nodes.js";
import { CLERKS, type PullAppsFragment } from "./queries/generated.js";

/** The clerk as a reader without its key knows it: the App, and the account that writes its comments. */
export interface KnownClerk {
  readonly appId: number;
  readonly account: ClerkAccount;
}

export interface WhereToLook {
  readonly owner: string;
  readonly name: string;
  /** Looked at first; null: only at those that have changed last. */
  readonly number: number | null;
  /** The App's slug, where somebody has said it; null: it is found by the check runs. */
  readonly app: string | null;
  /** Where no clerk is at work yet the answer is `NO_CLERK`; left out: that is unclear. */
  readonly mayBeNone?: true;
}

/** Stands for the clerk where there is none: no account of GitHub's has this login or this number, and no App either. */
export const NO_CLERK: KnownClerk = { appId: 0, account: { login: "(no clerk)", id: 0 } };

/** `unclear`: GitHub answered, and does not tell. One plain sentence. */
export type FoundClerk = Read<KnownClerk> | { readonly kind: "unclear"; readonly why: string } | NotRead;

interface App {
  readonly id: number;
  readonly slug: string;
}

/** A token of a person's belongs to no installation: only the limits of its calls are kept under this number. */
export const NO_INSTALLATION = 0;

/**
 * Which App is the clerk of a repository: the one that has check runs named `msc-clerk` there, as nobody but an App that somebody has installed there
 * makes any. Where several do, it is not guessed: one of them is somebody else's.
 */
export async function whoIsTheClerk(caller: Caller, where: WhereToLook): Promise<FoundClerk> {
  const found = await appsAt(caller, where);
  if (found.kind !== "read") return found;
  if (where.mayBeNone && where.app === null && found.apps.length === 0) return { kind: "read", ...NO_CLERK };
  const chosen = where.app === null ? onlyOne(found.apps, where) : await named(where.app, found.apps, caller);
  if (chosen.kind !== "read") return chosen;
  const { id: appId, slug } = chosen.app;
  const read = await readOne(caller, NO_INSTALLATION, "GET /users/{username}", { username: `${slug}[bot]` });
  if (read.kind === "unreadable") return read;
  if (read.kind === "gone" || read.data.type !== "Bot")
    return {
      kind: "unclear",
      why: `GitHub knows no account ${slug}[bot], by which the App ${slug} would write`,
    };
  return { kind: "read", appId, account: { login: slug, id: Number(read.data.id) } };
}

async function appsAt(caller: Caller, where: WhereToLook): Promise<ReadResult<{ apps: readonly App[] }>> {
  const { owner, name: repo, number } = where;
  const variables = { owner, repo, number: number ?? 0, one: number !== null };
  const answered = await ask(caller, NO_INSTALLATION, CLERKS, variables);
  if (answered.kind !== "read") return answered;
  const { repository } = answered.data;
  if (repository === null) return { kind: "gone", why: "there is no such repository" };
  const pulls = [...present([repository.pullRequest ?? null]), ...present(repository.pullRequests.nodes)];
  return { kind: "read", apps: [...new Map(pulls.flatMap(appsOn).map((app) => [app.id, app])).values()] };
}

const appsOn = ({ commits }: PullAppsFragment): readonly App[] =>
  present(commits.nodes)
    .flatMap(({ commit }) => present(commit.checkSuites?.nodes))
    .flatMap(({ app, checkRuns }) =>
      app?.databaseId == null || (checkRuns?.totalCount ?? 0) === 0
        ? []
        : [{ id: app.databaseId, slug: app.slug }],
    );

type Chosen = Read<{ app: App }> | Exclude<FoundClerk, Read<KnownClerk>>;

const SAY = "say which App is the clerk with --app SLUG, the end of its address github.com/apps/SLUG";

function onlyOne(apps: readonly App[], { owner, name }: WhereToLook): Chosen {
  const [app, ...others] = apps;
  if (app === undefined)
    return {
      kind: "unclear",
      why: `no App has a check run msc-clerk on what changed last in ${owner}/${name}: ${SAY}`,
    };
  if (others.length > 0) {
    const slugs = apps.map(({ slug }) => slug).sort();
    return {
      kind: "unclear",
      why: `several Apps have a check run msc-clerk in ${owner}/${name} (${slugs.join(", ")}): ${SAY}`,
    };
  }
  return { kind: "read", app };
}

/** An App that is not public shows itself by its check runs only. */
async function named(slug: string, apps: readonly App[], caller: Caller): Promise<Chosen> {
  const app = apps.find((one) => one.slug.toLowerCase() === slug.toLowerCase());
  if (app !== undefined) return { kind: "read", app };
  const read = await readOne(caller, NO_INSTALLATION, "GET /apps/{app_slug}", { app_slug: slug });
  if (read.kind === "unreadable") return read;
  if (read.kind === "gone" || read.data === null || read.data.slug === undefined)
    return {
      kind: "unclear",
      why: `GitHub shows no App ${slug}, and none of that name has a check run msc-clerk there`,
    };
  return { kind: "read", app: { id: read.data.id, slug: read.data.slug } };
}
