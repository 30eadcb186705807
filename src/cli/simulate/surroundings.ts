import { LABELS, LIFE_LABELS, labelNameOf } from "../../domain/model/labels.js";
import { type PersonRef, sameLogin } from "../../domain/model/people.js";
import type { Rules } from "../../domain/model/rules.js";
import type { RepositoryRef } from "../../github/ports.js";
import type { CheckupReader, RepositorySettings } from "../../github/read/checkup.js";
import type { FoundAccount, PeopleReader } from "../../github/read/people.js";
import type { ReadResult } from "../../github/readResult.js";

/** What is wrong with somebody whom the draft names. */
export type PersonFinding =
  | { readonly what: "unknown"; readonly login: string }
  | { readonly what: "no_person"; readonly login: string; readonly type: string }
  | { readonly what: "other_id"; readonly login: string; readonly drafted: number; readonly actual: number }
  /** `id`: what to write. */
  | { readonly what: "no_id"; readonly login: string; readonly id: number }
  | { readonly what: "cannot_read"; readonly login: string }
  | { readonly what: "unread"; readonly login: string; readonly why: string };

export interface LabelFindings {
  /** Which the clerk uses, and would make. */
  readonly made: readonly string[];
  /** Which the draft goes by, and nobody makes. */
  readonly lacking: readonly string[];
}

export interface Surroundings {
  readonly people: readonly PersonFinding[];
  /** Why it cannot be told who may read a private repository; null: it was told, or is not asked of a public one. */
  readonly readersUntold: string | null;
  /** null: they could not be read. */
  readonly labels: LabelFindings | null;
  /** Where Issues are off GitHub lets no App make labels. */
  readonly withoutIssues: boolean;
  readonly archived: boolean;
}

/** What the draft names, held against what GitHub has. */
export async function surroundings(
  rules: Rules,
  ref: RepositoryRef,
  settings: RepositorySettings,
  github: { readonly people: PeopleReader; readonly checkup: Pick<CheckupReader, "labels"> },
): Promise<Surroundings> {
  const people: PersonFinding[] = [];
  let readersUntold: string | null = null;
  for (const member of everybodyIn(rules)) {
    const finding = personFinding(member, await github.people.account(member.login));
    if (finding !== null) people.push(finding);
    const isThere = finding === null || finding.what === "no_id";
    if (!settings.isPrivate || !isThere || readersUntold !== null) continue;
    const may = await github.people.mayRead(ref, member.login);
    if (may.kind === "unreadable") readersUntold = may.why;
    else if (may.kind === "gone" || !may.mayRead) people.push({ what: "cannot_read", login: member.login });
  }
  const labels = await github.checkup.labels(ref);
  return {
    people,
    readersUntold,
    labels: labels.kind === "read" ? labelFindings(rules, labels.labels) : null,
    withoutIssues: !settings.hasIssues,
    archived: settings.archived,
  };
}

/** Everybody once: with an id, where one of their teams gives it. */
function everybodyIn({ teams }: Rules): readonly PersonRef[] {
  const all = teams.flatMap(({ members }) => members);
  return all.filter((one, at) => all.findIndex(({ login }) => sameLogin(login, one.login)) === at);
}

export function personFinding(
  { login, id }: PersonRef,
  read: ReadResult<{ account: FoundAccount }>,
): PersonFinding | null {
  if (read.kind === "gone") return { what: "unknown", login };
  if (read.kind === "unreadable") return { what: "unread", login, why: read.why };
  const { account } = read;
  if (account.type !== "User") return { what: "no_person", login, type: account.type };
  if (id === null) return { what: "no_id", login, id: account.id };
  return id === account.id ? null : { what: "other_id", login, drafted: id, actual: account.id };
}

/** A decision or a gate may go by labels that people put on: those nobody makes. */
export function labelFindings(rules: Rules, present: readonly string[]): LabelFindings {
  const among = (names: readonly string[]) => (name: string) => !names.some((one) => sameLogin(one, name));
  const own = [
    ...LABELS.flatMap(({ key }) => labelNameOf(rules.labels, key) ?? []),
    ...LIFE_LABELS.flatMap(({ key }) => rules[key] ?? []),
  ];
  const named = [
    ...rules.decisions.flatMap(({ match }) => match.labels),
    ...(rules.gates ?? []).flatMap((gate) => (gate.kind === "label" ? [gate.label] : [])),
  ];
  return {
    made: own.filter(among(present)),
    lacking: [...new Set(named)].filter(among(present)).filter(among(own)),
  };
}
