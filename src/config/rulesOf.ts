import { byKey } from "../domain/model/byKey.js";
import { FORM_CHECK_KEYS, type FormCheck } from "../domain/model/form.js";
import type { Gate } from "../domain/model/gates.js";
import { LEAVABLE_LABELS } from "../domain/model/labels.js";
import type { PersonRef } from "../domain/model/people.js";
import {
  AMENDMENT_KEYS,
  type AmendmentKey,
  type AmendmentRoute,
  type DecisionRule,
  type Member,
  type Need,
  type Rules,
  type Team,
} from "../domain/model/rules.js";
import { readDay, readLength, readPeriod, readWait } from "./calendar.js";
import { defaultRoutes, guardiansOf } from "./routes.js";
import type { Config } from "./shape.js";
import { readMeasure } from "./threshold.js";

/**
 * A config without faults as the core wants it. Throws when the config was not checked first: that is a fault of this
 * program, and half a roster must never come of it.
 */
export function rulesOf(config: Config): Rules {
  const entries = Object.entries(config.teams);
  const ids = knownIds(config);
  const teams = entries.map(([slug, team]) => teamOf(slug, team, ids));
  const guardians = guardiansOf(
    config.guardians,
    entries.map(([slug]) => slug),
  );
  return {
    teams,
    decisions: config.decisions.map(decisionOf),
    finalCommentPeriod: checked(readLength(config.final_comment_period), "final_comment_period"),
    reviews: {
      beforeMotion: config.reviews.before_motion,
      changesRequested: config.reviews.changes_requested,
    },
    conclude: config.conclude,
    mentions: names(config.mentions),
    legacyBots: names(config.legacy_bots),
    proposalPaths: config.proposals.paths ?? config.proposal_paths,
    ...scopeOf(config.proposals),
    ...(config.proposals.prefix === undefined ? {} : { prefix: config.proposals.prefix }),
    ...formOf(config.form),
    labels: {
      ...usualLabelsOf(config),
      ...leavableOf(config),
      ...(typeof config.proposals.label === "string" ? { proposal: config.proposals.label } : {}),
    },
    guardians,
    amendments: amendmentsOf(config, teams, guardians),
    duties: config.duties,
    ...gatesOf(config.gates ?? []),
    ...(config.named_authors === true ? { namedAuthors: true } : {}),
    ...(config.ready_label === undefined ? {} : { readyLabel: config.ready_label }),
    ...(config.obsolete_label === undefined ? {} : { obsoleteLabel: config.obsolete_label }),
    ...(config.filled_placeholder === undefined
      ? {}
      : { filledPlaceholder: { takeOff: config.filled_placeholder.take_off } }),
    ...(config.welcome === undefined ? {} : { welcome: config.welcome }),
    ...remindersOf(config.reminders),
    ...(config.spec_repository === undefined
      ? {}
      : {
          specRepository: { name: config.spec_repository.name, words: names(config.spec_repository.words) },
        }),
    ...(config.constitution === undefined ? {} : { constitution: config.constitution }),
    ...(config.record_keys === undefined ? {} : { recordKeys: [...new Set(config.record_keys)] }),
  };
}

/** A label is a gate of its own, so that each has a name and a line. None at all is as if the key were not there. */
function gatesOf(given: NonNullable<Config["gates"]>): Pick<Rules, "gates"> {
  const gates = given.flatMap((gate): readonly Gate[] => {
    const { before } = gate;
    const labels = (names: readonly string[], wanted: "absent" | "present") =>
      names.map((label): Gate => ({ kind: "label", name: label, label, wanted, before }));
    return [
      ...labels(gate.labels_absent ?? [], "absent"),
      ...labels(gate.labels_present ?? [], "present"),
      ...(gate.review_threads === undefined
        ? []
        : [{ kind: "review_threads", name: "review_threads", before } as const]),
      ...(gate.dependencies === undefined
        ? []
        : [{ kind: "dependencies", name: "dependencies", before } as const]),
      ...(gate.form === undefined
        ? []
        : [{ kind: "form", name: "form", checks: formChecksOf(gate.form), before } as const]),
      ...(gate.checklist === undefined
        ? []
        : [{ kind: "checklist", name: "checklist", file: gate.checklist, before } as const]),
      ...(gate.implementation === undefined
        ? []
        : [{ kind: "implementation", name: "implementation", needed: gate.implementation, before } as const]),
    ];
  });
  return gates.length === 0 ? {} : { gates };
}

/** With neither part it is as if the key were not there. */
function remindersOf(given: Config["reminders"]): Pick<Rules, "reminders"> {
  const digest = given?.digest !== undefined;
  const after = given?.mention_after;
  const mentionAfter = after === undefined ? null : checked(readWait(after), "reminders.mention_after");
  return digest || mentionAfter !== null ? { reminders: { digest, mentionAfter } } : {};
}

/** Who has an id in one team has it in all: one person, whatever team the file says more about. */
function knownIds(config: Config): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const team of Object.values(config.teams)) {
    for (const member of team.members) {
      if (typeof member !== "string" && member.id !== undefined)
        ids.set(member.login.toLowerCase(), member.id);
    }
  }
  return ids;
}

function teamOf(slug: string, team: Config["teams"][string], ids: ReadonlyMap<string, number>): Team {
  const lead =
    team.lead === undefined ? null : typeof team.lead === "string" ? { login: team.lead } : team.lead;
  const members = team.members.map((member) => memberOf(member, ids));
  const seat = members.find((member) => member.login.toLowerCase() === lead?.login.toLowerCase());
  return {
    slug,
    title: team.title ?? titleOfKey(slug),
    lead: lead === null ? null : personOf(checked(seat ?? null, `teams.${slug}.lead`)),
    leadConfirmed: (lead !== null && "confirmed" in lead ? lead.confirmed : undefined) ?? null,
    minimumMembers: team.minimum_members,
    members,
  };
}

function memberOf(
  given: Config["teams"][string]["members"][number],
  ids: ReadonlyMap<string, number>,
): Member {
  const member = typeof given === "string" ? { login: given, domains: [] } : given;
  const away = "away" in member ? member.away : undefined;
  return {
    login: member.login,
    id: ids.get(member.login.toLowerCase()) ?? null,
    since: ("since" in member ? member.since : undefined) ?? null,
    domains: member.domains,
    away:
      away === undefined
        ? null
        : {
            from: checked(readDay(away.from), "away.from"),
            until: checked(readDay(away.until), "away.until"),
          },
  };
}

const personOf = ({ login, id }: PersonRef): PersonRef => ({ login, id });

/** `spec-core-team` is called Spec Core Team. */
export const titleOfKey = (slug: string): string =>
  slug
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ")
    .trim();

const decisionOf = (decision: Config["decisions"][number]): DecisionRule => ({
  name: decision.name,
  match: decision.match ?? { labels: [], paths: [] },
  approval: needsOf(decision.approval),
  ...(decision.final_comment_period === undefined
    ? {}
    : { finalCommentPeriod: checked(readPeriod(decision.final_comment_period), "final_comment_period") }),
});

const needsOf = (approval: Config["decisions"][number]["approval"]): readonly Need[] =>
  Object.entries(approval).map(([team, measure]) => ({
    team,
    ...checked(readMeasure(measure), `the threshold of ${team}`),
  }));

function amendmentsOf(
  config: Config,
  teams: readonly Team[],
  guardians: string | null,
): Record<AmendmentKey, readonly AmendmentRoute[]> {
  const routes = defaultRoutes(
    teams.map(({ slug, members }) => ({ slug, size: members.length })),
    guardians,
  );
  for (const key of AMENDMENT_KEYS) {
    const said = config.amendments[key];
    if (said !== undefined) routes[key] = said.map(needsOf);
  }
  return routes;
}

/** proposal.scope: the usual one is left out, so that a config that says nothing of it has the fingerprint it always had. */
function scopeOf({ label, changed, all }: Config["proposals"]): Pick<Rules, "proposals"> {
  if (all) return { proposals: "all" };
  if (label === false) return { proposals: changed === "any" ? "changed" : "added" };
  return changed === "any" ? { proposals: "labelled" } : {};
}

/** form.check: in one order however the config has it, so that no list of the same differs from another. */
const formChecksOf = (form: NonNullable<Config["form"]>): readonly FormCheck[] =>
  form === "all" ? FORM_CHECK_KEYS : FORM_CHECK_KEYS.filter((key) => form.includes(key));

const formOf = (form: Config["form"]): Pick<Rules, "form"> =>
  form === undefined ? {} : { form: formChecksOf(form) };

/** label.state: a label that the config leaves out has no name. */
const leavableOf = ({ labels }: Config) =>
  byKey(LEAVABLE_LABELS, ({ key }) => (labels[key] === false ? null : labels[key]));

/** gate.begin: the labels of a gate are left out where there is none, so that such a config has the fingerprint it always had. */
function usualLabelsOf({
  labels,
  gates = [],
}: Config): Omit<Rules["labels"], keyof ReturnType<typeof leavableOf>> {
  const { needs_implementation, implementation_needs_checking, ...usual } = labels;
  const asked = gates.some(({ implementation }) => implementation !== undefined);
  return asked ? { ...usual, needs_implementation, implementation_needs_checking } : usual;
}

const names = (given: readonly string[]): readonly string[] => [
  ...new Set(given.map((name) => name.toLowerCase())),
];

function checked<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new Error(`${what} has not been checked`);
  return value;
}
