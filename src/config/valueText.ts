// One file: every sentence about a value of the wrong sort or form, side by side, so that all are worded alike.

import { FORM_CHECK_KEYS } from "../domain/model/form.js";
import { asItStands, type Given, inQuotes, LOOKED_AT, shown, wrongContainer, wrongSort } from "./given.js";
import {
  MAX_DECISIONS,
  MAX_DOMAINS,
  MAX_GATES,
  MAX_LABELS,
  MAX_MEMBERS,
  MAX_NAMES,
  MAX_RECORD_KEYS,
  MAX_ROUTES,
  MAX_STARS,
  MAX_TEAMS,
  MAX_WORDS,
} from "./limits.js";

/**
 * One text for each kind of value, made from what stands there. The shape names the kind (`shape.ts`), so that a value of
 * the wrong sort and a value of the wrong form get one voice.
 */
export const valueText = {
  version: (given: Given) =>
    given.sort === "missing"
      ? "is missing; write version: 1"
      : given.text === "1"
        ? "write 1 without quotes"
        : `${asItStands(given)} is no version the clerk knows; write version: 1`,
  login: (given: Given) => wrongLogin(given, "a login"),
  member: (given: Given) =>
    wrongLogin(given, "a login, or a mapping such as { login: ara4n, domains: [servers] }"),
  lead: (given: Given) =>
    wrongLogin(given, "a login, or a mapping such as { login: ara4n, confirmed: 2026-03-01 }"),
  account: (given: Given) =>
    wrongName(given, "name", "an account's name") ??
    `${inQuotes(given.text)} is no GitHub name: those have letters, digits and hyphens, at most 39`,
  id: (given: Given) => {
    if (given.sort === "text" && /^\d+$/.test(given.text)) {
      return `write the numeric id without quotes: ${shown(given.text)}`;
    }
    return (
      oddNumber(given) ??
      `${asItStands(given)} is no numeric GitHub id; it is a whole number, shown as "id" at users/LOGIN of GitHub’s API (https://api.github.com/users/LOGIN on github.com)`
    );
  },
  count: (given: Given) =>
    oddNumber(given) ?? `${asItStands(given)} is no number of members; write a whole number from 1 to 1000`,
  implementations: (given: Given) =>
    oddNumber(given) ??
    `${asItStands(given)} is no number of implementations; write a whole number from 1 to 10`,
  flag: (given: Given) => {
    const meant = /^(?:(yes|y|on|true)|no|n|off|false)$/i.exec(given.text);
    return meant === null
      ? `${asItStands(given)} is neither true nor false; write one of them, without quotes`
      : `${asItStands(given)} is text in YAML; write ${meant[1] === undefined ? "false" : "true"}, without quotes`;
  },
  date: (given: Given) => {
    const wrong = given.sort === "number" ? null : wrongSort(given, "a day such as 2026-03-01");
    return (
      wrong ?? `${inQuotes(given.text)} is no day of the calendar; write year-month-day, such as 2026-03-01`
    );
  },
  title: (given: Given) => wrongSort(given, "a title") ?? "write a title of 1 to 100 characters, on one line",
  name: (given: Given) =>
    wrongSort(given, "a name for this decision") ?? "write a name of 1 to 100 characters, on one line",
  address: (given: Given) =>
    wrongSort(given, "an address such as https://example.org/charter") ??
    `${inQuotes(given.text)} will not do as an address: write one that begins with https://, without spaces`,
  record_key: (given: Given) =>
    wrongSort(given, "the public half of a key") ??
    `${inQuotes(given.text)} is no public key: write what \`msc-clerk record-key\` prints, which begins with ed25519:`,
  prefix: (given: Given) =>
    wrongSort(given, "a word such as MSC") ??
    `${inQuotes(given.text)} will not do before a number: write a word of at most 19 letters and hyphens, perhaps with a space or a hyphen at its end`,
  repository: (given: Given) =>
    wrongSort(given, "a repository such as matrix-org/matrix-spec") ??
    `${inQuotes(given.text)} is no repository's name: write OWNER/NAME, such as matrix-org/matrix-spec`,
  word: (given: Given) =>
    wrongSort(given, "words such as Implements") ?? "write words of 1 to 100 characters, on one line",
  form: (given: Given) =>
    given.sort === "list"
      ? `is empty; name a check, or take the key out: ${FORM_CHECK_KEYS.join(", ")}`
      : wrongContainer(
          given,
          `all, or a list of checks, such as [${FORM_CHECK_KEYS.slice(0, 3).join(", ")}]`,
        ),
  domain: (given: Given) =>
    wrongSort(given, "a domain such as Servers") ?? "write a domain of 1 to 100 characters, on one line",
  label: (given: Given) =>
    wrongSort(given, "a label's name") ??
    `${inQuotes(given.text)} is no label name GitHub takes: 1 to 50 characters on one line, no space at either end`,
  own_label: (given: Given) =>
    given.text.includes(",")
      ? `${inQuotes(given.text)} has a comma; GitHub lists pull requests by labels with commas between their names, so that it would not find this one: take the comma out`
      : valueText.label(given),
  one_gate: () =>
    "a gate is just one of labels_absent, labels_present, review_threads, dependencies, form, checklist or implementation, with before beside it",
  no_gate_labels: () => "is empty; name the labels, or take the gate out",
  label_or_not: (given: Given) =>
    given.sort === "truth"
      ? `${shown(given.text)} stands here; write the label's name, or false to do without it`
      : valueText.own_label(given),
  glob: (given: Given) => {
    const wrong = wrongSort(given, "a path such as proposals/*.md");
    if (wrong !== null) return wrong;
    return `${inQuotes(given.text)} will not do as a path: paths start at the root of the repository without a slash, and know *, ** and ? only`;
  },
  file: (given: Given) =>
    wrongSort(given, "a file such as MSC_CHECKLIST.md") ??
    `${inQuotes(given.text)} will not do as a file: write its path from the root of the repository, such as MSC_CHECKLIST.md or docs/checklist.md`,
  slug: (given: Given) => wrongSort(given, "a team's name") ?? badSlug(given.text),
  threshold: (given: Given) => {
    if (given.sort === "number") return numberAsThreshold(given.text, given.teamSize);
    return (
      wrongSort(given, "a threshold such as 75% or 2/3") ?? badThreshold(given.text.trim(), given.teamSize)
    );
  },
  length: (given: Given) => {
    if (given.sort === "number" || (given.sort === "text" && /^\d+$/.test(given.text.trim()))) {
      return `${shown(given.text)} of what? Write ${shown(given.text)} days or ${shown(given.text)} hours`;
    }
    const wrong = wrongSort(given, "a length such as 5 days");
    if (wrong !== null) return wrong;
    if (/^\d+\s*m$/i.test(given.text.trim()))
      return `${inQuotes(given.text)}: write minutes out, as in 30 minutes`;
    return `${inQuotes(given.text)} is no length the clerk takes; write whole weeks, days, hours or minutes, such as 5 days, 5d, 120 hours or 1 week, from a minute to a year`;
  },
  period: (given: Given) =>
    given.sort === "text"
      ? valueText.length(given).replace("from a minute to a year", "from a minute to a year, or 0 days")
      : valueText.length(given),
  wait: (given: Given) =>
    valueText
      .length(given)
      .replace("5 days, 5d, 120 hours or 1 week, from a minute", "14 days or 2 weeks, from a day"),
  quorum_wanted: () =>
    "of: present needs a quorum beside it, the share of the whole team that must have voted, such as quorum: 75%",
  quorum_of_all: () =>
    "a quorum goes with of: present; of the whole team the threshold alone says how many have to vote",
  route: (given: Given) =>
    wrongContainer(given, "teams with their thresholds, such as { spec-core-team: 75% }"),
  routes: (given: Given) =>
    given.sort === "mapping"
      ? "one route stands here; write a list of routes: put - before it, or [ ] around it"
      : wrongContainer(given, "a list of routes, such as [{ spec-core-team: 75% }, { guardians: 75% }]"),
  no_routes: () => "an empty list would let nobody make this change; name a route, or take the key out",
  no_approval: () => "names no team; write at least one with its threshold, such as { spec-core-team: 75% }",
  no_decisions: () => "is empty; write at least one decision, the last without a match",
  approval: (given: Given) =>
    wrongContainer(given, "teams with their thresholds, such as { spec-core-team: 75% }"),
  many_teams: () => atMost("teams", MAX_TEAMS),
  many_members: () => atMost("members", MAX_MEMBERS),
  many_decisions: () => atMost("decisions", MAX_DECISIONS),
  many_labels: () => atMost("labels", MAX_LABELS),
  many_routes: () => atMost("routes", MAX_ROUTES),
  many_domains: () => atMost("domains", MAX_DOMAINS),
  many_names: () => atMost("names", MAX_NAMES),
  many_gates: () => atMost("gates", MAX_GATES),
  many_words: () => atMost("words", MAX_WORDS),
  many_record_keys: () => atMost("keys", MAX_RECORD_KEYS),
  many_stars: (given: Given) =>
    `${inQuotes(given.text)} has more than ${MAX_STARS} stars; a path has at most ${MAX_STARS}, each * counted`,
  mapping: (given: Given) => wrongContainer(given, "keys with values"),
  members: (given: Given) => {
    if (given.sort !== "text" || given.text.trim() === "")
      return wrongContainer(given, "a list of logins, such as [alice, { login: bob, id: 1234 }]");
    const team = gitHubTeam(given.text);
    if (team !== null) return team;
    const logins = given.text
      .trim()
      .split(/[\s,]+/)
      .map((login) => loginIn(login) ?? login);
    return `${shown(given.text)} is one value; write a list: [${shown(logins.join(", "))}]`;
  },
  list: (given: Given) =>
    (given.sort === "text" || given.sort === "number") && given.text.trim() !== ""
      ? `${shown(given.text)} is one value; write a list: [${shown(given.text)}]`
      : wrongContainer(given, "a list"),
  config: (given: Given) =>
    given.sort === "list"
      ? "the file is a list; it must be keys with values, beginning with version: 1"
      : `the file is only ${inQuotes(given.text)}, not keys with values; begin with version: 1`,
  teams: (given: Given) =>
    wrongContainer(given, "teams by name, such as spec-core-team: { members: [ara4n] }"),
  no_teams: () => "is empty; write at least one team",
} as const;

export type ValueKind = keyof typeof valueText;
export const isValueKind = (text: string): text is ValueKind => Object.hasOwn(valueText, text);

/** A whole number from 1 to 100 where a share is wanted: so many of the team, most likely, where it has as many. */
function onlyNumber(value: number, size: number | undefined): string {
  const only = `${value} is only a number`;
  if (size !== undefined && value <= size) {
    const share = (100 * value) / size;
    const percent = Number.isInteger(share) ? `, or ${share}%` : "";
    return `${only}, and a threshold is a share of the team, however large it is by then; for ${value} of the ${size} it has now write ${value}/${size}${percent}`;
  }
  return value < 20
    ? `${only}, and a threshold is a share of the team; write one such as 4/5 or 80%`
    : `${only}; write ${value}% if it is meant per cent`;
}

function numberAsThreshold(text: string, teamSize: number | undefined): string {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 100) return onlyNumber(value, teamSize);
  if (value > 0 && value < 1 && Number.isInteger(Math.round(value * 1e6) / 1e4))
    return `${shown(text)} is only a number; write ${Math.round(value * 100)}%`;
  return `${shown(text)} is no threshold; write one such as 75% or 2/3`;
}

/** What bodies write into their charters, and what it is here. */
function badThreshold(text: string, teamSize: number | undefined): string {
  const isNone = `${inQuotes(text)} is no threshold`;
  const count = /^(\d*\.?\d+)(?:\s*(?:votes?|members?|people|approvals?|yes))?$/i.exec(text)?.[1];
  if (count !== undefined) return numberAsThreshold(count, teamSize);
  const outOf = /^(\d{1,4})\s*(?:of|out of|von)\s*(\d{1,4})$/i.exec(text);
  if (outOf !== null) return `${isNone}; write ${outOf[1]}/${outOf[2]}`;
  const percent = /^(\d{1,3})\s*(?:percent|per cent|pct|p\.?c\.?)$/i.exec(text)?.[1];
  if (percent !== undefined) return `${isNone}; write ${percent}%`;
  if (/^(?:all|everyone|everybody|unanim\w+|consensus)$/i.test(text))
    return `${isNone}; write 100% if everybody has to say yes`;
  if (/majority$|^(?:>|more than|over)\s*(?:half|50\s*%|1\/2)$/i.test(text))
    return `${isNone}; write 51% for more than half, or another share such as 2/3`;
  if (/^\d+\.\d+\s*%$/.test(text))
    return `${inQuotes(text)} has a fraction of a per cent; write a whole one such as 75%, or a fraction such as 2/3`;
  const amount = /^(\d+)\s*(?:%|\/\s*(\d+))$/.exec(text);
  if (amount !== null) {
    const share = Number(amount[1]) / (amount[2] === undefined ? 100 : Number(amount[2]));
    if (share === 0) return `${inQuotes(text)} would let anything pass; a threshold is above 0`;
    if (share > 1) return `${inQuotes(text)} could never be reached; a threshold is at most 100%`;
  }
  return `${isNone}; write one such as 75% or 2/3`;
}

/** `acme/core-team`, as GitHub mentions its teams, or the address of the team's page. Null: it is none. */
export function gitHubTeam(text: string): string | null {
  const [, mention, owner, slug] =
    /^(?:@?([\w-]{1,39}\/[\w.-]{1,100})|https:\/\/[\w.-]+\/orgs\/([\w-]{1,39})\/teams\/([\w.-]{1,100})\/?)$/.exec(
      text.trim(),
    ) ?? [];
  const name = mention ?? (owner === undefined ? undefined : `${owner}/${slug}`);
  return name === undefined
    ? null
    : `${inQuotes(text)} is a team of GitHub, and this file names people one by one, so that whoever may vote is changed here and nowhere else; \`msc-clerk init --team ${name}\` writes its members`;
}

/** `@alice`, or the address of alice's page; null: neither. */
const loginIn = (text: string): string | null =>
  /^(?:@|https:\/\/[\w.-]+\/)([\w-]{1,39})\/?$/.exec(text.trim())?.[1] ?? null;

/** A number that machines and people may read differently, or that YAML reads as text (`1_000`, `0b11`). Null: it is none. */
function oddNumber({ sort, text }: Given): string | null {
  if (sort !== "number" && sort !== "text") return null;
  const value = Number(sort === "text" ? text.replace(/(?<=\d)(?:_(?=\d)|,(?=\d{3}(?:\D|$)))/g, "") : text);
  if (!Number.isSafeInteger(value) || value <= 0 || String(value) === text.trim()) return null;
  return `${shown(text)} is not written the way people read numbers; write it in plain digits: ${value}`;
}

/** What is wrong with a login, or with an account's name, whatever else it may be; null: nothing that both know of. */
function wrongName(given: Given, what: "login" | "name", wanted: string): string | null {
  if (given.sort === "number")
    return `${shown(given.text)} is a number; write it in quotes if the ${what} is made of digits`;
  const wrong = wrongSort(given, wanted);
  if (wrong !== null) return wrong;
  const alone = loginIn(given.text);
  return alone === null
    ? null
    : `write the ${what} alone, without ${given.text.startsWith("@") ? "the @" : "its address"}: ${alone}`;
}

function wrongLogin(given: Given, wanted: string): string {
  const { text } = given;
  const said = wrongName(given, "login", wanted) ?? gitHubTeam(text);
  if (said !== null) return said;
  return /\[bot\]$/i.test(text)
    ? `${inQuotes(text)} is a bot, and only people have a seat and a vote`
    : `${inQuotes(text)} is no GitHub login: those have letters, digits and hyphens, at most 39`;
}

const atMost = (what: string, limit: number): string => `too many ${what}: at most ${limit} are taken here`;

function badSlug(text: string): string {
  const near = text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return `${inQuotes(text)} will not do as a team's name: small letters, digits and hyphens, beginning with a letter${near === "" || near === text ? "" : `, such as ${shown(near)}`}`;
}
