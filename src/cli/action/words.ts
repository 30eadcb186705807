import type { ConfigFault, ConfigOutcome } from "../../config/outcome.js";
import { escaped, shorten } from "../../domain/messages/escape.js";
import { count } from "../../domain/messages/grammar.js";
import { rulesText } from "../../domain/messages/rulesText.js";
import type { Hold, Phase } from "../../domain/model/decision.js";
import { CONFIG_FILE, type Rules } from "../../domain/model/rules.js";
import { annotation } from "./workflowCommands.js";

/** One pull request, as the run left it. */
export interface LookedAt {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly phase: Phase;
  /** What it waits for, or how it ended: one line that the clerk wrote. */
  readonly sentence: string;
  readonly holds: readonly Hold["code"][];
  /** What was written about it, a line each. */
  readonly written: readonly string[];
}

export interface RunReport {
  readonly owner: string;
  readonly name: string;
  readonly app: string;
  readonly event: string;
  readonly minutes: number;
  readonly dryRun: boolean;
  readonly config: ConfigOutcome;
  /** false: not everything could be read. */
  readonly reached: boolean;
  /** So many pull requests are not finished. */
  readonly left: number;
  readonly proposals: readonly LookedAt[];
  /** Warnings and errors of the log, each behind the word it is: `error …`. */
  readonly told: readonly string[];
}

/** Of each kind GitHub shows ten with a step. https://docs.github.com/en/actions/reference/limits */
const SHOWN = 10;
/** A step's summary may have a megabyte; nobody reads a fifth of that. */
const ROWS = 200;

/** Something has to be looked at: by who keeps the config, or who runs the clerk. */
export const runIsWrong = ({ config, told }: RunReport): boolean =>
  config.kind === "invalid" || config.kind === "unreadable" || told.some((line) => line.startsWith("error "));

export function runAnnotations(report: RunReport): readonly string[] {
  const { config, told } = report;
  const lines = told.map((line) => {
    const sentence = line.slice(line.indexOf(" ") + 1);
    return annotation(line.startsWith("error ") ? "error" : "warning", sentence);
  });
  return [
    ...(config.kind === "invalid" ? configAnnotations("error", config.faults) : []),
    ...leftSentences(report).map((sentence) => annotation("warning", sentence)),
    ...[...new Set(lines)].slice(0, 2 * SHOWN),
  ];
}

const configAnnotations = (kind: "error" | "warning", found: readonly ConfigFault[]): readonly string[] =>
  found
    .slice(0, SHOWN)
    .map(({ line, column, path, message }) =>
      annotation(kind, `${path === "" ? "" : `${path}: `}${message}`, { file: CONFIG_FILE, line, column }),
    );

/** What became of the config at the head of a pull request. */
export type ConfigAtHead =
  | { readonly kind: "absent" }
  | { readonly kind: "invalid"; readonly faults: readonly ConfigFault[] }
  | { readonly kind: "valid"; readonly rules: Rules; readonly warnings: readonly ConfigFault[] };

/** Where there is no config it was taken away, or the token cannot read it: either is to be seen. */
export function checkAnnotations(checked: ConfigAtHead): readonly string[] {
  switch (checked.kind) {
    case "absent":
      return [
        annotation("error", `There is no ${CONFIG_FILE} at this commit, or the token may not read it.`),
      ];
    case "invalid":
      return configAnnotations("error", checked.faults);
    case "valid":
      return configAnnotations("warning", checked.warnings);
  }
}

export function configSummary(checked: ConfigAtHead, at: string): string {
  const where = `\`${CONFIG_FILE}\` at ${escaped(at)}`;
  const decides =
    "This check decides nothing: what a change of the config needs is told by the clerk on the pull request itself.";
  switch (checked.kind) {
    case "absent":
      return [
        `## There is no ${where}`,
        "Without it the clerk does nothing. Or the token may not read it.",
        decides,
        "",
      ].join("\n\n");
    case "invalid":
      return [
        `## ${where} has ${count(checked.faults.length, "fault")}`,
        faultList(checked.faults),
        decides,
        "",
      ].join("\n\n");
    case "valid": {
      const { warnings } = checked;
      return [
        `## ${where} is right${warnings.length === 0 ? "" : `, with ${count(warnings.length, "warning")}`}`,
        ...(warnings.length === 0 ? [] : [faultList(warnings)]),
        "What it comes to:",
        // Indented by four more, each line is code, whatever stands in it.
        rulesText(checked.rules)
          .split("\n")
          .map((line) => `    ${line}`)
          .join("\n"),
        decides,
        "",
      ].join("\n\n");
    }
  }
}

/** What the run decided and wrote, for people. */
export function runSummary(report: RunReport): string {
  const { owner, name, app, event, config, proposals, dryRun } = report;
  const written = proposals.filter((one) => one.written.length > 0);
  const held = proposals.filter(({ holds }) => holds.some((code) => NEED_PEOPLE.includes(code)));
  const writes = written.reduce((sum, one) => sum + one.written.length, 0);
  const looked = `${count(proposals.length, "pull request")} looked at, ${count(writes, "thing")} written`;
  return [
    `## msc-clerk on ${escaped(`${owner}/${name}`)}`,
    `As ${escaped(`${app}[bot]`)}, for ${event === "" ? "nothing in particular" : `\`${event.replace(/[^\w-]/g, "")}\``}: ${looked}.`,
    ...(dryRun ? ["A dry run: what would be written stands in the log, and nothing was written."] : []),
    ...configText(config),
    ...(written.length > 0 ? [table("Written", written)] : []),
    ...(held.length > 0 ? [table("Held until people do something", held)] : []),
    ...leftSentences(report),
    "",
  ].join("\n\n");
}

/** What holds a proposal until members or whoever keeps the config do something. */
const NEED_PEOPLE: readonly Hold["code"][] = [
  "record_lost",
  "record_unkept",
  "lawful_lost",
  "unlawful_config",
];

/** None: everything was looked at. */
function leftSentences({ reached, left, minutes }: RunReport): readonly string[] {
  if (!reached)
    return [
      "Not everything could be read: GitHub did not answer, or asks to wait. The next run looks at it again; nothing is lost.",
    ];
  if (left === 0) return [];
  return [
    `Not finished within ${count(minutes, "minute")}, or GitHub asks to wait: ${count(left, "pull request")}. The next run goes on; nothing is lost.`,
  ];
}

function configText(config: ConfigOutcome): readonly string[] {
  switch (config.kind) {
    case "valid":
      return [];
    case "absent":
      return [`There is no \`${CONFIG_FILE}\` on the default branch, so nothing is done here.`];
    case "unreadable":
      return [`\`${CONFIG_FILE}\` cannot be read, so nothing is decided: ${escaped(config.why)}.`];
    case "invalid":
      return [
        `\`${CONFIG_FILE}\` has ${count(config.faults.length, "fault")}, so nothing is decided until it is right:`,
        faultList(config.faults),
      ];
  }
}

/** `- line 3, column 5 (teams): …` */
export const faultList = (faults: readonly ConfigFault[]): string =>
  faults
    .map(
      ({ line, column, path, message }) =>
        `- line ${line}, column ${column}${path === "" ? "" : ` (${escaped(path)})`}: ${escaped(message)}`,
    )
    .join("\n");

function table(heading: string, proposals: readonly LookedAt[]): string {
  const rows = proposals.slice(0, ROWS).map(({ number, title, url, sentence, written }) => {
    const cells = [
      `[#${number}](${url}) ${escaped(shorten(title, 80))}`,
      escaped(sentence),
      written.map(escaped).join("<br>"),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const rest = proposals.length - rows.length;
  return [
    `### ${heading}`,
    "",
    "| proposal | what it waits for | written |",
    "|---|---|---|",
    ...rows,
    ...(rest > 0 ? ["", `And ${rest} more.`] : []),
  ].join("\n");
}
