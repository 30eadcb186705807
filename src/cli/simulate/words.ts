// One file: every text of `msc-clerk simulate`, so that it is read in one voice. What people wrote is stripped of what a terminal obeys (`plain`).

import { plain } from "../../domain/messages/escape.js";
import { concernNames, count, sentenceCase, series, theTeam } from "../../domain/messages/grammar.js";
import { countText } from "../../domain/messages/measure.js";
import { memberInYaml } from "../../domain/messages/memberInYaml.js";
import { statusSentence } from "../../domain/messages/statusSentence.js";
import type { Outline } from "../../domain/model/outline.js";
import { readable } from "../../domain/text/time.js";
import { firstDayText } from "../draft/firstDay.js";
import { STATE_WORDS } from "../draft/state.js";
import {
  type GainedVote,
  isProposal,
  isSame,
  type LostVote,
  type SaidYes,
  type Simulated,
  type Stand,
} from "./judge.js";
import type { Setting, Simulation } from "./simulate.js";
import type { PersonFinding, Surroundings } from "./surroundings.js";

const STAND_WORDS: Readonly<Record<Stand, string>> = {
  not_a_proposal: "no proposal",
  unlabelled: "no proposal yet, and asked for the label",
  draft: "a draft",
  in_review: "in review",
  proposed: STATE_WORDS.proposed,
  begins: "about to begin its Final Comment Period",
  fcp: STATE_WORDS.fcp,
  accepted: STATE_WORDS.accepted,
  rejected: STATE_WORDS.rejected,
  postponed: STATE_WORDS.postponed,
  ended: "ended",
};

/** The same of several, in the order in which they are counted. */
const COUNTED: readonly { readonly stand: Stand; readonly one: string; readonly many?: string }[] = [
  {
    stand: "begins",
    one: "would begin its Final Comment Period",
    many: "would begin their Final Comment Period",
  },
  {
    stand: "fcp",
    one: "would be in its Final Comment Period",
    many: "would be in their Final Comment Period",
  },
  { stand: "proposed", one: "would be voted on" },
  { stand: "accepted", one: "would be accepted" },
  { stand: "rejected", one: "would be decided to be closed" },
  { stand: "postponed", one: "would be decided to be postponed" },
  { stand: "in_review", one: "would be in review" },
  { stand: "draft", one: "would wait as a draft", many: "would wait as drafts" },
  { stand: "unlabelled", one: "would be asked for the label of a proposal" },
  { stand: "not_a_proposal", one: "would be no proposal", many: "would be no proposals" },
];

/** As many numbers as are named one by one. */
const NUMBERS = 30;

/** What it goes by. */
export function settingText({ repository, file, clerk, present }: Setting): string {
  const work = clerk === null ? "No clerk is to be seen there yet" : `${plain(clerk)} is the clerk there`;
  return [
    `${plain(repository)}, judged by ${plain(file)} as if it had just been adopted. Nothing was written anywhere.`,
    `${work}, ${comparedText(present)}`,
  ].join("\n");
}

function comparedText(present: Setting["present"]): string {
  switch (present.kind) {
    case "valid":
      return `and the config on the default branch (${present.commit.slice(0, 7)}) is what it is compared with.`;
    case "absent":
      return "and no config is on the default branch. Once one is, what people have said there until now counts no more: whoever has approved does so again. Only a motion that an older bot has under way goes on, where the draft names that bot in legacy_bots.";
    case "invalid":
      return "and the config on the default branch is not right, so there is nothing to compare with.";
  }
}

/** All of it: the sum first, then what the draft names, then each pull request of which there is something to tell. */
export function simulationText(simulation: Simulation): string {
  const { pulls, unread, requests } = simulation;
  const told = pulls.filter(({ stand, today }) => isTold(stand, today));
  return [
    settingText(simulation),
    "",
    ...summaryLines(simulation),
    ...surroundingsLines(simulation.surroundings),
    ...told.flatMap((pull) => ["", pullText(pull)]),
    ...(unread.length === 0 ? [] : ["", "These could not be read:", ...unread.map(unreadLine)]),
    "",
    `Reading took ${count(requests, "request")}.`,
  ].join("\n");
}

/** Of what is no proposal, and was none, its number says enough. */
export const isTold = (stand: Stand, today: Simulated["today"]): boolean =>
  stand !== "not_a_proposal" || wasProposal(today);

const wasProposal = (today: Simulated["today"]): boolean =>
  today.by === "config" ? isProposal(today.stand) : today.state !== "none";

const unreadLine = ({ number, why }: Simulation["unread"][number]): string => `  #${number}: ${plain(why)}`;

function summaryLines(simulation: Simulation): readonly string[] {
  const { pulls, amendments, unread, more } = simulation;
  const open = pulls.length + amendments.length + unread.length;
  const counts = COUNTED.flatMap(({ stand, one, many = one }) => {
    const number = pulls.filter((pull) => pull.stand === stand).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  });
  const left = [
    ...(amendments.length === 0
      ? []
      : [
          `${count(amendments.length, "change of the config is", "changes of the config are")} left out (${numbersText(amendments)})`,
        ]),
    ...(unread.length === 0 ? [] : [`${unread.length} could not be read`]),
  ];
  const of = (wanted: (pull: Simulated) => boolean) => pulls.filter(wanted).map(({ number }) => number);
  const none = of(({ stand, today }) => !isTold(stand, today));
  return [
    `${count(open, "open pull request")}: ${series([...counts, ...left]) || "nothing to decide"}.`,
    ...(more ? ["There are more open pull requests than are read."] : []),
    ...againstToday(simulation, of),
    ...(none.length === 0 ? [] : [`No proposals: ${numbersText(none)}.`]),
    firstDayText(simulation),
  ];
}

function againstToday(
  { pulls, present, unread }: Simulation,
  of: (wanted: (pull: Simulated) => boolean) => readonly number[],
): readonly string[] {
  const lost = pulls.flatMap((pull) => pull.lost);
  const gained = pulls.flatMap((pull) => pull.gained);
  const newly = of(({ today, stand }) => today.by === "config" && isProposal(stand) && !wasProposal(today));
  const noLonger = of(({ today, stand }) => !isProposal(stand) && wasProposal(today));
  const votes = [
    ...(lost.length === 0
      ? []
      : [
          `${count(lost.length, present.kind === "valid" ? "vote" : "approval")} would not count${present.kind === "valid" ? " any more" : ""}`,
        ]),
    ...(gained.length === 0
      ? []
      : [
          `${count(gained.length, "vote")} would count that ${gained.length === 1 ? "does" : "do"} not today`,
        ]),
  ];
  const lines = [
    ...(newly.length === 0 ? [] : [`newly proposals: ${numbersText(newly)}`]),
    ...(noLonger.length === 0 ? [] : [`no proposals any more: ${numbersText(noLonger)}`]),
    ...votes,
  ];
  if (lines.length > 0) return [`Against today: ${lines.join("; ")}.`];
  if (present.kind !== "valid" || pulls.length === 0) return [];
  return [
    `Against today${unread.length === 0 ? "" : ", of those that were read"}: the same proposals, and the same votes.`,
  ];
}

function numbersText(numbers: readonly number[]): string {
  const shown = numbers.slice(0, NUMBERS).map((number) => `#${number}`);
  const rest = numbers.length - shown.length;
  return series(rest > 0 ? [...shown, `${rest} more`] : shown);
}

function surroundingsLines({
  people,
  readersUntold,
  labels,
  withoutIssues,
  archived,
}: Surroundings): readonly string[] {
  const lines = [
    ...(archived ? ["The repository is archived: nothing can be written there."] : []),
    ...people.map(personSentence),
    ...(readersUntold === null
      ? []
      : [
          `Who of them may read the private repository, and so review in it, this token is not told: ${plain(readersUntold)}.`,
        ]),
    ...(labels === null
      ? ["The labels of the repository could not be read."]
      : labelSentences(labels, withoutIssues)),
  ];
  return lines.length === 0
    ? ["", "Everybody whom the draft names is there, and so is every label."]
    : ["", "What the draft names", ...lines.map((line) => `  ${line}`)];
}

export function personSentence(finding: PersonFinding): string {
  const login = plain(finding.login);
  switch (finding.what) {
    case "unknown":
      return `${login}: GitHub has no account of that login. Whoever takes it would have the seat; correct it.`;
    case "no_person":
      return `${login}: is no person on GitHub (${plain(finding.type)}), and can never vote.`;
    case "other_id":
      return `${login}: has the id ${finding.actual} on GitHub, and ${finding.drafted} in the draft: somebody else would have the seat, or nobody.`;
    case "no_id":
      return `${login}: without an id. Write ${memberInYaml(login, finding.id)}, as a login can change hands.`;
    case "cannot_read":
      return `${login}: may not read the repository, which is private, and so cannot review or vote there.`;
    case "unread":
      return `${login}: could not be looked up: ${plain(finding.why)}.`;
  }
}

function labelSentences(
  { made, lacking }: NonNullable<Surroundings["labels"]>,
  withoutIssues: boolean,
): readonly string[] {
  return [
    ...(made.length === 0
      ? []
      : [
          withoutIssues
            ? `${count(made.length, "label")} that the clerk uses ${made.length === 1 ? "is" : "are"} not there, and GitHub lets no App make any while Issues are off: ${series(made.map(plain))}.`
            : `${count(made.length, "label")} that the clerk uses ${made.length === 1 ? "is" : "are"} not there yet; it would make ${made.length === 1 ? "it" : "them"}: ${series(made.map(plain))}.`,
        ]),
    ...lacking.map(
      (label) =>
        `The label “${plain(label)}”, by which the draft goes, is not there, and the clerk does not make it: make it by hand.`,
    ),
  ];
}

/** One pull request: a line where the draft changes nothing, else what it is today and what it would be. */
export function pullText(pull: Simulated): string {
  const { number, title, sentence } = pull;
  const name = `#${number} ${plain(title)}`;
  if (isSame(pull)) return `${name}: as today. ${plain(sentence)}`;
  const before = todayWords(pull);
  const changed = before === null || before === STAND_WORDS[pull.stand] ? "" : `${before} → `;
  return [
    `${name}: ${changed}${STAND_WORDS[pull.stand]}`,
    `  ${plain(pull.url)}`,
    ...differenceLines(pull),
  ].join("\n");
}

/** null: nothing to speak of. */
function todayWords({ today }: Simulated): string | null {
  if (today.by === "config") return STAND_WORDS[today.stand];
  return today.state === "none" ? null : `${STATE_WORDS[today.state]}, by its labels`;
}

/** Below the name: of one that `explain` tells of besides, all but what that tells. */
export function differenceLines(pull: Simulated, explained = false): readonly string[] {
  const { today, sentence, rule, turn, lost, gained, draft, stand } = pull;
  const now =
    today.by === "config"
      ? statusSentence(today.decision)
      : `${sentenceCase(STATE_WORDS[today.state])}, by its labels.${yesWords(today.yes)}`;
  const isKept = plain(now) === plain(sentence);
  const rows: readonly (readonly [string, string])[] = [
    [isKept ? "both" : "today", plain(now)],
    ...(isKept || explained ? [] : [["draft", plain(sentence)] as const]),
    ...(rule === null || explained
      ? []
      : [
          [
            "needs",
            `“${plain(rule.name)}”: ${series(rule.teams.map((team) => `${plain(team.title)} ${countText(team)}`))}`,
          ] as const,
        ]),
    ...(turn === null ? [] : [["turn", turnText(turn)] as const]),
    ...(lost.length === 0 ? [] : [["lost", lostText(lost, today.by === "config")] as const]),
    ...(gained.length === 0 ? [] : [["gained", gainedText(gained)] as const]),
  ];
  const writes = explained || stand === "not_a_proposal" ? [] : draft.wouldWrite.map(plain);
  return [
    ...rows.map(([name, text]) => `  ${name.padEnd(7)}${text}`),
    ...writes.map((line, at) => `  ${(at === 0 ? "writes" : "").padEnd(7)}${line}`),
  ];
}

function yesWords(yes: readonly SaidYes[]): string {
  const by = (via: SaidYes["via"]) => yes.filter((one) => one.via === via).map(({ login }) => login);
  const [ticked, approved] = [by("older_bot"), by("review")];
  return [
    ...(ticked.length === 0 ? [] : [` The older bot has a yes of ${series(ticked)}.`]),
    ...(approved.length === 0 ? [] : [` Approved on GitHub by ${series(approved)}.`]),
  ].join("");
}

/** Whose turn it is, and what of. */
export function turnText(outline: Outline): string {
  const { waits, author, concerns, gates } = outline;
  const whose = author === null ? "its author" : `its author, ${plain(author.login)}`;
  const besides = [
    ...(concerns.length === 0
      ? []
      : [`${concernNames(concerns.map(({ number }) => number))} to be resolved`]),
    ...gates.map(({ words }) => plain(words)),
  ];
  const and = besides.length === 0 ? "" : `; it waits for ${series(besides)}`;
  switch (waits.kind) {
    case "votes": {
      const teams = waits.teams.map(({ title, missing }) =>
        missing.length === 0
          ? `${theTeam(plain(title))}, of which everybody has voted`
          : `${series(missing.map(({ member, away }) => `${plain(member.login)}${away ? " (away)" : ""}`))} of ${theTeam(plain(title))}`,
      );
      return teams.length === 0
        ? `nobody’s; every team has approved${and}`
        : `${series(teams)}, who have not voted${and}`;
    }
    case "fcp":
      return `everybody’s who has a concern, until ${readable(waits.endsAt)}${and}`;
    case "merge":
      return `${plain(waits.mover.login)}’s, who moved it, to merge it${and}`;
    case "quiet":
      switch (waits.why) {
        case "draft":
          return `${whose}: it is a draft`;
        case "concerns":
        case "gates":
          return `${whose}${and}`;
        case "dependencies":
          return `nobody’s here${and}`;
        case "motion":
          return `the team’s: a member proposes a decision${and}`;
        case "amendment":
          return "the team’s: an amendment lacks votes";
      }
  }
}

const LOST_WORDS: Readonly<Record<LostVote["why"], string>> = {
  no_seat: "in no team that decides this",
  not_as_given: "on a team; not as it was given, votes again",
  before: "on a team; approves again, as this was before the config came",
  not_a_proposal: "nothing is decided here",
  taken_over_otherwise: "on a team; not taken over from the older bot, votes again",
};

const lostWords = ({ why, team }: LostVote): string =>
  why === "no_seat" && team !== null
    ? `not in ${theTeam(plain(team))}; the vote for another team counts`
    : LOST_WORDS[why];

function lostText(lost: readonly LostVote[], counted: boolean): string {
  const told = lost.map((vote) => `${plain(vote.login)} (${lostWords(vote)})`);
  return counted ? `no vote any more: ${series(told)}` : `would not count: ${series(told)}`;
}

const gainedText = (gained: readonly GainedVote[]): string =>
  `newly a vote: ${series(gained.map(({ login, team }) => `${plain(login)} (${plain(team)})`))}`;
