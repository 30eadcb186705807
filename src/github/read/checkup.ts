import type { ConfigOutcome } from "../../config/outcome.js";
import type { Instant } from "../../domain/text/time.js";
import type { Answer, Caller } from "../client/call.js";
import { notRead, pages, readOne } from "../client/rest.js";
import type { DataOf, ItemOf } from "../client/routes.js";
import { type DutyConnection, GitHubIssues } from "../issues.js";
import type { RepositoryRef } from "../ports.js";
import { type ReadResult, STRANGE, unreadable } from "../readResult.js";
import { besideConfig } from "./besideConfig.js";
import type { Configs } from "./config.js";

/* What `msc-clerk doctor` looks at: how the App is set up, where it is installed, and what protects a repository. Nothing here decides anything. */

/** `read`, `write`, `admin`, by the name GitHub has for each. */
export type Grades = ReadonlyMap<string, string>;

export interface AppFacts {
  readonly id: number;
  readonly slug: string;
  /** Its public page. */
  readonly url: string;
  /** Where its owner changes its settings, without a slash at the end. */
  readonly settings: string;
  readonly permissions: Grades;
  readonly events: readonly string[];
}

export interface HookFacts {
  /** null: there is none. */
  readonly url: string | null;
  readonly contentType: string;
  readonly verifiesSsl: boolean;
  readonly hasSecret: boolean;
}

/** One time that a webhook was sent. */
export interface DeliveryFacts {
  readonly id: string;
  /** The same for a webhook that was sent again. */
  readonly guid: string;
  readonly at: Instant;
  /** Somebody asked for it to be sent again. */
  readonly redelivery: boolean;
  /** The answer's status; 0 or GitHub's own 5xx where nobody answered. */
  readonly status: number;
  /** In GitHub's words. */
  readonly said: string;
}

export interface InstallationFacts {
  readonly id: number;
  readonly owner: string;
  /** Its settings page. */
  readonly url: string;
  readonly suspended: boolean;
  readonly permissions: Grades;
}

export interface RepositorySettings {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly url: string;
  readonly defaultBranch: string;
  readonly archived: boolean;
  readonly hasIssues: boolean;
  readonly isPrivate: boolean;
}

export interface RequiredCheckFacts {
  readonly name: string;
  /** The App it has to come from; null: anybody's will do. */
  readonly appId: number | null;
}

/** The rules of rulesets that hold for a branch. Who may go round them GitHub shows to administrators alone. */
export interface RulesFacts {
  readonly checks: readonly RequiredCheckFacts[];
  readonly mergeQueue: boolean;
  /** Of those that require a check: of the repository, or of a level above it. */
  readonly rulesets: readonly { readonly id: number; readonly ofRepository: boolean }[];
}

/** The older branch protection, as far as GitHub shows it to who may not administer the repository. */
export interface ProtectionFacts {
  readonly checks: readonly RequiredCheckFacts[];
  /** Are administrators bound by the checks too? */
  readonly bindsAdmins: boolean;
}

export interface LimitFacts {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
}

export interface CheckupReader {
  app(): Promise<ReadResult<{ app: AppFacts }>>;
  hook(): Promise<ReadResult<{ hook: HookFacts }>>;
  /** The times webhooks were sent since then, newest first. `cutOff`: there were more than are read. */
  deliveries(since: Instant): Promise<ReadResult<{ deliveries: readonly DeliveryFacts[]; cutOff: boolean }>>;
  installations(): Promise<ReadResult<{ installations: readonly InstallationFacts[] }>>;
  /** gone: the App is not installed there. */
  installationOn(owner: string, name: string): Promise<ReadResult<{ installation: InstallationFacts }>>;
  repositories(installation: number): Promise<ReadResult<{ repositories: readonly RepositoryRef[] }>>;
  repository(ref: RepositoryRef): Promise<ReadResult<{ repository: RepositorySettings }>>;
  /** As the clerk itself reads it, from GitHub and not from memory. */
  config(ref: RepositoryRef): Promise<ConfigOutcome>;
  besideConfig(ref: RepositoryRef): Promise<ReadResult<{ paths: readonly string[] }>>;
  labels(ref: RepositoryRef): Promise<ReadResult<{ labels: readonly string[] }>>;
  rules(ref: RepositoryRef, branch: string): Promise<ReadResult<{ rules: RulesFacts }>>;
  protection(ref: RepositoryRef, branch: string): Promise<ReadResult<{ protection: ProtectionFacts }>>;
  /** The clerk's own issues. `login`: `slug[bot]`. */
  issues: DutyConnection["issues"];
  /** Of an installation, or of whose token it is. gone: this GitHub has no limits. */
  limits(installation: number): Promise<ReadResult<{ core: LimitFacts; graphql: LimitFacts | null }>>;
}

/** Of a hundred deliveries each. */
const DELIVERY_PAGES = 30;

/** What answers in GitHub's place, as a portal or a proxy does, is told as what it is: a checkup is most wanted where something is wrong. */
export function checkupReader(caller: Caller, configs: Configs): CheckupReader {
  const reader = readerOf(caller, configs);
  const sound =
    <Asked extends readonly unknown[], Found extends object>(
      read: (...asked: Asked) => Promise<ReadResult<Found>>,
    ) =>
    async (...asked: Asked): Promise<ReadResult<Found>> => {
      try {
        return await read(...asked);
      } catch {
        return strange(caller);
      }
    };
  return {
    ...reader,
    app: sound(reader.app),
    hook: sound(reader.hook),
    deliveries: sound(reader.deliveries),
    installations: sound(reader.installations),
    installationOn: sound(reader.installationOn),
    repositories: sound(reader.repositories),
    repository: sound(reader.repository),
    besideConfig: sound(reader.besideConfig),
    labels: sound(reader.labels),
    rules: sound(reader.rules),
    protection: sound(reader.protection),
    limits: sound(reader.limits),
  };
}

function readerOf(caller: Caller, configs: Configs): CheckupReader {
  const issues = new GitHubIssues(caller);
  return {
    app: async () => {
      const read = await readOne(caller, null, "GET /app", {});
      if (read.kind !== "read") return read;
      return typeof read.data?.id !== "number" ? strange(caller) : { kind: "read", app: appOf(read.data) };
    },
    hook: async () => {
      const read = await readOne(caller, null, "GET /app/hook/config", {});
      if (read.kind !== "read") return read;
      const { url, content_type, secret, insecure_ssl } = read.data;
      return {
        kind: "read",
        hook: {
          url: url || null,
          contentType: content_type ?? "form",
          verifiesSsl: Number(insecure_ssl ?? 0) === 0,
          hasSecret: (secret ?? "") !== "",
        },
      };
    },
    deliveries: (since) => deliveries(caller, since),
    installations: async () => {
      const read = await pages(caller, null, "GET /app/installations", {});
      return read.kind === "read" ? { kind: "read", installations: read.items.map(installationOf) } : read;
    },
    installationOn: async (owner, repo) => {
      const read = await readOne(caller, null, "GET /repos/{owner}/{repo}/installation", { owner, repo });
      return read.kind === "read" ? { kind: "read", installation: installationOf(read.data) } : read;
    },
    repositories: async (installation) => {
      const listOf = ({ repositories: list }: DataOf<"GET /installation/repositories">) => list;
      const read = await pages(caller, installation, "GET /installation/repositories", {}, listOf);
      if (read.kind !== "read") return read;
      return {
        kind: "read",
        repositories: read.items.map(({ owner, name }) => ({ installation, owner: owner.login, name })),
      };
    },
    repository: async (ref) => {
      const read = await readOne(caller, ref.installation, "GET /repos/{owner}/{repo}", at(ref));
      if (read.kind !== "read") return read;
      const {
        id,
        owner,
        name,
        html_url,
        default_branch,
        archived,
        has_issues,
        private: isPrivate,
      } = read.data;
      return {
        kind: "read",
        repository: {
          ...{ id: Number(id), name, owner: owner.login, url: html_url, defaultBranch: default_branch },
          ...{ archived, hasIssues: has_issues, isPrivate },
        },
      };
    },
    config: (ref) => configs.config(ref, true),
    besideConfig: (ref) => besideConfig(caller, ref),
    labels: async (ref) => {
      const read = await pages(caller, ref.installation, "GET /repos/{owner}/{repo}/labels", at(ref));
      return read.kind === "read" ? { kind: "read", labels: read.items.map(({ name }) => name) } : read;
    },
    rules: async (ref, branch) => {
      const route = "GET /repos/{owner}/{repo}/rules/branches/{branch}";
      const read = await pages(caller, ref.installation, route, { ...at(ref), branch });
      return read.kind === "read" ? { kind: "read", rules: rulesOf(read.items) } : read;
    },
    protection: async (ref, branch) => {
      const route = "GET /repos/{owner}/{repo}/branches/{branch}";
      const read = await readOne(caller, ref.installation, route, { ...at(ref), branch });
      if (read.kind !== "read") return read;
      const { checks = [], enforcement_level } = read.data.protection.required_status_checks ?? {};
      return {
        kind: "read",
        protection: {
          checks: checks.map(({ context, app_id }) => ({ name: context, appId: app_id })),
          bindsAdmins: enforcement_level === "everyone",
        },
      };
    },
    issues: (ref, login) => issues.issues(ref, login),
    limits: async (installation) => {
      const read = await readOne(caller, installation, "GET /rate_limit", {});
      if (read.kind !== "read") return read;
      const { core, graphql } = read.data.resources;
      return {
        kind: "read",
        core: limitOf(core),
        graphql: graphql === undefined ? null : limitOf(graphql),
      };
    },
  };
}

/** Asks GitHub to send a webhook once more. It is the same one, by its id; a second time does no harm, and is not asked for by itself. */
export const askAgain = (caller: Caller, delivery: string): Promise<Answer> =>
  caller.call(
    null,
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    { delivery_id: delivery },
    { repeatable: false, write: "changes" },
  );

/** By a cursor: what comes meanwhile moves nothing. */
async function deliveries(caller: Caller, since: Instant): ReturnType<CheckupReader["deliveries"]> {
  const found: DeliveryFacts[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < DELIVERY_PAGES; page += 1) {
    const parameters: { per_page: number; cursor?: string } =
      cursor === null ? { per_page: 100 } : { per_page: 100, cursor };
    const answer = await caller.call(null, "GET /app/hook/deliveries", parameters, {
      repeatable: true,
      write: "no",
    });
    if (answer.kind !== "ok") return notRead(caller, answer);
    if (!Array.isArray(answer.data)) return strange(caller);
    for (const { id, guid, delivered_at, redelivery, status_code, status } of answer.data) {
      const moment = Date.parse(delivered_at);
      if (moment < since) return { kind: "read", deliveries: found, cutOff: false };
      found.push({ id: String(id), guid, at: moment, redelivery, status: status_code, said: status });
    }
    cursor = nextCursor(answer.headers.link);
    if (cursor === null) return { kind: "read", deliveries: found, cutOff: false };
  }
  return { kind: "read", deliveries: found, cutOff: true };
}

function nextCursor(link: unknown): string | null {
  const [, next = ""] = /<([^>]+)>; rel="next"/.exec(String(link ?? "")) ?? [];
  return URL.canParse(next) ? new URL(next).searchParams.get("cursor") : null;
}

type App = NonNullable<DataOf<"GET /app">>;

function appOf({ id, slug = "", html_url, owner, permissions, events }: App): AppFacts {
  const web = new URL(html_url).origin;
  const whose =
    "login" in owner
      ? "type" in owner && owner.type === "Organization"
        ? `/organizations/${owner.login}`
        : ""
      : `/enterprises/${owner.slug}`;
  return {
    ...{ id: Number(id), slug, url: html_url, events },
    settings: `${web}${whose}/settings/apps/${slug}`,
    permissions: gradesOf(permissions),
  };
}

type Installation = DataOf<"GET /repos/{owner}/{repo}/installation">;

function installationOf({
  id,
  account,
  html_url,
  suspended_at,
  permissions,
}: Installation): InstallationFacts {
  const owner = account === null ? "?" : "login" in account ? account.login : account.slug;
  return {
    ...{ id: Number(id), owner, url: html_url },
    suspended: suspended_at !== null,
    permissions: gradesOf(permissions),
  };
}

const gradesOf = (permissions: object): Grades =>
  new Map(
    Object.entries(permissions).flatMap(([name, grade]) =>
      typeof grade === "string" ? [[name, grade]] : [],
    ),
  );

function rulesOf(rules: readonly ItemOf<"GET /repos/{owner}/{repo}/rules/branches/{branch}">[]): RulesFacts {
  const requiring = rules.flatMap((rule) => (rule.type === "required_status_checks" ? [rule] : []));
  const rulesets = new Map(
    requiring.flatMap(({ ruleset_id: id, ruleset_source_type: source }) =>
      id === undefined ? [] : [[id, { id, ofRepository: source === "Repository" }]],
    ),
  );
  return {
    checks: requiring.flatMap(({ parameters }) =>
      (parameters?.required_status_checks ?? []).map(({ context, integration_id }) => ({
        name: context,
        appId: integration_id ?? null,
      })),
    ),
    mergeQueue: rules.some(({ type }) => type === "merge_queue"),
    rulesets: [...rulesets.values()],
  };
}

const limitOf = ({ limit, remaining, reset }: DataOf<"GET /rate_limit">["rate"]): LimitFacts => ({
  ...{ limit, remaining },
  resetAt: reset * 1000,
});

const at = ({ owner, name }: RepositoryRef) => ({ owner, repo: name });

const strange = (caller: Caller) => unreadable(STRANGE, caller.now());
