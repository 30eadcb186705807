import type { ConfigFault } from "msc-clerk/config/outcome.js";
import { isLegacyName } from "msc-clerk/domain/model/people.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import type { Account, CheckRun, Label, Repository, State, Thread } from "../state.js";
import { isPull, type PullThread } from "../store.js";

/** Everything a page is drawn from: plain values, so that drawing is a function of them and of nothing else. */
export interface Scene {
  readonly state: State;
  readonly repository: Repository;
  /** The sandbox's clock. */
  readonly now: number;
  /** Whom the visitor plays. */
  readonly you: Account;
  readonly clerkId: number;
  /** By the config on the default branch; null when that is absent or invalid. */
  readonly rules: Rules | null;
  /** What is wrong with that config. */
  readonly configFaults: readonly ConfigFault[];
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

export const base = ({ state, repository }: Scene): string =>
  `/${state.accounts.get(repository.ownerId)?.login ?? "ghost"}/${repository.name}`;

export const pagePath = (scene: Scene, number: number): string => `${base(scene)}/pull/${number}`;

export const loginOf = (scene: Scene, id: number | null): string =>
  (id === null ? undefined : scene.state.accounts.get(id)?.login) ?? "ghost";

export const pulls = ({ repository }: Scene): readonly PullThread[] =>
  [...repository.threads.values()].filter(isPull);

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

export function standing(thread: PullThread): Standing {
  if (thread.pull.mergedAt !== null) return "merged";
  if (thread.state === "closed") return "closed";
  return thread.pull.draft ? "draft" : "open";
}

/** What somebody is in the process: `Spec Core Team, lead`; empty: a member of no team. */
export function rolesOf(scene: Scene, account: Account): readonly string[] {
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

/** Who can be played: living people, members first as the roster has them. */
export function cast(scene: Scene): readonly Account[] {
  const isBot = (login: string): boolean => scene.rules !== null && isLegacyName(login, scene.rules);
  const people = [...scene.state.accounts.values()].filter((one) => one.type === "User" && !isBot(one.login));
  const rank = (one: Account): number => (rolesOf(scene, one).length > 0 ? 0 : 1);
  return people.sort((a, b) => rank(a) - rank(b));
}
