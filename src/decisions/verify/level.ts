/** What is asked of a record, one thing at a time: there is never one yes for all of it. */
export const LEVELS = {
  signed: "Signed",
  counted: "Counted again",
  roster: "By the roster and the rules of the config",
  sources: "Each source seen on GitHub",
  lawful: "The rules were lawful",
  register: "Listed in the register of decisions",
  word: "What rests on the clerk's word",
  numbers: "Numbers without a gap",
  chain: "Each record holds the hash of the one before",
  signatures: "Each record is signed",
  lines: "The lines of the register are those of the records",
  checkpoint: "The checkpoint is signed, and at the newest record",
  kept: "The checkpoint you have kept",
} as const;
export type LevelName = keyof typeof LEVELS;

/** From the best to the worst. */
const OUTCOMES = ["proven", "on the clerk's word", "missing", "contradicted"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface LevelFinding {
  readonly outcome: Outcome;
  /** A plain sentence. */
  readonly text: string;
}

export interface Level {
  readonly level: LevelName;
  /** That of its worst finding. */
  readonly outcome: Outcome;
  /** The worst first; one that came to something else than the level says so. */
  readonly findings: readonly string[];
}

const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

export const worst = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce((so, one) => (rank(one) > rank(so) ? one : so), "proven");

export const proven = (text: string): LevelFinding => ({ outcome: "proven", text });
export const onItsWord = (text: string): LevelFinding => ({ outcome: "on the clerk's word", text });
export const missing = (text: string): LevelFinding => ({ outcome: "missing", text });
export const contradicted = (text: string): LevelFinding => ({ outcome: "contradicted", text });

export function levelOf(level: LevelName, findings: readonly LevelFinding[]): Level {
  const outcome = worst(findings.map((one) => one.outcome));
  return {
    level,
    outcome,
    findings: [...findings]
      .sort((a, b) => rank(b.outcome) - rank(a.outcome))
      .map((one) => (one.outcome === outcome ? one.text : `(${one.outcome}) ${one.text}`)),
  };
}

/** 0: all is proven, as far as it does not rest on the clerk's word; 3: evidence is missing; 4: something is contradicted. */
export function exitCodeOf(levels: readonly Level[]): 0 | 3 | 4 {
  const outcome = worst(levels.map((level) => level.outcome));
  switch (outcome) {
    case "proven":
    case "on the clerk's word":
      return 0;
    case "missing":
      return 3;
    case "contradicted":
      return 4;
  }
}
