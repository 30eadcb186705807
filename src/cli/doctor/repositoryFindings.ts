import { faultIn } from "../../config/faultText.js";
import type { ConfigFault, ConfigOutcome, ValidConfig } from "../../config/outcome.js";
import { checkConfig } from "../../config/warnings.js";
import type { OwnIssue } from "../../domain/duties/duties.js";
import { dormantNews, isNearMiss, validNews } from "../../domain/messages/configNews.js";
import { plain, shorten } from "../../domain/messages/escape.js";
import { count, series } from "../../domain/messages/grammar.js";
import { LABELS, LIFE_LABELS } from "../../domain/model/labels.js";
import { CONFIG_FILE, type Rules } from "../../domain/model/rules.js";
import type { RepositorySettings } from "../../github/read/checkup.js";
import type { ReadResult } from "../../github/readResult.js";
import { type DoctorFinding, ok, type Unread, unread, warning, wrong } from "./finding.js";

/** One repository: what the clerk finds there, and what it can do. */

export interface RepositoryAsked {
  readonly repository: RepositorySettings;
  readonly config: ConfigOutcome;
  /** What lies in the folder of the config, where there is none; null: it was not asked for, or could not be read. */
  readonly besideConfig: readonly string[] | null;
  readonly labels: ReadResult<{ labels: readonly string[] }>;
  /** The clerk's own; null: a reader does not know which they are. */
  readonly issues: ReadResult<{ issues: readonly OwnIssue[] }> | null;
  /** The specification's repository that the config names, whether the App is on it; null: none is named, or a reader cannot know. */
  readonly specification: {
    readonly name: string;
    /** `leadsTo`: what answers to the name by now, `OWNER/NAME`. */
    readonly installed: ReadResult<{ readonly leadsTo: string }>;
  } | null;
}

export function repositoryFindings(asked: RepositoryAsked): readonly DoctorFinding[] {
  const { repository, config } = asked;
  if (repository.archived)
    return [
      warning(
        "archived",
        "The repository is archived.",
        "Nothing can be written there: the clerk leaves it alone.",
        `If that is not meant, unarchive it on ${repository.url}/settings.`,
      ),
    ];
  return [
    configFinding(asked),
    ...(config.kind === "valid" ? surpriseFindings(config, repository) : []),
    ...(repository.hasIssues ? [] : [issuesOff(repository)]),
    ...(config.kind === "valid" ? labelFindings(asked, config.rules) : []),
    ...(asked.specification === null ? [] : [specificationFinding(asked.specification, repository)]),
    ...(config.kind === "valid" && asked.issues !== null ? issueFindings(asked.issues, repository) : []),
  ];
}

/** GitHub shows nothing of it. `name`: as it was asked for. */
export function unseenFinding(name: string, read: Unread): DoctorFinding {
  const why = "Nothing of it can be looked at.";
  return read.kind === "unreadable"
    ? unread("repository", name, read, why)
    : wrong(
        "repository",
        `GitHub shows no repository ${name}.`,
        why,
        "See that the name is right. GitHub hides a private one from whoever may not read it, as if it were not there.",
      );
}

const FAULTS_SHOWN = 20;

function configFinding({ repository, config, besideConfig }: RepositoryAsked): DoctorFinding {
  switch (config.kind) {
    case "valid":
      return ok("config", validNews(config.rules));
    case "absent": {
      const what = dormantNews(besideConfig);
      const fix = `Put a file of that name on ${plain(repository.defaultBranch)}; docs/examples has some to begin with, and \`msc-clerk check FILE\` tells whether it is right.`;
      return besideConfig?.some(isNearMiss) === true
        ? wrong("config", what, "Somebody meant it to be the config, and the clerk does nothing.", fix)
        : warning("config", what, "The clerk does nothing in this repository.", fix);
    }
    case "invalid": {
      const told = config.faults.slice(0, FAULTS_SHOWN).map(inConfig);
      const more = config.faults.length - told.length;
      return wrong(
        "config",
        [
          `The config is invalid: ${count(config.faults.length, "fault")}.`,
          ...told,
          ...(more > 0 ? [`and ${more} more.`] : []),
        ].join("\n"),
        "Nothing is decided until it is right; every check says so.",
        "Correct it by a pull request; the checks turn by themselves after the merge.",
      );
    }
    case "unreadable":
      return unread(
        "config",
        "The config",
        { ...config, kind: "unreadable" },
        "Until it can be, nothing is decided.",
      );
  }
}

/** What `check` warns of in a config that is right. */
function surpriseFindings(
  { text }: Pick<ValidConfig, "text">,
  { defaultBranch }: RepositorySettings,
): readonly DoctorFinding[] {
  const checked = checkConfig(text);
  if (!checked.ok || checked.warnings.length === 0) return [];
  const { warnings } = checked;
  const told = warnings.slice(0, FAULTS_SHOWN).map(inConfig);
  const more = warnings.length - told.length;
  return [
    warning(
      "config_surprises",
      [
        `${count(warnings.length, "thing")} in the config may surprise:`,
        ...told,
        ...(more > 0 ? [`and ${more} more.`] : []),
      ].join("\n"),
      "It counts as it stands, and may not be what was meant.",
      `Where it is not, change it by a pull request to ${plain(defaultBranch)}, which is voted on; \`msc-clerk check FILE\` tells whether it is gone.`,
    ),
  ];
}

const inConfig = ({ path, message, ...place }: ConfigFault): string =>
  plain(faultIn(CONFIG_FILE, { ...place, path: shorten(path, 100), message: shorten(message, 300) }));

const issuesOff = ({ url }: RepositorySettings): DoctorFinding =>
  warning(
    "issues_off",
    "Issues are switched off.",
    "What is due cannot be reported in one (an absence, the lead's confidence, a config that nobody approved), there is no register of decisions, and GitHub lets the App make no labels.",
    `Switch them on under “Features” on ${url}/settings, or make the labels by hand and look at the checks of open amendments.`,
  );

function labelFindings({ repository, labels }: RepositoryAsked, rules: Rules): readonly DoctorFinding[] {
  if (labels.kind !== "read")
    return [unread("labels", "The labels", labels, "A label that is not there tells nobody anything.")];
  const present = new Set(labels.labels.map((name) => name.toLowerCase()));
  const wanted = [
    ...LABELS.flatMap(({ key }) => rules.labels[key] ?? []),
    ...LIFE_LABELS.flatMap(({ key }) => rules[key] ?? []),
  ];
  const lacking = wanted.filter((name) => !present.has(name.toLowerCase()));
  if (lacking.length === 0)
    return [ok("labels", `All ${wanted.length} labels that the clerk uses are there.`)];
  return [
    warning(
      "labels",
      `${count(lacking.length, "label")} of ${wanted.length} that the clerk uses ${lacking.length === 1 ? "is" : "are"} not there: ${series(lacking.map(plain))}.`,
      "Who filters by them finds nothing, and what is said by a label cannot be said.",
      repository.hasIssues
        ? "The clerk makes them when it starts, and when the config changes. If it runs, see in its log why it could not."
        : `Make them by hand on ${repository.url}/labels: where Issues are off, GitHub refuses to let an App make any.`,
    ),
  ];
}

/** spec.linked: what keeps the clerk from looking where the config says that proposals are written into the specification. */
function specificationFinding(
  { name, installed }: NonNullable<RepositoryAsked["specification"]>,
  { owner, name: own }: RepositorySettings,
): DoctorFinding {
  const why = "The labels that tell how far the specification has come are left to people.";
  if (!name.toLowerCase().startsWith(`${owner.toLowerCase()}/`))
    return warning(
      "specification",
      `The repository of the specification, ${plain(name)}, has another owner than the proposals.`,
      why,
      "Name one of the same owner under spec_repository, or take the key out.",
    );
  if (installed.kind === "unreadable")
    return unread("specification", "The repository of the specification", installed, why);
  if (installed.kind === "gone")
    return warning(
      "specification",
      `The App is not installed on ${plain(name)}, the repository of the specification.`,
      why,
      "Install the App on it too, or take spec_repository out of the config.",
    );
  // Renamed, or handed on: GitHub still leads there by the old name.
  const leadsTo = installed.leadsTo.toLowerCase();
  if (!leadsTo.startsWith(`${owner.toLowerCase()}/`) || leadsTo === `${owner}/${own}`.toLowerCase())
    return warning(
      "specification",
      `The repository of the specification, ${plain(name)}, is ${plain(installed.leadsTo)} by now, ${leadsTo.startsWith(`${owner.toLowerCase()}/`) ? "where the proposals are" : "which has another owner than the proposals"}.`,
      why,
      "Name the present one under spec_repository, or take the key out.",
    );
  return ok("specification", `The App is installed on ${plain(name)}, the repository of the specification.`);
}

/** One duty is reported in one issue. */
function issueFindings(
  read: ReadResult<{ issues: readonly OwnIssue[] }>,
  { url, hasIssues }: RepositorySettings,
): readonly DoctorFinding[] {
  if (!hasIssues) return [];
  if (read.kind !== "read")
    return [unread("duty_issues", "The clerk's own issues", read, "One duty should have one issue.")];
  const open = new Map<string, number[]>();
  for (const { key, number } of read.issues.filter((issue) => issue.open))
    open.set(key, [...(open.get(key) ?? []), number]);
  const twice = [...open].filter(([, numbers]) => numbers.length > 1);
  if (twice.length === 0)
    return [ok("duty_issues", `No duty has more than one open issue (${open.size} open).`)];
  return [
    warning(
      "duty_issues",
      `Several open issues report the same: ${twice.map(([key, numbers]) => `${plain(key)} (${series(numbers.map((number) => `#${number}`))})`).join("; ")}.`,
      "Only one of each is kept up to date; the others mislead.",
      `Close all but one of each on ${url}/issues.`,
    ),
  ];
}
