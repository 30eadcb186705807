import type { Outline, OutlinedGate, WhoseTurn } from "../model/outline.js";
import { DAY, type Instant, readable } from "../text/time.js";
import { escaped, plain, quote, shorten } from "./escape.js";
import { fitting } from "./fitting.js";
import { concernNames, count, endsOn, sentenceCase, series, theTeam } from "./grammar.js";
import { link } from "./links.js";
import { named } from "./people.js";

/** Days without a sign of life after which a proposal without a motion counts as stalled. */
export const STALLED_AFTER = 14 * DAY;
/** Of the 65,536 characters that GitHub takes for an issue. */
const ISSUE_LIMIT = 60_000;
const NAMES = 20;
export const DIGEST_TITLE = "What waits for whom";
const GATES = 5;

/** What the digest is made of. */
export interface DigestFacts {
  /** When it was due. */
  readonly due: Instant;
  readonly outlines: readonly Outline[];
  /** Numbers of open pull requests that could not be read. */
  readonly unread: readonly number[];
  /** There are more open pull requests than are listed. */
  readonly more: boolean;
}

const DUE = /^<!-- due (\d{4}-\d{2}-\d{2}) -->/;
const dueLine = (due: Instant): string => `<!-- due ${new Date(due).toISOString().slice(0, 10)} -->`;

/** Is this text of the digest that of an earlier week than the one that was due then? */
export function isStale(body: string, due: Instant): boolean {
  const stands = DUE.exec(body.trimStart())?.[1];
  return stands === undefined || stands < new Date(due).toISOString().slice(0, 10);
}

/** remind.digest: one issue, brought up to date in place. It names people and mentions nobody. */
export function digestIssue(
  { due, outlines, unread, more }: DigestFacts,
  now: Instant,
): { readonly title: string; readonly body: string } {
  const listed = listedIn(outlines, now);
  const write = (most: number) => () =>
    [
      `${dueLine(due)}\nAs of ${readable(now)}. This issue is brought up to date on Mondays; it mentions nobody.`,
      ...SECTIONS.flatMap(({ heading, holds }) => section(heading, listed.filter(holds), now, most)),
      ...(listed.length === 0 ? ["Nothing waits for anybody."] : []),
      ...(unread.length === 0
        ? []
        : [
            `${count(unread.length, "open pull request")} could not be read: ${few(unread.map(String), NAMES)}.`,
          ]),
      ...(more ? ["There are more open pull requests than the clerk lists."] : []),
    ].join("\n\n");
  return {
    title: DIGEST_TITLE,
    body: fitting([Number.POSITIVE_INFINITY, 100, 40, 15, 5].map(write), ISSUE_LIMIT),
  };
}

/** The same in one sentence, for a room that is told of it. */
export function digestSentence({ outlines }: Pick<DigestFacts, "outlines">, now: Instant): string {
  const listed = listedIn(outlines, now);
  const number = (...kinds: readonly Outline["waits"]["kind"][]) =>
    listed.filter(({ waits }) => kinds.includes(waits.kind)).length;
  const [motions, periods, accepted, stalled] = [
    number("votes"),
    number("fcp"),
    number("merge"),
    number("quiet"),
  ];
  const told = [
    ...(motions === 0 ? [] : [count(motions, "motion")]),
    ...(periods === 0 ? [] : [count(periods, "Final Comment Period")]),
    ...(accepted === 0 ? [] : [`${accepted} accepted and not merged`]),
    ...(stalled === 0 ? [] : [`${stalled} stalled`]),
  ];
  return told.length === 0 ? "Nothing waits for anybody." : `${series(told)}.`;
}

const listedIn = (outlines: readonly Outline[], now: Instant): readonly Outline[] =>
  outlines
    .filter(({ waits, since }) => waits.kind !== "quiet" || now - since >= STALLED_AFTER)
    .sort((a, b) => a.since - b.since || a.number - b.number);

const quietTurn =
  (turn: WhoseTurn) =>
  ({ waits }: Outline): boolean =>
    waits.kind === "quiet" && waits.turn === turn;

const SECTIONS: readonly { readonly heading: string; readonly holds: (outline: Outline) => boolean }[] = [
  { heading: "Motions", holds: ({ waits }) => waits.kind === "votes" },
  { heading: "Final Comment Periods", holds: ({ waits }) => waits.kind === "fcp" },
  { heading: "Accepted, not merged", holds: ({ waits }) => waits.kind === "merge" },
  { heading: "Stalled: the team’s turn", holds: quietTurn("team") },
  { heading: "Stalled: the author’s turn", holds: quietTurn("author") },
  { heading: "Stalled: nobody’s turn", holds: quietTurn("nobody") },
];

function section(
  heading: string,
  outlines: readonly Outline[],
  now: Instant,
  most: number,
): readonly string[] {
  if (outlines.length === 0) return [];
  const lines = outlines.slice(0, most).map((outline) => `- ${outlineLine(outline, now)}`);
  const left = outlines.length - lines.length;
  return [`### ${heading}`, [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join("\n")];
}

/** One proposal: its number as a link, its title, what it waits for and how long. */
export function outlineLine(outline: Outline, now: Instant): string {
  const { number, url, title } = outline;
  return `${link(`${number}`, url)} ${quote(title, 80)}: ${sentences(outline, now).join(" ")}`;
}

function sentences(outline: Outline, now: Instant): readonly string[] {
  const { waits, since } = outline;
  switch (waits.kind) {
    case "votes": {
      const teams = waits.teams.map(({ title, lacks, missing }) => {
        const names = missing.map(({ member, away }) => `${named(member)}${away ? " (away)" : ""}`);
        const team = sentenceCase(escaped(theTeam(title)));
        const what = lacks > 0 ? `lacks ${count(lacks, "vote")}` : "has not approved";
        return `${team} ${what}; ${names.length === 0 ? "everybody has voted" : `nothing yet by ${few(names, NAMES)}`}.`;
      });
      return [
        `to **${waits.disposition}**, ${age(since, now)}.`,
        ...teams,
        ...(waits.held ? ["It is held."] : []),
        ...inTheWay(outline),
      ];
    }
    case "fcp":
      return [
        `to **${waits.disposition}**, ${endsOn(waits.endsAt, now)} ${readable(waits.endsAt)}.`,
        ...inTheWay(outline),
      ];
    case "merge":
      return [`${age(since, now)}, moved by ${named(waits.mover)}.`, ...inTheWay(outline)];
    case "quiet":
      return [`quiet ${age(since, now)}. ${quietWords(outline, waits.why)}`];
  }
}

function quietWords(outline: Outline, why: Extract<Outline["waits"], { kind: "quiet" }>["why"]): string {
  const author = outline.author === null ? "its author" : named(outline.author);
  switch (why) {
    case "draft":
      return `A draft by ${author}.`;
    case "concerns":
      return `${author} has ${concernsOf(outline)} to answer.`;
    case "gates":
      return `It waits for ${gateWords(outline.gates)}; its author is ${author}.`;
    case "dependencies":
      return `It waits for ${gateWords(outline.gates)}.`;
    case "motion":
      return "Nobody has proposed a decision yet.";
    case "amendment":
      return "An amendment that lacks votes.";
  }
}

const inTheWay = (outline: Outline): readonly string[] => [
  ...(outline.concerns.length === 0 ? [] : [`Open: ${concernsOf(outline)}.`]),
  ...(outline.gates.length === 0 ? [] : [`It waits for ${gateWords(outline.gates)}.`]),
];

function concernsOf({ concerns }: Outline): string {
  const raisers = [...new Set(concerns.map(({ by }) => named(by)))];
  return `${concernNames(concerns.map(({ number }) => number))} by ${few(raisers, NAMES)}`;
}

const gateWords = (gates: readonly OutlinedGate[]): string =>
  few(
    gates.map(({ words }) => escaped(shorten(plain(words), 200))),
    GATES,
  );

const few = (all: readonly string[], most: number): string =>
  series(all.length > most ? [...all.slice(0, most), `${all.length - most} more`] : all);

function age(since: Instant, now: Instant): string {
  const days = Math.floor((now - since) / DAY);
  return days < 1 ? "since today" : `for ${count(days, "day")}`;
}
