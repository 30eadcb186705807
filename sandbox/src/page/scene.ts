import type { ConfigFault } from "msc-clerk/config/outcome.js";
import { isLegacyName } from "msc-clerk/domain/model/people.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import type { About } from "../about.js";
import { READER } from "../reader.js";
import type { Account, CheckRun, Label, Repository, State, Thread } from "../state.js";
import { isPull, type PullThread } from "../store.js";

/** Everything a page is drawn from: plain values, so that drawing is a function of them and of nothing else. */
export interface Scene extends Scenery {
  readonly drawing: Drawing;
}

/** What belongs to this one drawing of a page. */
export interface Drawing {
  /** No other drawing has it. */
  readonly once: string;
  /** A form that was refused, as it was sent; null: none was. */
  readonly kept: Kept | null;
}

export interface Kept {
  /** Its address, by which a page knows its form. */
  readonly form: string;
  readonly sent: URLSearchParams;
}

/** What there is to see of the sandbox, by one of its people. */
export interface Scenery {
  readonly state: State;
  readonly repository: Repository;
  /** The sandbox's clock. */
  readonly now: number;
  /** Whom the visitor plays. */
  readonly you: Account;
  readonly clerkId: number;
  readonly about: About;
  /** By the config on the default branch; null when that is absent or invalid. */
  readonly rules: Rules | null;
  /** By the last config there that was valid. */
  readonly lastRules: Rules | null;
  /** What is wrong with that config. */
  readonly configFaults: readonly ConfigFault[];
  /** Text of the last config that came by the rules, as far as the clerk has seen, where the present one did not; null: it did, or nobody here knows. */
  readonly unlawful: string | null;
  readonly clerk: ClerkView;
  readonly faults: FaultsView;
}

export interface ClerkView {
  /** What it did last, newest first. */
  readonly deeds: readonly Deed[];
  /** The next moment at which it acts though nobody does anything, null: there is none; `elsewhere`: it runs in another process, and does not say. */
  readonly nextDeadline: number | null | "elsewhere";
  readonly busy: boolean;
  /** Where its public pages are; null: not known here. */
  readonly pages: string | null;
  /** Requests to the sandbox since the last doing of a person. */
  readonly requests: { readonly reads: number; readonly writes: number };
}

/** One write of the clerk, in plain words. */
export interface Deed {
  readonly at: number;
  readonly text: string;
  /** The thread it was about. */
  readonly number: number;
}

export interface FaultsView {
  readonly loseWebhooks: boolean;
  /** Seconds. */
  readonly lag: number;
}

const CHECK_NAME = "msc-clerk";
export const FORM_NAME = "msc-clerk: form";

export const base = ({ state, repository }: Pick<Scenery, "state" | "repository">): string =>
  `/${state.accounts.get(repository.ownerId)?.login ?? "ghost"}/${repository.name}`;

export const pagePath = (scene: Pick<Scenery, "state" | "repository">, number: number): string =>
  `${base(scene)}/${scene.repository.threads.get(number)?.pull === null ? "issues" : "pull"}/${number}`;

/** Where a file of the default branch is edited. */
export const editPath = (scene: Pick<Scenery, "state" | "repository">, file: string): string =>
  `${base(scene)}/edit/${file.split("/").map(encodeURIComponent).join("/")}`;

export const loginOf = (scene: Scene, id: number | null): string =>
  (id === null ? undefined : scene.state.accounts.get(id)?.login) ?? "ghost";

export const pulls = ({ repository }: Pick<Scenery, "repository">): readonly PullThread[] =>
  [...repository.threads.values()].filter(isPull);

/** The newest first. */
export const issues = ({ repository }: Scene): readonly Thread[] =>
  [...repository.threads.values()].filter((one) => !isPull(one)).sort((a, b) => b.number - a.number);

export const labelsShown = ({ repository }: Scene, thread: Thread): readonly Label[] =>
  thread.labelIds.flatMap((id) => repository.labels.get(id) ?? []);

/** The clerk's check on the head, or its second one by that name: the newest run counts. */
export function checkOf(
  { repository }: Pick<Scene, "repository">,
  { pull }: PullThread,
  name: typeof CHECK_NAME | typeof FORM_NAME = CHECK_NAME,
): CheckRun | null {
  let newest: CheckRun | null = null;
  for (const run of repository.runs.values()) {
    if (run.headOid === pull.headOid && run.name === name && (newest === null || run.id > newest.id))
      newest = run;
  }
  return newest;
}

export type Standing = "open" | "draft" | "merged" | "closed";

export function standing(thread: Thread): Standing {
  if (isPull(thread) && thread.pull.mergedAt !== null) return "merged";
  if (thread.state === "closed") return "closed";
  return isPull(thread) && thread.pull.draft ? "draft" : "open";
}

/** What somebody is in the process: `Spec Core Team, lead`; empty: a member of no team. */
export function rolesOf(scene: Pick<Scenery, "rules">, account: Account): readonly string[] {
  const isHe = (person: { readonly login: string; readonly id: number | null }): boolean =>
    person.id === null
      ? person.login.toLowerCase() === account.login.toLowerCase()
      : person.id === account.id;
  return (scene.rules?.teams ?? []).flatMap((team) =>
    team.members.some(isHe)
      ? [team.lead !== null && isHe(team.lead) ? `${team.title}, lead` : team.title]
      : [],
  );
}

/**
 * Who can be played: living people, members first as the roster has them; not who only asks from a terminal. Who is a bot an invalid config does not say:
 * the valid one before it does.
 */
export function cast(seen: Pick<Scenery, "state" | "rules" | "lastRules">): readonly Account[] {
  const { lastRules } = seen;
  const isBot = (login: string): boolean => lastRules !== null && isLegacyName(login, lastRules);
  const rank = (one: Account): number => (rolesOf(seen, one).length > 0 ? 0 : 1);
  const people = [...seen.state.accounts.values()].filter(
    (one) => one.type === "User" && !isBot(one.login) && (one.login !== READER || rank(one) === 0),
  );
  return people.sort((a, b) => rank(a) - rank(b));
}
