import { Refusal } from "./refusal.js";
import { LEVELS, type Level, type Repository } from "./state.js";

/** Permissions of an App on a repository. https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
export type AppPermissions = Readonly<
  Partial<
    Record<"checks" | "contents" | "issues" | "merge_queues" | "metadata" | "pull_requests", "read" | "write">
  >
>;

/** What the clerk's manifest asks for, and no more. */
export const CLERK_PERMISSIONS: AppPermissions = {
  checks: "write",
  contents: "read",
  issues: "write",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
};

/** Who does something: a person with a level in the repository, or the App's bot account with the App's permissions. */
export interface Actor {
  readonly accountId: number;
  readonly app: AppPermissions | null;
  /** Of another App than the clerk's; left out: the clerk's. */
  readonly appId?: number;
}

/** Is the repository there for them at all? `null`: nobody is signed in. */
export function sees(actor: Actor | null, repository: Repository): boolean {
  if (!repository.private) return true;
  if (actor === null) return false;
  if (actor.app) return repository.installed;
  return (
    actor.accountId === repository.ownerId ||
    atLeast(repository.levels.get(actor.accountId) ?? "none", "read")
  );
}

export function levelOf(repository: Repository, accountId: number): Level {
  if (accountId === repository.ownerId) return "admin";
  return repository.levels.get(accountId) ?? "read";
}

export const atLeast = (level: Level, wanted: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);

export type AppNeed = readonly { readonly of: keyof AppPermissions; readonly grade: "read" | "write" }[];

/** Any one of the permissions will do. */
const APP = {
  read: [{ of: "metadata", grade: "read" }],
  discuss: [
    { of: "issues", grade: "write" },
    { of: "pull_requests", grade: "write" },
  ],
  pulls: [{ of: "pull_requests", grade: "write" }],
  contents: [{ of: "contents", grade: "write" }],
  checks: [{ of: "checks", grade: "write" }],
} as const satisfies Record<string, AppNeed>;

/**
 * What a doing needs, of a person and of an App; in both cases or there is a 403.
 * https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
 */
const NEEDS = {
  comment: { level: "read", app: APP.discuss },
  moderate: { level: "write", app: APP.discuss },
  label: { level: "triage", app: APP.discuss },
  makeLabel: { level: "write", app: APP.discuss },
  close: { level: "triage", app: APP.discuss },
  edit: { level: "write", app: APP.pulls },
  review: { level: "read", app: APP.pulls },
  dismiss: { level: "write", app: APP.pulls },
  open: { level: "read", app: APP.pulls },
  push: { level: "write", app: APP.contents },
  merge: { level: "write", app: APP.contents },
  lock: { level: "write", app: APP.discuss },
  check: { level: null, app: APP.checks },
  administer: { level: "admin", app: [] },
} as const satisfies Record<string, { level: Level | null; app: AppNeed }>;

export type Duty = keyof typeof NEEDS;

export function may(actor: Actor, repository: Repository, duty: Duty): boolean {
  const need: { level: Level | null; app: AppNeed } = NEEDS[duty];
  if (actor.app) return grants(actor.app, need.app);
  return need.level !== null && atLeast(levelOf(repository, actor.accountId), need.level);
}

export const grants = (app: AppPermissions, need: AppNeed): boolean =>
  need.some(({ of, grade }) => app[of] === "write" || app[of] === grade);

/** Throws what GitHub answers to somebody who may not. */
export function demand(actor: Actor, repository: Repository, duty: Duty): void {
  if (repository.archived) throw new Refusal(403, "Repository was archived so is read-only.");
  if (!may(actor, repository, duty)) throw refused(actor, duty);
}

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions */
export const inaccessible = (need: AppNeed): Refusal =>
  new Refusal(
    403,
    "Resource not accessible by integration",
    undefined,
    need.map(({ of, grade }) => `${of}=${grade}`).join("; "),
  );

export function refused(actor: Actor, duty: Duty): Refusal {
  if (actor.app) return inaccessible(NEEDS[duty].app);
  if (duty === "check") return new Refusal(403, "You must authenticate via a GitHub App.");
  return new Refusal(
    403,
    NEEDS[duty].level === "admin"
      ? "Must have admin rights to Repository."
      : "Must have write access to repository or be its author.",
  );
}
