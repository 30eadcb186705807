import { GATED_LABELS } from "../domain/model/labels.js";
import { codePoint, type Given, inQuotes, listed, meant, shown, wrongContainer, wrongSort } from "./given.js";
import type { ConfigFault } from "./outcome.js";

/** `line 12, column 7: teams.spec-core-team.members[3].login: 12345 is a number; …` */
export const faultLine = ({ line, column, path, message }: ConfigFault): string =>
  `line ${line}, column ${column}: ${path === "" ? "" : `${path}: `}${message}`;

/** `draft.yml:12:18: teams.core.members[3]: …`, as editors and CI know the place of a fault by it. `as`: what kind of finding it is, where it is no fault. */
export const faultIn = (file: string, { line, column, path, message }: ConfigFault, as = ""): string =>
  `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${as === "" ? "" : `${as}: `}${message}`;

/** A warning: what was meant as a name may go on behind its `#`. */
export const cutText = (text: string, comment: string): string =>
  `is read as ${inQuotes(text)}, as # begins a comment in YAML; if ${shown(comment)} belongs to it, put all of it in quotes: ${JSON.stringify(shown(`${text} ${comment}`))}`;

/** Everything else that can be wrong. */
export const faultText = {
  // YAML
  tooLarge: (bytes: number, limit: number) => `the file has ${bytes} bytes; more than ${limit} are not read`,
  tooMuch: (nodes: number, limit: number) =>
    `the file has ${nodes} keys, values, lists and mappings in all; more than ${limit} are not read`,
  emptyFile: () =>
    "the file is empty; it needs at least version, teams and decisions (see docs/configuration.md)",
  notUtf8: () =>
    "what stands here is not text in UTF-8, so that a letter would be lost; save the file as UTF-8",
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
    `${inQuotes(line)} is no key with a value; write a colon and a space between them, as in version: 1`,
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
    `${inQuotes(key)} is given twice (first on line ${line}); keep one of them`,
  complexKey: (kind: "list" | "mapping") => `a ${kind} cannot be a key here; write a name`,
  keyNotText: (text: string) =>
    text === "" ? "a key is missing before the colon" : `${shown(text)} cannot be a key here: keys are names`,
  unusableKey: (key: string) => `${inQuotes(key)} cannot be a key`,
  tooMany: (more: number) => `and ${more} more faults`,

  // shape
  unknownKey: (key: string, near: string | null, known: readonly string[]) =>
    `${inQuotes(key)} is not known here${near === null ? `; known are ${listed(known)}` : meant(near)}`,
  notOneOf: (given: Given, values: readonly string[], near: string | null) => {
    const only = values.length === 1;
    const choice = only ? listed(values) : `one of ${listed(values)}`;
    if (given.sort === "text" || given.sort === "truth" || given.sort === "number")
      return `${given.sort === "text" ? inQuotes(given.text) : shown(given.text)} ${only ? `will not do here; write ${choice}` : `is not ${choice}${meant(near)}`}`;
    return wrongSort(given, choice) ?? "";
  },
  noKeys: (given: Given, known: readonly string[]) =>
    given.sort === "text" && /^[\w-]+:\S/.test(given.text)
      ? `${inQuotes(given.text)} lacks a space behind its colon; write ${shown(given.text.replace(":", ": "))}`
      : wrongContainer(given, known.length === 0 ? "keys with values" : `keys with values: ${listed(known)}`),
  other: (message: string) => shown(message),

  // cross-rules
  unknownTeam: (team: string, near: string | null, teams: readonly string[]) =>
    `there is no team ${inQuotes(team)}${near !== null ? meant(near) : teams.length === 0 ? "" : `; the teams are ${listed(teams)}`}`,
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
    `${inQuotes(name)} has no match, so nothing after it can ever fit; give it labels or paths, or move it to the end`,
  lastHasMatch: (name: string) =>
    `${inQuotes(name)} comes last but has a match, so a proposal could fit no decision at all; add a last one without match`,
  tooManyGlobs: (globs: number, limit: number) =>
    `the file has ${globs} paths, those of decisions and proposal_paths together; at most ${limit} are taken`,
  decisionTwice: (name: string, line: number) => `a decision on line ${line} is called ${inQuotes(name)} too`,
  labelTwice: (name: string, key: string, line: number | null) =>
    `${inQuotes(name)} is the name of the label ${key} as well (${line === null ? "its default" : `line ${line}`}; GitHub does not tell capitals from small letters)`,
  gateTwice: (name: string, line: number) =>
    `${inQuotes(name)} is a gate on line ${line} already; keep one of them`,
  ownGateLabel: (name: string, key: string) =>
    GATED_LABELS.some((row) => row.key === key)
      ? `the gate implementation puts ${inQuotes(name)} on and takes it off (labels.${key}) and holds by itself; take the label out here`
      : `the clerk itself puts ${inQuotes(name)} on and takes it off (labels.${key}), so that it cannot hold anything; name another label`,
  lifeLabelTwice: (name: string, key: string) =>
    `${inQuotes(name)} is what ${key} is called, and the clerk puts that on and takes it off for another reason; name another label`,
  gateTakenOff: (name: string) =>
    `${inQuotes(name)} is taken off by the clerk when an author fills a placeholder (filled_placeholder), and no author opens a gate; take it out of one of them`,
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
