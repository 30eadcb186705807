import { parseConfig } from "../../config/parse.js";
import { titleOfKey } from "../../config/rulesOf.js";
import { readThreshold } from "../../config/threshold.js";
import { neededYes } from "../../domain/decide/tally.js";
import { series } from "../../domain/messages/grammar.js";
import { LABEL_NAMES } from "../../domain/model/labels.js";
import {
  type AnsweredScope,
  type AnsweredShare,
  type Answers,
  keyOf,
  MERGES,
  type Merge,
} from "./answers.js";
import { configText } from "./configText.js";
import type { LookUp } from "./lookUp.js";

/** What has been answered so far; of the rest something that could stand there. */
export type SoFar = Answers;

export type ReadAnswer =
  | { readonly kind: "answer"; readonly part: Partial<Answers> }
  /** Goes into a sentence, and has no full stop. */
  | { readonly kind: "wrong"; readonly why: string };

/** One question, its option on the command line, and how an answer is read. */
export interface Question {
  readonly option: QuestionOption;
  /** What stands behind the option. */
  readonly value: string;
  readonly asks: (soFar: SoFar) => string;
  /** null: nobody can guess it. */
  readonly suggestion: (soFar: SoFar, given: GivenAnswers) => string | null;
  readonly read: (text: string, soFar: SoFar, lookUp: LookUp) => Promise<ReadAnswer> | ReadAnswer;
}

export const QUESTION_OPTIONS = [
  ...(["name", "members", "threshold", "quorum", "period"] as const),
  ...(["proposals", "specification", "mention", "merge"] as const),
] as const;
export type QuestionOption = (typeof QUESTION_OPTIONS)[number];

/** What was said on the command line, by option. */
export type GivenAnswers = ReadonlyMap<QuestionOption, string>;

/** Stands for what nobody has said yet, so that each answer can be held against the config's own rules as soon as it is given. */
export const NOTHING_SAID: SoFar = {
  name: "Team",
  members: [{ login: "somebody", id: null }],
  threshold: { text: "75%", value: { numerator: 3, denominator: 4 } },
  quorum: null,
  period: "5 days",
  proposals: { by: "all" },
  specification: false,
  mention: "mscbot",
  merge: "manual",
};

/** GitHub lets an App's name have so many letters. */
const LONGEST_APP = 34;

export const QUESTIONS: readonly Question[] = [
  {
    option: "name",
    value: "NAME",
    asks: () => "What do people call the team that decides?",
    suggestion: (_, given) => {
      const [, , team] = TEAM.exec(given.get("members") ?? "") ?? [];
      return team === undefined ? null : titleOfKey(team.toLowerCase().replace(/_/g, "-"));
    },
    read: (name) => answer({ name }),
  },
  {
    option: "members",
    value: "a,b,c",
    asks: () => "Who votes? Their logins on GitHub with commas between, or a team of GitHub’s as ORG/TEAM.",
    suggestion: () => null,
    read: async (text, _, lookUp) => {
      const [, organisation, team] = TEAM.exec(text) ?? [];
      const found =
        organisation !== undefined && team !== undefined
          ? await lookUp.team(organisation, team)
          : await lookUp.people(loginsIn(text));
      return found.kind === "people" ? answer({ members: found.members }) : found;
    },
  },
  {
    option: "threshold",
    value: "SHARE",
    asks: ({ members }) => {
      const size = members.length;
      const examples = ["1/2", "2/3", "75%", "100%"].map((text) => `${text} is ${neededOfText(text, size)}`);
      return `Which share of the team has to say yes to a proposal? Of ${size} members ${series(examples)}.`;
    },
    suggestion: () => "75%",
    read: (text) => {
      const threshold = shareIn(text);
      return threshold === null ? wrongShare(text) : answer({ threshold });
    },
  },
  {
    option: "quorum",
    value: "SHARE|none",
    asks: ({ members, threshold }) =>
      `Is there a quorum, a share of the team that has to vote? With one, ${threshold.text} is of those who do not abstain; without, of all ${members.length}, and whoever abstains counts like a no.`,
    suggestion: () => "none",
    read: (text) => {
      if (text === "none" || text === "no") return answer({ quorum: null });
      const quorum = shareIn(text);
      return quorum === null ? wrongShare(text, ", or none") : answer({ quorum });
    },
  },
  {
    option: "period",
    value: "LENGTH",
    asks: () =>
      "How long is the Final Comment Period, from the last vote needed until it is decided? Such as 5 days, 2 weeks or 36 hours.",
    suggestion: () => "5 days",
    read: (text) => answer({ period: text.replace(/\s+/g, " ") }),
  },
  {
    option: "proposals",
    value: "WHAT",
    asks: () =>
      [
        "What is a proposal?",
        "  all                    every pull request",
        "  label:proposal         what carries that label",
        "  added:proposals/*.md   what adds a file there",
        "  changed:spec/**        what adds, changes or removes one there",
      ].join("\n"),
    suggestion: () => "all",
    read: (text) => {
      const proposals = scopeIn(text);
      return proposals === null
        ? wrong(`“${text}” says none of these: all, label:NAME, added:PATH or changed:PATH`)
        : answer({ proposals });
    },
  },
  {
    option: "specification",
    value: "yes|no",
    asks: () =>
      "When an accepted proposal has been merged, is it still to be written into a specification? Labels tell how far that has come.",
    suggestion: () => "no",
    read: (text) => {
      if (!/^(?:yes|y|no|n)$/i.test(text)) return wrong(`“${text}” is neither yes nor no`);
      return answer({ specification: /^y/i.test(text) });
    },
  },
  {
    option: "mention",
    value: "APP",
    asks: () =>
      "What is the App called? Members write its name after an @: “@NAME reviewed”. On GitHub no other App may have it.",
    suggestion: ({ name }) =>
      `${keyOf(name)
        .slice(0, LONGEST_APP - "-clerk".length)
        .replace(/-+$/, "")}-clerk`,
    read: (text) => {
      const name = text.replace(/^@/, "").toLowerCase();
      return name.length > LONGEST_APP || !/^[a-z0-9-]+$/.test(name)
        ? wrong(`“${text}” cannot be the name of an App: letters, digits and hyphens, ${LONGEST_APP} at most`)
        : answer({ mention: name });
    },
  },
  {
    option: "merge",
    value: MERGES.join("|"),
    asks: () =>
      "Who merges what is accepted? People (manual), or the clerk, by one of merge, squash and rebase, for which the App needs one permission more.",
    suggestion: () => "manual",
    read: (text) => {
      const merge = MERGES.find((one): one is Merge => one === text.toLowerCase());
      return merge === undefined ? wrong(`“${text}” is none of ${series(MERGES, "or")}`) : answer({ merge });
    },
  },
];

/** What the config says against an answer, with what was answered before it; null: nothing. */
export function faultOf(answers: Answers): string | null {
  const parsed = parseConfig(configText(answers));
  if (parsed.ok) return null;
  const [fault] = parsed.faults;
  return fault === undefined ? "it makes no valid config" : fault.message;
}

const answer = (part: Partial<Answers>): ReadAnswer => ({ kind: "answer", part });
const wrong = (why: string): ReadAnswer => ({ kind: "wrong", why });
const wrongShare = (text: string, besides = ""): ReadAnswer =>
  wrong(
    /^\d+$/.test(text)
      ? `${text} is only a number: write ${text}% if it is meant per cent, or a fraction such as 4/5${besides}`
      : `“${text}” is no share: write it as 75% or 2/3${besides}`,
  );

function shareIn(said: string): AnsweredShare | null {
  const text = said.replace(/\s+/g, "");
  const value = readThreshold(text);
  return value === null ? null : { text, value };
}

function neededOfText(text: string, size: number): number {
  const value = readThreshold(text);
  return value === null ? size : neededYes(size, value);
}

const TEAM = /^@?([A-Za-z0-9-]+)\/([A-Za-z0-9_-]+)$/;

/** Is a team of GitHub's named, `ORG/TEAM`, in place of its people? */
export const isTeam = (text: string): boolean => TEAM.test(text.trim());

/** Each once, as they were typed. */
function loginsIn(text: string): readonly string[] {
  const all = text
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^@/, ""))
    .filter((word) => word !== "");
  return all.filter((one, at) => all.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === at);
}

function scopeIn(text: string): AnsweredScope | null {
  if (text === "all") return { by: "all" };
  if (text === "label") return { by: "label", label: LABEL_NAMES.proposal };
  const [, by, what = ""] = /^(label|added|changed):\s*(.+)$/su.exec(text) ?? [];
  if (by === "label") return { by, label: what.trim() };
  return by === "added" || by === "changed" ? { by, path: what.trim() } : null;
}
