import { dump } from "js-yaml";
import { readLength } from "../../config/calendar.js";
import { titleOfKey } from "../../config/rulesOf.js";
import { neededOf, neededYes } from "../../domain/decide/tally.js";
import { count } from "../../domain/messages/grammar.js";
import { memberInYaml } from "../../domain/messages/memberInYaml.js";
import { LABEL_NAMES } from "../../domain/model/labels.js";
import { DAY } from "../../domain/text/time.js";
import { GITHUB_COM } from "../../platform/gitHubAddress.js";
import { type AnsweredMember, type AnsweredScope, type Answers, keyOf } from "./answers.js";

const DOCS = "https://github.com/matrix-org/msc-clerk/blob/main/docs";
const SCHEMA = "https://raw.githubusercontent.com/matrix-org/msc-clerk/main/docs/msc-clerk.schema.json";

/**
 * The config that says what was answered and nothing else: a key whose default says the same is left out. Comments explain each key where it stands; of
 * what people typed nothing stands in them but logins and paths.
 * @param api of the GitHub that was asked: on another one the same login may be somebody else's
 */
export function configText(answers: Answers, api = GITHUB_COM): string {
  return `${[
    `# yaml-language-server: $schema=${SCHEMA}`,
    "# Who decides here, and how. Whoever changes this file does so by a pull request, which the members vote on.",
    `# What else can be said in it: ${DOCS}/configuration.md`,
    "version: 1 # of the format of this file",
    "",
    ...team(answers, api),
    "",
    ...decisions(answers),
    ...period(answers),
    ...scope(answers.proposals),
    ...mention(answers),
    ...conclusion(answers),
    ...labels(answers),
  ].join("\n")}\n`;
}

function team({ name, members }: Answers, api: string): readonly string[] {
  const key = keyOf(name);
  return [
    "teams:",
    `  ${key}: # what decisions call the team`,
    ...(titleOfKey(key) === name ? [] : [`    title: ${scalar(name)} # what people call it`]),
    "    members: # who votes; the id says which account it is, as a login can change hands",
    ...members.map((member) => memberLine(member, api)),
  ];
}

const memberLine = ({ login, id }: AnsweredMember, api: string): string =>
  id === null
    ? `      - ${scalar(login)} # without an id yet: write ${memberInYaml(login, null)}, from ${api}/users/${login}`
    : `      - { login: ${scalar(login)}, id: ${id} }`;

function decisions(answers: Answers): readonly string[] {
  const { name, threshold, quorum } = answers;
  const share =
    quorum === null
      ? scalar(threshold.text)
      : `{ threshold: ${scalar(threshold.text)}, of: present, quorum: ${scalar(quorum.text)} }`;
  return [
    "decisions: # what a proposal needs; kinds that need something else go before this one, each with a match",
    "  - name: change",
    `    approval: { ${keyOf(name)}: ${share} } # ${comesTo(answers)}`,
  ];
}

/** What a share comes to with as many members as there are: `4 of 5 have to say yes`. */
export function comesTo({
  members,
  threshold,
  quorum,
}: Pick<Answers, "members" | "threshold" | "quorum">): string {
  const size = members.length;
  const needed = neededOf({ size, abstained: 0 }, { threshold: threshold.value });
  if (quorum === null)
    return `${needed} of ${size} ${needed === 1 ? "has" : "have"} to say yes; whoever abstains counts like a no`;
  const voters = neededYes(size, quorum.value);
  return `${voters} of ${size} ${voters === 1 ? "has" : "have"} to vote, and ${threshold.text} of those who do not abstain say yes: ${needed} if nobody does`;
}

function period({ period: length }: Answers): readonly string[] {
  const usual = readLength(length) === 5 * DAY;
  return [
    "",
    usual
      ? "# The Final Comment Period lasts 5 days, as nothing else is said (final_comment_period)."
      : `final_comment_period: ${scalar(length)} # from the last vote needed until it is decided: time for everybody to object`,
  ];
}

function scope(proposals: AnsweredScope): readonly string[] {
  switch (proposals.by) {
    case "all":
      return ["", "proposals: { all: true } # every pull request is one"];
    case "label":
      return proposals.label === LABEL_NAMES.proposal
        ? ["", "# A proposal is what carries the label “proposal”."]
        : ["", `proposals: { label: ${scalar(proposals.label)} } # this label makes a pull request one`];
    case "added":
      return [
        "",
        "proposals: # whatever adds a text there is one, without a label",
        "  label: false",
        ...(proposals.path === "proposals/*.md" ? [] : [`  paths: [${scalar(proposals.path)}]`]),
      ];
    case "changed":
      return [
        "",
        "proposals: # whatever adds, changes or removes a text there is one, without a label",
        "  label: false",
        ...(proposals.path === "proposals/*.md" ? [] : [`  paths: [${scalar(proposals.path)}]`]),
        "  changed: any",
      ];
  }
}

const mention = ({ mention: name }: Answers): readonly string[] =>
  name === "mscbot"
    ? []
    : [
        "",
        `mentions: [${scalar(name)}] # members write “@${name} reviewed”; the App’s own name works besides`,
      ];

const conclusion = ({ merge }: Answers): readonly string[] =>
  merge === "manual"
    ? []
    : [
        "",
        `conclude: { merge: ${merge} } # the clerk merges what is accepted; the App needs contents: write for it`,
      ];

const labels = ({ specification }: Answers): readonly string[] =>
  specification
    ? []
    : [
        "",
        "labels: # of the clerk’s labels these are left out, as nothing is written elsewhere after the merge",
        "  spec_pr_missing: false",
        "  spec_pr_in_review: false",
        "  merged: false",
      ];

/** As it can stand anywhere in the file, between brackets too. */
const scalar = (text: string): string => dump([text], { flowLevel: 0, lineWidth: -1 }).trim().slice(1, -1);

/** What the answers come to, in a line. */
export const saidBack = (answers: Answers): string =>
  `${answers.name}, ${count(answers.members.length, "member")}: ${comesTo(answers)}.`;
