import type { Answers } from "./answers.js";
import type { LookUp } from "./lookUp.js";
import {
  faultOf,
  type GivenAnswers,
  isTeam,
  NOTHING_SAID,
  QUESTIONS,
  type Question,
  type ReadAnswer,
} from "./questions.js";

/** Whoever sits before the terminal. */
export interface Questioner {
  /** null: they have had enough. */
  readonly ask: (question: string, suggestion: string | null) => Promise<string | null>;
  readonly tell: (text: string) => unknown;
}

export type AskedFor =
  | { readonly kind: "answers"; readonly answers: Answers }
  /** Called wrongly. */
  | { readonly kind: "misuse"; readonly why: string }
  | { readonly kind: "ended" };

/**
 * Goes through the questions: what the command line says is not asked. Without a terminal everything has to be said there.
 * @param suggested whatever is not said is as suggested
 */
export async function askFor(
  given: GivenAnswers,
  asker: Questioner | null,
  suggested: boolean,
  lookUp: LookUp,
): Promise<AskedFor> {
  const missing = asker === null ? unsaid(given, suggested) : [];
  if (missing.length > 0) return { kind: "misuse", why: missingText(missing) };
  let soFar = NOTHING_SAID;
  for (const question of QUESTIONS) {
    const said = given.get(question.option) ?? null;
    const answered = await one(question, said, soFar, { given, asker, suggested, lookUp });
    if (answered.kind !== "answer") return answered;
    soFar = { ...soFar, ...answered.part };
  }
  return { kind: "answers", answers: soFar };
}

interface Around {
  readonly given: GivenAnswers;
  readonly asker: Questioner | null;
  readonly suggested: boolean;
  readonly lookUp: LookUp;
}

async function one(
  question: Question,
  said: string | null,
  soFar: Answers,
  { given, asker, suggested, lookUp }: Around,
): Promise<Extract<ReadAnswer, { kind: "answer" }> | Exclude<AskedFor, { kind: "answers" }>> {
  const suggestion = question.suggestion(soFar, given);
  if (said !== null || suggested || asker === null) {
    const text = said ?? suggestion;
    if (text !== null) {
      const read = await checked(question, text, soFar, lookUp);
      const option = question.option === "members" && isTeam(text) ? "team" : question.option;
      return read.kind === "answer" ? read : { kind: "misuse", why: `--${option}: ${read.why}.` };
    }
    if (asker === null) return { kind: "misuse", why: missingText([question]) };
  }
  for (;;) {
    const text = await asker.ask(question.asks(soFar), suggestion);
    if (text === null) return { kind: "ended" };
    const read = await checked(question, text.trim() === "" ? (suggestion ?? "") : text, soFar, lookUp);
    if (read.kind === "answer") return read;
    asker.tell(`${read.why.charAt(0).toUpperCase()}${read.why.slice(1)}.`);
  }
}

/** By the question's own reading, and by the config's rules. */
async function checked(
  question: Question,
  said: string,
  soFar: Answers,
  lookUp: LookUp,
): Promise<ReadAnswer> {
  const text = said.trim();
  if (text === "") return { kind: "wrong", why: "an answer is needed" };
  const read = await question.read(text, soFar, lookUp);
  if (read.kind === "wrong") return read;
  const fault = faultOf({ ...soFar, ...read.part });
  return fault === null ? read : { kind: "wrong", why: fault };
}

const unsaid = (given: GivenAnswers, suggested: boolean): readonly Question[] =>
  QUESTIONS.filter(
    (question) =>
      !given.has(question.option) && !(suggested && question.suggestion(NOTHING_SAID, given) !== null),
  );

function missingText(missing: readonly Question[]): string {
  const lines = missing.map((question) => {
    const suggestion = question.suggestion(NOTHING_SAID, new Map());
    const besides = question.option === "members" ? ", or --team ORG/TEAM" : "";
    const usual = suggestion === null || question.option === "mention" ? "" : ` (suggested: ${suggestion})`;
    return `  --${question.option} ${question.value}${besides}${usual}`;
  });
  return [
    "init asks on a terminal, and this is none. Say as well:",
    ...lines,
    "or take what is suggested, where anything is, with --suggested.",
  ].join("\n");
}
