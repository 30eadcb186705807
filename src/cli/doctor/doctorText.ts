import { count, series } from "../../domain/messages/grammar.js";
import { type Instant, iso } from "../../domain/text/time.js";
import { type Paint, PLAIN } from "../terminal.js";
import type { DoctorFinding, FindingState, Section } from "./finding.js";

export interface Diagnosis {
  readonly at: Instant;
  /** Of this clerk. */
  readonly version: string;
  /** `the App msc-clerk`, `a reader`. */
  readonly by: string;
  readonly baseUrl: string;
  readonly sections: readonly Section[];
}

const WORDS: Readonly<Record<FindingState, string>> = {
  ok: "ok",
  warning: "warning",
  wrong: "WRONG",
  not_known: "not known",
};
const COLOUR_OF: Readonly<Record<FindingState, (paint: Paint) => (text: string) => string>> = {
  ok: ({ right }) => right,
  warning: ({ warning }) => warning,
  wrong: ({ wrong }) => wrong,
  not_known: ({ warning }) => warning,
};
const WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));
const MARGIN = " ".repeat(WIDTH + 4);

/** For a terminal. */
export const doctorText = (diagnosis: Diagnosis, paint: Paint = PLAIN): string =>
  [
    `msc-clerk ${diagnosis.version}, as ${diagnosis.by}, at ${diagnosis.baseUrl}, ${iso(diagnosis.at)}`,
    ...diagnosis.sections.flatMap(({ title, findings }) => [
      "",
      title,
      ...findings.flatMap((one) => lines(one, paint)),
    ]),
    "",
    verdict(diagnosis.sections),
  ].join("\n");

function lines({ state, what, why, fix }: DoctorFinding, paint: Paint): readonly string[] {
  const [first = "", ...rest] = what.split("\n");
  return [
    `  ${COLOUR_OF[state](paint)(WORDS[state].padEnd(WIDTH))}  ${first}`,
    ...rest.map((line) => `${MARGIN}${line}`),
    ...(why === null ? [] : [`${MARGIN}Why: ${why}`]),
    ...(fix === null ? [] : [`${MARGIN}Do:  ${fix}`]),
  ];
}

function verdict(sections: readonly Section[]): string {
  const found = (state: FindingState) =>
    sections.flatMap(({ findings }) => findings).filter((finding) => finding.state === state).length;
  const [bad, warned, unknown] = [found("wrong"), found("warning"), found("not_known")];
  if (bad + warned + unknown === 0) return "All is well.";
  const rest = [
    ...(warned === 0 ? [] : [`there ${warned === 1 ? "is" : "are"} ${count(warned, "warning")}`]),
    ...(unknown === 0 ? [] : [`${count(unknown, "thing")} ${unknown === 1 ? "is" : "are"} not known`]),
  ];
  const first = bad === 0 ? "Nothing is wrong" : `${count(bad, "thing")} ${bad === 1 ? "is" : "are"} wrong`;
  return `${series([first, ...rest])}.`;
}

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk doctor 1";

/** The same for programs: docs/commands.md has its fields. */
export const doctorJson = ({ at, version, by, baseUrl, sections }: Diagnosis): object => ({
  format: FORMAT,
  at: iso(at),
  version,
  by,
  gitHub: baseUrl,
  wrong: isWrong(sections),
  findings: sections.flatMap(({ repository, findings }) =>
    findings.map(({ code, state, what, why, fix }) => ({ code, state, repository, what, why, do: fix })),
  ),
});

export const isWrong = (sections: readonly Section[]): boolean =>
  sections.some(({ findings }) => findings.some(({ state }) => state === "wrong"));
