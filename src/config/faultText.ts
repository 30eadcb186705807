// One file: every sentence that answers a faulty config, side by side, so that all are worded alike.

import { withUnseen } from "../domain/messages/escape.js";
import { FORM_CHECK_KEYS } from "../domain/model/form.js";
import { GATED_LABELS } from "../domain/model/labels.js";
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
import type { ConfigFault } from "./outcome.js";

/** What stands (or does not stand) where a value is wanted. */
export interface Given {
  readonly sort: "text" | "number" | "truth" | "nothing" | "list" | "mapping" | "missing";
  /** As written in the file; empty for lists, mappings and what is missing. */
  readonly text: string;
  /** What stands there as a comment, and may be meant as the value. */
  readonly comment?: string;
  /** Of a threshold: how many members the team has that it is about, where that can be read. */
  readonly teamSize?: number;
}

/** `line 12, column 7: teams.spec-core-team.members[3].login: 12345 is a number; …` */
export const faultLine = ({ line, column, path, message }: ConfigFault): string =>
  `line ${line}, column ${column}: ${path === "" ? "" : `${path}: `}${message}`;

/** `draft.yml:12:18: teams.core.members[3]: …`, as editors and CI know the place of a fault by it. `as`: what kind of finding it is, where it is no fault. */
export const faultIn = (file: string, { line, column, path, message }: ConfigFault, as = ""): string =>
  `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${as === "" ? "" : `${as}: `}${message}`;

/** A piece of the file, short and on one line. */
export const shown = (text: string): string => cut(text).trim();
const quoted = (text: string): string => `"${cut(text)}"`;

function cut(text: string): string {
  // A hundred faults can each show the same long text: only as much of it is read as could be shown.
  const line = withUnseen(text.slice(0, LOOKED_AT).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " "), codePoint);
  const characters = [...line];
  const whole = text.length <= LOOKED_AT && characters.length <= 60;
  return whole ? line : `${characters.slice(0, 60).join("")}…`;
}
const LOOKED_AT = 400;
const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

const meant = (near: string | null): string => (near === null ? "" : `; did you mean ${quoted(near)}?`);
const listed = (words: readonly string[]): string =>
  [
    ...words.slice(0, LISTED).map(shown),
    ...(words.length > LISTED ? [`${words.length - LISTED} more`] : []),
  ].join(", ");
const LISTED = 50;

/** As it stands, in quotes when nothing of it would be seen. */
const named = (given: Given): string =>
  given.sort === "list" || given.sort === "mapping" || given.sort === "missing" || given.sort === "nothing"
    ? `a ${given.sort === "missing" || given.sort === "nothing" ? "missing value" : given.sort}`
    : shown(given.text) || quoted(given.text);

/** The fault of a value that is not even of the right sort. `wanted` completes "write …": `a login`. Null: it is text. */
function wrongSort(given: Given, wanted: string): string | null {
  switch (given.sort) {
    case "text":
      return null;
    case "missing":
      return `is missing; write ${wanted}`;
    case "nothing":
      if (given.text === "" && given.comment !== undefined)
        return `is empty, as # begins a comment in YAML; if that is what is meant, put it in quotes: ${JSON.stringify(shown(given.comment))}; else write ${wanted}, or take the line out`;
      return given.text === ""
        ? `is empty; write ${wanted}, or take the line out`
        : `${shown(given.text)} is read as nothing at all; write ${wanted}, in quotes if it is spelt ${shown(given.text)}`;
    case "number":
      return `${shown(given.text)} is a number; write ${wanted}, in quotes if it is made of digits`;
    case "truth":
      return `${shown(given.text)} is read as true or false; write ${wanted}, in quotes if it is spelt ${shown(given.text)}`;
    case "list":
      return `a list stands here; write ${wanted}`;
    case "mapping":
      return `a mapping (keys with values) stands here; write ${wanted}`;
  }
}

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

/** `acme/core-team`: as GitHub mentions its teams. Null: it is none. */
function gitHubTeam(text: string): string | null {
  const name = /^@?([\w-]{1,39}\/[\w.-]{1,100})$/.exec(text)?.[1];
  return name === undefined
    ? null
    : `${quoted(text)} is a team of GitHub, and this file names people one by one, so that whoever may vote is changed here and nowhere else; \`msc-clerk init --team ${name}\` writes its members`;
}

/** A number that machines and people may read differently, or that YAML reads as text (`1_000`, `0b11`). Null: it is none. */
function oddNumber({ sort, text }: Given): string | null {
  if (sort !== "number" && sort !== "text") return null;
  const value = Number(sort === "text" ? text.replace(/(?<=\d)(?:_(?=\d)|,(?=\d{3}(?:\D|$)))/g, "") : text);
  if (!Number.isSafeInteger(value) || value <= 0 || String(value) === text.trim()) return null;
  return `${shown(text)} is not written the way people read numbers; write it in plain digits: ${value}`;
}

function wrongContainer(given: Given, wanted: string): string {
  switch (given.sort) {
    case "missing":
      return `is missing; write ${wanted}`;
    case "nothing":
      return `is empty; write ${wanted}, or take the key out`;
    case "list":
      return `a list stands here; write ${wanted}`;
    case "mapping":
      return `a mapping (keys with values) stands here; write ${wanted}`;
    default:
      return `${named(given)} stands here; write ${wanted}`;
  }
}

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
        : `${named(given)} is no version the clerk knows; write version: 1`,
  login: (given: Given) => {
    if (given.sort === "number") {
      return `${shown(given.text)} is a number; write it in quotes if the login is made of digits`;
    }
    const wrong = wrongSort(given, "a login");
    if (wrong !== null) return wrong;
    if (/^@[\w-]+$/.test(given.text)) return `write the login without the @: ${shown(given.text.slice(1))}`;
    const team = gitHubTeam(given.text);
    if (team !== null) return team;
    if (/\[bot\]$/i.test(given.text))
      return `${quoted(given.text)} is a bot, and only people have a seat and a vote`;
    return `${quoted(given.text)} is no GitHub login: those have letters, digits and hyphens, at most 39`;
  },
  account: (given: Given) => {
    if (given.sort === "number") {
      return `${shown(given.text)} is a number; write it in quotes if the name is made of digits`;
    }
    const wrong = wrongSort(given, "an account's name");
    if (wrong !== null) return wrong;
    if (/^@/.test(given.text)) return `write the name without the @: ${shown(given.text.slice(1))}`;
    return `${quoted(given.text)} is no GitHub name: those have letters, digits and hyphens, at most 39`;
  },
  member: (given: Given) => {
    if (given.sort === "number") {
      return `${shown(given.text)} is a number; write it in quotes if the login is made of digits`;
    }
    return (
      wrongSort(given, "a login, or a mapping such as { login: ara4n, domains: [servers] }") ??
      valueText.login(given)
    );
  },
  lead: (given: Given) => {
    if (given.sort === "number") {
      return `${shown(given.text)} is a number; write it in quotes if the login is made of digits`;
    }
    return (
      wrongSort(given, "a login, or a mapping such as { login: ara4n, confirmed: 2026-03-01 }") ??
      valueText.login(given)
    );
  },
  id: (given: Given) => {
    if (given.sort === "text" && /^\d+$/.test(given.text)) {
      return `write the numeric id without quotes: ${shown(given.text)}`;
    }
    return (
      oddNumber(given) ??
      `${named(given)} is no numeric GitHub id; it is a whole number, shown as "id" at https://api.github.com/users/LOGIN`
    );
  },
  count: (given: Given) =>
    oddNumber(given) ?? `${named(given)} is no number of members; write a whole number from 1 to 1000`,
  implementations: (given: Given) =>
    oddNumber(given) ?? `${named(given)} is no number of implementations; write a whole number from 1 to 10`,
  flag: (given: Given) => {
    const meant = /^(?:(yes|y|on|true)|no|n|off|false)$/i.exec(given.text);
    return meant === null
      ? `${named(given)} is neither true nor false; write one of them, without quotes`
      : `${named(given)} is text in YAML; write ${meant[1] === undefined ? "false" : "true"}, without quotes`;
  },
  date: (given: Given) => {
    const wrong = given.sort === "number" ? null : wrongSort(given, "a day such as 2026-03-01");
    return (
      wrong ?? `${quoted(given.text)} is no day of the calendar; write year-month-day, such as 2026-03-01`
    );
  },
  title: (given: Given) => wrongSort(given, "a title") ?? "write a title of 1 to 100 characters, on one line",
  name: (given: Given) =>
    wrongSort(given, "a name for this decision") ?? "write a name of 1 to 100 characters, on one line",
  address: (given: Given) =>
    wrongSort(given, "an address such as https://example.org/charter") ??
    `${quoted(given.text)} will not do as an address: write one that begins with https://, without spaces`,
  record_key: (given: Given) =>
    wrongSort(given, "the public half of a key") ??
    `${quoted(given.text)} is no public key: write what \`msc-clerk record-key\` prints, which begins with ed25519:`,
  prefix: (given: Given) =>
    wrongSort(given, "a word such as MSC") ??
    `${quoted(given.text)} will not do before a number: write a word of at most 19 letters and hyphens, perhaps with a space or a hyphen at its end`,
  repository: (given: Given) =>
    wrongSort(given, "a repository such as matrix-org/matrix-spec") ??
    `${quoted(given.text)} is no repository's name: write OWNER/NAME, such as matrix-org/matrix-spec`,
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
    `${quoted(given.text)} is no label name GitHub takes: 1 to 50 characters on one line, no space at either end`,
  own_label: (given: Given) =>
    given.text.includes(",")
      ? `${quoted(given.text)} has a comma; GitHub lists pull requests by labels with commas between their names, so that it would not find this one: take the comma out`
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
    return `${quoted(given.text)} will not do as a path: paths start at the root of the repository without a slash, and know *, ** and ? only`;
  },
  file: (given: Given) =>
    wrongSort(given, "a file such as MSC_CHECKLIST.md") ??
    `${quoted(given.text)} will not do as a file: write its path from the root of the repository, such as MSC_CHECKLIST.md or docs/checklist.md`,
  slug: (given: Given) => wrongSort(given, "a team's name") ?? badSlug(given.text),
  threshold: (given: Given) => {
    if (given.sort === "number") {
      const value = Number(given.text);
      if (Number.isInteger(value) && value > 0 && value <= 100) return onlyNumber(value, given.teamSize);
      if (value > 0 && value < 1 && Number.isInteger(Math.round(value * 1e6) / 1e4)) {
        return `${shown(given.text)} is only a number; write ${Math.round(value * 100)}%`;
      }
      return `${shown(given.text)} is no threshold; write one such as 75% or 2/3`;
    }
    const wrong = wrongSort(given, "a threshold such as 75% or 2/3");
    if (wrong !== null) return wrong;
    const text = given.text.trim();
    const outOf = /^(\d{1,4})\s*(?:of|out of|von)\s*(\d{1,4})$/i.exec(text);
    if (outOf !== null) return `${quoted(text)} is no threshold; write ${outOf[1]}/${outOf[2]}`;
    if (/^\D*majority$/i.test(text))
      return `${quoted(text)} is no threshold; write 51% for more than half, or another share such as 2/3`;
    const decimal = /^(\d+)\.(\d+)\s*%$/.exec(text);
    if (decimal !== null) {
      return `${quoted(text)} has a fraction of a per cent; write a whole one such as 75%, or a fraction such as 2/3`;
    }
    const amount = /^(\d+)\s*(?:%|\/\s*(\d+))$/.exec(text);
    if (amount !== null) {
      const share = Number(amount[1]) / (amount[2] === undefined ? 100 : Number(amount[2]));
      if (share === 0) return `${quoted(text)} would let anything pass; a threshold is above 0`;
      if (share > 1) return `${quoted(text)} could never be reached; a threshold is at most 100%`;
    }
    return `${quoted(text)} is no threshold; write one such as 75% or 2/3`;
  },
  length: (given: Given) => {
    if (given.sort === "number" || (given.sort === "text" && /^\d+$/.test(given.text.trim()))) {
      return `${shown(given.text)} of what? Write ${shown(given.text)} days or ${shown(given.text)} hours`;
    }
    const wrong = wrongSort(given, "a length such as 5 days");
    if (wrong !== null) return wrong;
    if (/^\d+\s*m$/i.test(given.text.trim()))
      return `${quoted(given.text)}: write minutes out, as in 30 minutes`;
    return `${quoted(given.text)} is no length the clerk takes; write whole weeks, days, hours or minutes, such as 5 days, 5d, 120 hours or 1 week, from a minute to a year`;
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
    `${quoted(given.text)} has more than ${MAX_STARS} stars; a path has at most ${MAX_STARS}, each * counted`,
  mapping: (given: Given) => wrongContainer(given, "keys with values"),
  members: (given: Given) => {
    if (given.sort !== "text" || given.text.trim() === "") return valueText.list(given);
    const team = gitHubTeam(given.text.trim());
    if (team !== null) return team;
    const logins = given.text.split(/[\s,]+/).map((login) => login.replace(/^@/, ""));
    return `${shown(given.text)} is one value; write a list: [${shown(logins.join(", "))}]`;
  },
  list: (given: Given) =>
    (given.sort === "text" || given.sort === "number") && given.text.trim() !== ""
      ? `${shown(given.text)} is one value; write a list: [${shown(given.text)}]`
      : wrongContainer(given, "a list"),
  config: (given: Given) =>
    given.sort === "list"
      ? "the file is a list; it must be keys with values, beginning with version: 1"
      : `the file is only ${quoted(given.text)}, not keys with values; begin with version: 1`,
  teams: (given: Given) =>
    wrongContainer(given, "teams by name, such as spec-core-team: { members: [ara4n] }"),
  no_teams: () => "is empty; write at least one team",
} as const;

export type ValueKind = keyof typeof valueText;
export const isValueKind = (text: string): text is ValueKind => Object.hasOwn(valueText, text);

const atMost = (what: string, limit: number): string => `too many ${what}: at most ${limit} are taken here`;

function badSlug(text: string): string {
  const near = text
    .slice(0, LOOKED_AT)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return `${quoted(text)} will not do as a team's name: small letters, digits and hyphens, beginning with a letter${near === "" || near === text ? "" : `, such as ${shown(near)}`}`;
}

/** A warning: what was meant as a name may go on behind its `#`. */
export const cutText = (text: string, comment: string): string =>
  `is read as ${quoted(text)}, as # begins a comment in YAML; if ${shown(comment)} belongs to it, put all of it in quotes: ${JSON.stringify(shown(`${text} ${comment}`))}`;

/** Everything else that can be wrong. */
export const faultText = {
  // YAML
  tooLarge: (bytes: number, limit: number) => `the file has ${bytes} bytes; more than ${limit} are not read`,
  tooMuch: (nodes: number, limit: number) =>
    `the file has ${nodes} keys, values, lists and mappings in all; more than ${limit} are not read`,
  emptyFile: () =>
    "the file is empty; it needs at least version, teams and decisions (see docs/configuration.md)",
  tab: () => "this line is indented with a tab; YAML wants spaces",
  tooDeep: (limit: number) => `nested more than ${limit} deep, which no config needs; is a bracket missing?`,
  reservedStart: (character: string) =>
    character === "@"
      ? "a value cannot begin with @ in YAML; write a login without it, and other text in quotes"
      : `a value cannot begin with ${character} in YAML; write it in quotes`,
  openQuote: (quote: string) =>
    `the ${quote} that stands here is not closed on this line; close it, or write the text without quotes`,
  textAfterQuote: (quote: string) =>
    `text follows the ${quote} that closes here; put the whole value into ${quote === "'" ? '"…"' : "'…'"}, where a ${quote} inside is plain text`,
  openBracket: (bracket: string) =>
    `the ${bracket} that stands here is not closed; write ${bracket === "[" ? "]" : "}"} behind its last item`,
  noColon: (line: string) =>
    `${quoted(line)} is no key with a value; write a colon and a space between them, as in version: 1`,
  indentation: () =>
    "this line is not indented as its neighbours are; give it as many spaces as those it belongs with",
  percentFirst: () =>
    "a value cannot begin with % in YAML; write the number first, as in 75%, and other text in quotes",
  colonInValue: () => "a value with a colon and a space in it must stand in quotes",
  notYaml: (reason: string) => `this is not YAML: ${shown(reason).replace(/[\s:]+$/, "")}`,
  severalDocuments: () =>
    "a second document begins here; the config is one document, so take the --- line out",
  alias: (name: string) =>
    /[.*/?]/.test(name)
      ? `a value that begins with * must stand in quotes: "*${shown(name)}"`
      : `*${shown(name)} repeats something written elsewhere; write it out here, so that whoever reviews this file sees what counts`,
  anchor: (name: string) =>
    `&${shown(name)} names this for use elsewhere, which this file does not allow; take it out`,
  mergeKey: () => "<< merges another mapping in, which this file does not allow; write its keys out here",
  unseen: (character: string) =>
    `${codePoint(character)} stands here and is not seen, so that this line reads otherwise than it counts; take it out`,
  tag: (tag: string) =>
    `the YAML tag ${shown(tag)} is not allowed here; write the plain value, in quotes if it is text`,
  duplicateKey: (key: string, line: number) =>
    `${quoted(key)} is given twice (first on line ${line}); keep one of them`,
  complexKey: (kind: "list" | "mapping") => `a ${kind} cannot be a key here; write a name`,
  keyNotText: (text: string) =>
    text === "" ? "a key is missing before the colon" : `${shown(text)} cannot be a key here: keys are names`,
  unusableKey: (key: string) => `${quoted(key)} cannot be a key`,
  tooMany: (more: number) => `and ${more} more faults`,

  // shape
  unknownKey: (key: string, near: string | null, known: readonly string[]) =>
    `${quoted(key)} is not known here${near === null ? `; known are ${listed(known)}` : meant(near)}`,
  notOneOf: (given: Given, values: readonly string[], near: string | null) => {
    const only = values.length === 1;
    const choice = only ? listed(values) : `one of ${listed(values)}`;
    if (given.sort === "text" || given.sort === "truth" || given.sort === "number")
      return `${given.sort === "text" ? quoted(given.text) : shown(given.text)} ${only ? `will not do here; write ${choice}` : `is not ${choice}${meant(near)}`}`;
    return wrongSort(given, choice) ?? "";
  },
  noKeys: (given: Given, known: readonly string[]) =>
    given.sort === "text" && /^[\w-]+:\S/.test(given.text)
      ? `${quoted(given.text)} lacks a space behind its colon; write ${shown(given.text.replace(":", ": "))}`
      : wrongContainer(given, known.length === 0 ? "keys with values" : `keys with values: ${listed(known)}`),
  other: (message: string) => shown(message),

  // cross-rules
  unknownTeam: (team: string, near: string | null, teams: readonly string[]) =>
    `there is no team ${quoted(team)}${near !== null ? meant(near) : teams.length === 0 ? "" : `; the teams are ${listed(teams)}`}`,
  memberTwice: (login: string, line: number) =>
    `${shown(login)} is on this team already (line ${line}); one member, one seat`,
  idTwice: (id: number, login: string, line: number) =>
    `id ${id} is on this team already, as ${shown(login)} (line ${line}); one member, one seat`,
  idOfAnother: (id: number, login: string, line: number) =>
    `id ${id} belongs to ${shown(login)} on line ${line}; one of the two is wrong`,
  otherId: (login: string, id: number, line: number) =>
    `${shown(login)} has the id ${id} on line ${line}; one of the two is wrong`,
  leadNotMember: (login: string, near: string | null) =>
    `${shown(login)} leads the team without being a member of it${near === null ? "; list them under members, or name another" : meant(near)}`,
  emptyTeam: (needed: string) =>
    `the team has no members, but ${shown(needed)} needs it, and nobody could ever pass that; add members or take the team out there`,
  matchMissing: (name: string) =>
    `${quoted(name)} has no match, so nothing after it can ever fit; give it labels or paths, or move it to the end`,
  lastHasMatch: (name: string) =>
    `${quoted(name)} comes last but has a match, so a proposal could fit no decision at all; add a last one without match`,
  tooManyGlobs: (globs: number, limit: number) =>
    `the file has ${globs} paths, those of decisions and proposal_paths together; at most ${limit} are taken`,
  decisionTwice: (name: string, line: number) => `a decision on line ${line} is called ${quoted(name)} too`,
  labelTwice: (name: string, key: string, line: number | null) =>
    `${quoted(name)} is the name of the label ${key} as well (${line === null ? "its default" : `line ${line}`}; GitHub does not tell capitals from small letters)`,
  gateTwice: (name: string, line: number) =>
    `${quoted(name)} is a gate on line ${line} already; keep one of them`,
  ownGateLabel: (name: string, key: string) =>
    GATED_LABELS.some((row) => row.key === key)
      ? `the gate implementation puts ${quoted(name)} on and takes it off (labels.${key}) and holds by itself; take the label out here`
      : `the clerk itself puts ${quoted(name)} on and takes it off (labels.${key}), so that it cannot hold anything; name another label`,
  lifeLabelTwice: (name: string, key: string) =>
    `${quoted(name)} is what ${key} is called, and the clerk puts that on and takes it off for another reason; name another label`,
  gateTakenOff: (name: string) =>
    `${quoted(name)} is taken off by the clerk when an author fills a placeholder (filled_placeholder), and no author opens a gate; take it out of one of them`,
  saidTwice: (path: string, line: number) => `${path} on line ${line} says this too; keep one of them`,
  noProposals: () =>
    "without a label and without paths nothing could be a proposal; name paths, or write all: true",
  specUnlabelled: (label: string) =>
    `the label ${label} is left out, by which it is told how far the specification has come; give it a name, or take this key out`,
  awayBackwards: () =>
    "ends before it begins; write the first day away under from, and the day of return under until",
  memberIsLegacyBot: (login: string, line: number) =>
    `${shown(login)} is a member (line ${line}); the account of an older bot cannot be one`,
  noGuardians: () =>
    "there is no second board to change; name its team under guardians, or take this key out",
};
