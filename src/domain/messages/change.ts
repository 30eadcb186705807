import type { Change } from "../model/change.js";
import type { Gate } from "../model/gates.js";
import {
  type Measure,
  type ProposalScope,
  type Rules,
  type Threshold,
  thresholdText,
} from "../model/rules.js";
import { cutFrom } from "../text/cut.js";
import { escaped, quote } from "./escape.js";
import { gateWords } from "./gates.js";
import { duration, series } from "./grammar.js";
import { link } from "./links.js";
import { measureText, shareOf } from "./measure.js";

/** What a change does, in plain words: Markdown, every name escaped. */
export function changeSentence(change: Change): string {
  const team = "team" in change ? escaped(change.team) : "";
  switch (change.kind) {
    case "add_member":
      return `add **${escaped(change.member.login)}**${change.member.id === null ? "" : ` (id ${change.member.id})`} to ${team}${(change.details ?? []).map((one) => `, ${one.what}: ${quote(one.after, 120)}`).join("")}`;
    case "remove_member":
      return `remove **${escaped(change.member.login)}** from ${team}`;
    case "rename":
      return `${escaped(change.from)} (id ${change.id}) of ${team} is now called **${escaped(change.to)}**`;
    case "identify":
      return `write down the id of ${escaped(change.login)} of ${team}: ${change.id}`;
    case "lead":
      return [
        `make **${escaped(change.to.login)}** the lead of ${team}`,
        ...(change.from === null ? [] : [`in place of ${escaped(change.from.login)}`]),
        ...(change.date === undefined ? [] : [`confirmed as of ${escaped(change.date)}`]),
      ].join(", ");
    case "remove_lead":
      return `${escaped(change.from.login)} is no longer the lead of ${team}`;
    case "confirm_lead":
      return `${team} gives ${escaped(change.lead.login)} its confidence as lead, as of ${escaped(change.date)}`;
    case "details":
      return `${change.what} of ${escaped(change.member.login)} in ${team}: ${change.after === "" ? "nothing" : quote(change.after, 120)}`;
    case "rules":
      return rulesSentence(change);
  }
}

function rulesSentence({ path, before, after }: Extract<Change, { kind: "rules" }>): string {
  const name = `**${escaped(keyText(path))}**`;
  const [was, is] = [valueText(path, JSON.parse(before)), valueText(path, JSON.parse(after))];
  if (was === null) return `add ${name}: ${quote(is ?? "", VALUE_LIMIT)}`;
  if (is === null) return `remove ${name}, which was ${quote(was, VALUE_LIMIT)}`;
  const [from, to] = fromWhereTheyDiffer(was, is);
  return `change ${name} from ${quote(from, VALUE_LIMIT)} to ${quote(to, VALUE_LIMIT)}`;
}

/** As the config calls it. */
const keyText = (path: string): string =>
  path.replace(/[a-z][A-Z]/g, (both) => `${both.charAt(0)}_${both.charAt(1).toLowerCase()}`);

const VALUE_LIMIT = 200;

/** Two long values that begin alike would both be cut off before the place where they differ. */
function fromWhereTheyDiffer(a: string, b: string): readonly [string, string] {
  if (Math.max(a.length, b.length) <= VALUE_LIMIT) return [a, b];
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same += 1;
  const from = Math.max(0, same - 40);
  return from === 0 ? [a, b] : [`…${cutFrom(a, from)}`, `…${cutFrom(b, from)}`];
}

/** A value as people write it: thresholds, routes and lengths in their own way, the rest as JSON; null: there is none. */
function valueText(path: string, value: unknown): string | null {
  if (path === "proposals") return SCOPE_WORDS.get(value) ?? USUAL_SCOPE;
  if (path === "gates" && Array.isArray(value))
    return value.map((gate: Gate) => `${gateWords(gate)} (before: ${gate.before})`).join("; ");
  if (path === "reminders" && typeof value === "object" && value !== null && "digest" in value) {
    const { digest, ...others } = value;
    return valueText("", digest === true ? { digest: "weekly", ...others } : others);
  }
  if (value === null || value === undefined) return /^labels\./.test(path) ? "none" : null;
  if (typeof value === "string") return value;
  if (typeof value === "number")
    return /(^|\.)(?:finalCommentPeriod|mentionAfter)$/.test(path) ? duration(value) : String(value);
  if (isThreshold(value)) return thresholdText(value);
  if (isMeasure(value) && "of" in value && value.of === "present") return measureText(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    if (value.every((each) => typeof each === "string")) return value.join(", ");
    const routes = value.map(routeText);
    if (routes.every((each) => each !== null)) return routes.join(", or ");
  }
  if (typeof value === "object" && !Array.isArray(value)) {
    const fields = Object.entries(value).map(
      ([key, each]) => `${keyText(key)}: ${valueText(key, each) ?? "none"}`,
    );
    return fields.join("; ");
  }
  return JSON.stringify(value);
}

/** proposal.scope, as an amendment tells it. */
const USUAL_SCOPE = "what carries the proposal label, asked for where a text is added";
const SCOPE_WORDS: ReadonlyMap<unknown, string> = new Map<ProposalScope, string>([
  ["labelled", "what carries the proposal label, asked for where a text is added or changed"],
  ["added", "what adds a text at the proposal paths, without a label"],
  ["changed", "what adds or changes a text at the proposal paths, without a label"],
  ["all", "every pull request"],
]);

function routeText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const needs = value.map((need: unknown) =>
    typeof need === "object" && need !== null && "team" in need && isMeasure(need)
      ? shareOf(need, String(need.team))
      : null,
  );
  return needs.every((need) => need !== null) ? series(needs) : null;
}

const isThreshold = (value: unknown): value is Threshold =>
  typeof value === "object" && value !== null && "numerator" in value && "denominator" in value;

const isMeasure = (value: unknown): value is Measure =>
  typeof value === "object" && value !== null && "threshold" in value && isThreshold(value.threshold);

/** Which rule of the process judges it, and the text it follows, where the config names one. */
export function ruleOf(change: Change, { guardians, constitution }: Rules): string {
  const rule = ruleNames(change, guardians);
  return constitution === undefined || change.key === "details"
    ? rule
    : `${rule} (${link(escaped(constitution.name), constitution.url)})`;
}

function ruleNames(change: Change, guardians: string | null): string {
  const second = "team" in change && change.team === guardians;
  const appointing = guardians === null ? "" : ", amend.appoint";
  switch (change.key) {
    case "add_member":
      return `amend.add${appointing}`;
    case "remove_member":
      return `amend.remove${appointing}`;
    case "lead":
    case "remove_lead":
      return "amend.lead";
    case "confirm_lead":
      return "amend.lead-confidence";
    case "add_guardian":
    case "remove_guardian":
      return "amend.guardian";
    case "details":
      return second ? "amend.identity, amend.guardian" : "amend.identity";
    case "rules":
      return "amend.rules";
  }
}
