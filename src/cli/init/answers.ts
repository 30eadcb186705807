import type { Threshold } from "../../domain/model/rules.js";

/** What somebody has said of their body: what `configText` is written from. */
export interface Answers {
  /** What people call the team. */
  readonly name: string;
  readonly members: readonly AnsweredMember[];
  readonly threshold: AnsweredShare;
  /** null: there is none, and the threshold is of the whole team. */
  readonly quorum: AnsweredShare | null;
  /** As the config says it: `5 days`. */
  readonly period: string;
  readonly proposals: AnsweredScope;
  /** Is what was accepted written into a specification besides? */
  readonly specification: boolean;
  /** What members write after the `@`. */
  readonly mention: string;
  readonly merge: Merge;
}

export interface AnsweredMember {
  readonly login: string;
  /** null: GitHub was not asked, or did not answer. */
  readonly id: number | null;
}

export interface AnsweredShare {
  /** As the config says it: `75%`, `2/3`. */
  readonly text: string;
  readonly value: Threshold;
}

/** What makes a pull request a proposal. */
export type AnsweredScope =
  | { readonly by: "all" }
  | { readonly by: "label"; readonly label: string }
  | { readonly by: "added" | "changed"; readonly path: string };

export const MERGES = ["manual", "merge", "squash", "rebase"] as const;
export type Merge = (typeof MERGES)[number];

/** A key by which decisions can name a team of that name: `Ständige Kommission` is `standige-kommission`. */
export function keyOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words.join("-");
  const key = joined === "" ? "team" : /^[a-z]/.test(joined) ? joined : `team-${joined}`;
  const short = key.slice(0, LONGEST_KEY).replace(/-+$/, "");
  // A team of that key would be a second board (`guardians` in docs/configuration.md).
  return short === "guardians" ? "guardians-team" : short;
}

const LONGEST_KEY = 39;
