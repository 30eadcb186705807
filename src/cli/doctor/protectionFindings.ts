import { plain } from "../../domain/messages/escape.js";
import { series, withFullStop } from "../../domain/messages/grammar.js";
import type {
  AppFacts,
  ProtectionFacts,
  RepositorySettings,
  RequiredCheckFacts,
  RulesFacts,
} from "../../github/read/checkup.js";
import type { ReadResult } from "../../github/readResult.js";
import { type DoctorFinding, notKnown, ok, unread, warning, wrong } from "./finding.js";

/** Does the default branch wait for the clerk, and who can go round it? */

/** The check run that a merge has to wait for. */
const CHECK = "msc-clerk";

export interface ProtectionAsked {
  readonly repository: RepositorySettings;
  /** null: it is not known which App is the clerk, as a reader asks. */
  readonly app: AppFacts | null;
  readonly rules: ReadResult<{ rules: RulesFacts }>;
  readonly protection: ReadResult<{ protection: ProtectionFacts }>;
}

export const protectionFindings = (asked: ProtectionAsked): readonly DoctorFinding[] => [
  requiredFinding(asked),
  ...bypassFindings(asked),
  ...queueFindings(asked),
];

const WHY_REQUIRED =
  "Where it is not required, whoever may merge can merge a proposal that nobody has decided, and a change of the roster that nobody has approved.";

interface Place {
  readonly by: "ruleset" | "protection";
  readonly check: RequiredCheckFacts;
}

function placesOf({ rules, protection }: ProtectionAsked): readonly Place[] {
  const isOurs = ({ name }: RequiredCheckFacts) => name === CHECK;
  return [
    ...(rules.kind === "read" ? rules.rules.checks : [])
      .filter(isOurs)
      .map((check) => ({ by: "ruleset", check }) as const),
    ...(protection.kind === "read" ? protection.protection.checks : [])
      .filter(isOurs)
      .map((check) => ({ by: "protection", check }) as const),
  ];
}

function requiredFinding(asked: ProtectionAsked): DoctorFinding {
  const { repository, app, rules, protection } = asked;
  const branch = plain(repository.defaultBranch);
  const page = `${repository.url}/settings/rules`;
  const pages = `${page} (rulesets) or ${repository.url}/settings/branches (branch protection)`;
  const places = placesOf(asked);
  const ours = places.filter(({ check }) => app !== null && check.appId === app.id);
  if (ours.length > 0)
    return ok(
      "required_check",
      `${branch} waits for the check ${CHECK} of this App (${series(ours.map(({ by }) => WORDS[by]))}).`,
    );
  const [first] = places;
  if (first === undefined) {
    const unreadable = [rules, protection].find(({ kind }) => kind !== "read");
    if (unreadable !== undefined && unreadable.kind !== "read")
      return notKnown(
        "required_check",
        withFullStop(`Whether ${branch} waits for the check ${CHECK} is not known: ${plain(unreadable.why)}`),
        WHY_REQUIRED,
        `Look yourself: ${pages}. ${CHECK} has to be among the required checks, with this App as its source.`,
      );
    return wrong(
      "required_check",
      `Nothing makes ${branch} wait for the check ${CHECK}.`,
      WHY_REQUIRED,
      `On ${page} make a ruleset for ${branch} that requires a pull request with a review and the status check ${CHECK}, with this App as its source.`,
    );
  }
  const where = WORDS[first.by];
  if (first.check.appId === null)
    return wrong(
      "required_check_source",
      `${branch} waits for the check ${CHECK} (${where}), but takes it from anybody.`,
      `Whoever may run a workflow or write a status named ${CHECK} turns it green, without any vote.`,
      `Choose this App as the expected source of ${CHECK} on ${pages}.`,
    );
  return app === null
    ? notKnown(
        "required_check",
        `${branch} waits for the check ${CHECK} of the App with the number ${first.check.appId} (${where}). A reader cannot tell whether that is the clerk.`,
        "If it is another App, what this clerk posts does not count there.",
        `Compare it with the number on the App's settings page, or ask again as the App.`,
      )
    : wrong(
        "required_check_source",
        `${branch} waits for the check ${CHECK} of another App (number ${first.check.appId}; this one has ${app.id}).`,
        "What this clerk posts does not count there: nothing can be merged, or another program decides.",
        `Choose this App as the expected source of ${CHECK} on ${pages}.`,
      );
}

const WORDS = { ruleset: "by a ruleset", protection: "by branch protection" } as const;

/** GitHub shows who may go round a ruleset to those alone who may change it; of the older protection it tells of administrators. */
function bypassFindings(asked: ProtectionAsked): readonly DoctorFinding[] {
  const { repository, rules, protection } = asked;
  const places = placesOf(asked);
  const findings: DoctorFinding[] = [];
  const onlyProtection = places.length > 0 && places.every(({ by }) => by === "protection");
  if (protection.kind === "read" && onlyProtection)
    findings.push(
      protection.protection.bindsAdmins
        ? ok("bypass_admins", "Administrators are bound by branch protection too.")
        : warning(
            "bypass_admins",
            "Administrators can merge without the check, as branch protection does not bind them.",
            "What they merge past it nobody has decided; the record of what had been decided stays.",
            `Switch on “Do not allow bypassing the above settings” on ${repository.url}/settings/branches.`,
          ),
    );
  if (rules.kind === "read" && places.some(({ by }) => by === "ruleset")) {
    const web = new URL(repository.url).origin;
    const links = rules.rules.rulesets.map(({ id, ofRepository }) =>
      ofRepository
        ? `${repository.url}/settings/rules/${id}`
        : `${web}/organizations/${repository.owner}/settings/rules/${id}`,
    );
    findings.push(
      notKnown(
        "bypass_rulesets",
        "Who can go round the ruleset is not known: GitHub shows it to nobody who may not change it, and the App may not.",
        "Whoever is on its bypass list can merge what nobody has decided.",
        `Look yourself that the bypass list is empty: ${links.length === 0 ? `${repository.url}/settings/rules` : series(links)}.`,
      ),
    );
  }
  return findings;
}

function queueFindings({ rules, app, repository }: ProtectionAsked): readonly DoctorFinding[] {
  if (rules.kind !== "read") {
    const what = `The rulesets of ${plain(repository.defaultBranch)}`;
    return [
      unread("merge_queue", what, rules, "A merge queue that the clerk does not hear of waits in vain."),
    ];
  }
  if (!rules.rules.mergeQueue) return [];
  if (app === null) return [ok("merge_queue", "A ruleset requires a merge queue.")];
  const lacking = [
    ...(app.permissions.has("merge_queues") ? [] : ["the permission merge_queues: read"]),
    ...(app.events.includes("merge_group") ? [] : ["the event merge_group"]),
  ];
  return [
    lacking.length === 0
      ? ok("merge_queue", "A ruleset requires a merge queue, and the clerk hears of it.")
      : wrong(
          "merge_queue",
          `A ruleset requires a merge queue, and the App lacks ${series(lacking)}.`,
          "Its entries wait for the check in vain until GitHub throws them out, after an hour by default: nothing can be merged.",
          `Set ${lacking.length === 1 ? "it" : "both"} on ${app.settings}/permissions, and accept that on the installation.`,
        ),
  ];
}
