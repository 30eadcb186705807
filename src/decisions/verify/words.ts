import { plain } from "../../domain/messages/escape.js";
import { count, series } from "../../domain/messages/grammar.js";
import { shortCommit } from "../../domain/messages/links.js";
import type { PublicCut } from "../../domain/model/publicRecord.js";
import type { Choice } from "../../domain/model/register.js";

/** Whatever came out of a record or of a thread was written by people: its unseen characters are taken out. */
const named = (names: readonly string[]): string => series(names.map(plain));
const at = (commits: readonly string[]): string =>
  series(commits.map((commit) => shortCommit(plain(commit))));

const choiceWord = (choice: Choice | null): string => choice ?? "no vote, or one taken back";

const CUTS: Readonly<Record<PublicCut, string>> = {
  heads: "the heads that nobody voted on",
  concerns: "the texts of concerns that were resolved",
  since: "what changed after it was decided",
};

const UNKNOWN_KEY =
  "whose key signed it cannot be told, as no lawful config that is known here lists record_keys: give one that you trust with --key.";

/** Every sentence that `verify` says. Some end in what others begin, and so have no stop. */
export const words = {
  // Signed
  notSigned: "It is not signed: this clerk had no RECORD_KEYS.",
  brokenSignature: (key: string, savedBy: string) =>
    `The text is not what ${plain(key)} signed: somebody has changed it${savedBy === "somebody else" ? ", and GitHub says that another account than the clerk's saved it last" : ""}.`,
  signatureHolds: (key: string) => `The signature of ${plain(key)} holds for every byte of it.`,
  keyGiven: "That is the key you have given.",
  anotherKeyThanGiven: "That is not the key you have given.",
  keyListed: (commit: string) => `The config at ${at([commit])} lists that key.`,
  keyListedLawful: "The last lawful config before it lists that key.",
  keyListedNext: (commit: string) => `The next lawful config (${at([commit])}) lists that key.`,
  keyListedByItself: (commit: string) =>
    `Only the config that it makes itself (${at([commit])}) lists that key, and nothing shows that the clerk wrote it: give a key that you trust with --key.`,
  keyOnlyUnlawful: (commit: string) => `Only a config that nobody approved (${at([commit])}) lists that key.`,
  keyNotTold: (commits: readonly string[]) =>
    `Whose key that is cannot be told: the config${commits.length === 0 ? "" : ` at ${at(commits)}`} was not read. Give GITHUB_TOKEN, or a key that you trust with --key.`,
  noKeyListed: (commits: readonly string[]) =>
    `${commits.length > 1 ? `The configs at ${at(commits)} list` : `The config at ${at(commits)} lists`} no record_keys, so whose key that is cannot be told: give one that you trust with --key.`,
  keyNotListed: (commits: readonly string[]) =>
    `Neither the config at ${at(commits)} nor the next lawful one lists that key.`,

  ofAnotherProposal: (name: string, number: number) =>
    `It is the record of ${plain(name)}#${number}, and stands elsewhere.`,
  ofAnotherMotion: (motion: number, stands: number) =>
    `It is the record of motion ${motion}, and stands where the clerk announced motion ${stands}.`,
  noForm: (why: string) => `What stands there is no decision record: ${plain(why)}.`,

  // Counted again
  outcomeOfAnother: (outcome: string, moved: string) =>
    `Its outcome is said to be “${plain(outcome)}”, and it was moved to ${plain(moved)}.`,
  needOfAnother: (team: string) => `What ${plain(team)} needs is said of another team.`,
  votesNotKept: (team: string) =>
    `The votes of ${plain(team)} were not kept, and nobody can count them again.`,
  countedTwice: (team: string, login: string) => `${plain(login)} is counted twice in ${plain(team)}.`,
  votedLate: (team: string, login: string) =>
    `${plain(login)} is counted in ${plain(team)} by a vote given after it was decided.`,
  castNotTold: (team: string, login: string) =>
    `When and how ${plain(login)} voted in ${plain(team)} was not kept.`,
  otherSize: (team: string, size: number, listed: number) =>
    `${plain(team)} is said to have ${count(size, "member")}, and ${listed} are listed.`,
  count: (team: string, yes: number, size: number, needed: number) =>
    `${plain(team)}: ${yes} yes of ${size}, ${needed} needed.`,
  notEnough: (told: string) => `${told} That does not pass.`,
  noTeam: "It names no team that decided.",
  noVoteKept:
    "It holds no votes: that is right for a resignation or for the return to a lawful config, and the record alone does not show which it was.",
  movedAfterEnd: "It was moved after it was decided.",
  fcpOutOfOrder: "Its Final Comment Period begins before the motion, or ends before it begins.",
  concludedEarly: (end: string, ends: string) =>
    `It concluded at ${plain(end)}, before its Final Comment Period ended at ${plain(ends)}.`,
  otherMoment: (team: string) => `The votes of ${plain(team)} are of another moment than the record tells.`,
  concernOpen: (number: number) => `Concern C${number} was open when it concluded.`,
  secondOutOfTime: (login: string) => `${plain(login)} seconded it out of time.`,
  secondedThemself: "Who said it is listed as having seconded it.",
  notSeconded: "Nobody has seconded it.",
  seconded: (by: string, seconds: readonly string[]) =>
    `${plain(by)} said that it was decided elsewhere, and ${named(seconds)} seconded it.`,

  // By the roster and the rules of the config
  noRosterCommit: "It does not tell which config was in force.",
  configNotRead: (commit: string) => `The config at ${at([commit])} was not read.`,
  noConfigAt: (commit: string) => `There is no valid config at ${at([commit])}.`,
  asTheConfig: (commit: string) => `What it needed is what the config at ${at([commit])} asks for.`,
  noSuchTeam: (team: string, commit: string) => `The config at ${at([commit])} has no team ${plain(team)}.`,
  noMember: (team: string, login: string, commit: string) =>
    `${plain(login)} is not on ${plain(team)} by the config at ${at([commit])}.`,
  memberMissing: (team: string, login: string, commit: string) =>
    `${plain(login)} is on ${plain(team)} by the config at ${at([commit])}, and the record leaves them out.`,
  rosterSize: (team: string, size: number, wanted: number, commit: string) =>
    `${plain(team)} is said to have ${count(size, "member")}; by the config at ${at([commit])} it has ${wanted}.`,
  rosterAs: (team: string, size: number, commit: string) =>
    `The ${count(size, "member")} of ${plain(team)} are those of the config at ${at([commit])}.`,
  notAsked: (team: string, login: string) =>
    `${plain(login)}, whom it takes off ${plain(team)}, was not counted: as a guardian, or as absent.`,
  noSuchRule: (rule: string) => `The config has no decision rule “${plain(rule)}”.`,
  needMissing: (rule: string, team: string) =>
    `The rule “${plain(rule)}” asks for more of ${plain(team)} than the record does.`,
  noFcp: "It had no Final Comment Period, and the config asks for one.",
  fcpShort: "Its Final Comment Period is shorter than the config says.",
  madeNotKnown: "The config that it makes was not read, so what each change needed cannot be told.",
  resigned: (login: string) => `${plain(login)} resigned: nobody votes on that.`,
  changeNotVoted: "A change that it makes was not approved by any route of the config.",
  notTheLead: (login: string) => `${plain(login)} was lead of no team by the config.`,
  teamNotSeconded: (team: string) => `Nobody of ${plain(team)} seconded it.`,

  // Each source seen on GitHub
  theVote: (login: string) => `the vote of ${plain(login)}`,
  theMotion: (login: string) => `the motion of ${plain(login)}`,
  theConcern: (number: number) => `concern C${number}`,
  theResolving: (number: number) => `the end of concern C${number}`,
  theOverride: (login: string) => `the override by ${plain(login)}`,
  theSecond: (login: string) => `the second by ${plain(login)}`,
  claim: (what: string, source: string | null, when: string) =>
    `${what} (${source === null ? "a label, or not known where" : plain(source)}, ${plain(when)})`,
  seen: (seen: number, all: number) =>
    `${seen} of ${all} sources seen: said there, by that person, at that time.`,
  gone: (claim: string, deletion: string | null) =>
    `Gone from GitHub: ${claim}${deletion === null ? "" : `; ${deletion}`}.`,
  deletion: (login: string, when: string) => `${plain(login)} deleted a comment of theirs at ${when}`,
  accountGone: (claim: string) => `The account is gone, so nobody can tell whose it was: ${claim}.`,
  textDeleted: (claim: string) => `The text of then was deleted on GitHub: ${claim}.`,
  editsNotShown: (claim: string) => `GitHub does not show who ticked what: ${claim}.`,
  noEvent: (claim: string) => `GitHub shows nothing of it at that time: ${claim}.`,
  saidByAnother: (claim: string, login: string) => `It was said by ${plain(login)}: ${claim}.`,
  saysOtherwise: (claim: string) => `What stands there does not say so, or did not say so then: ${claim}.`,
  takenOver: (logins: readonly string[]) =>
    `Taken over from an older bot's list: the votes of ${named(logins)}.`,
  byOlderBot: (claim: string) => `It stands in an older bot's comment: ${claim}.`,
  nothingLeftOut: "By the clerk's own rules the thread shows no vote that the record leaves out.",
  notReplayed: (team: string) =>
    `Whether a vote of ${plain(team)} was left out cannot be told: what is left of the thread shows no such motion.`,
  voteLeftOut: (login: string, shown: Choice | null, told: Choice | null, url: string) =>
    `${plain(login)}: the thread shows ${choiceWord(shown)} (${plain(url)}), and the record tells ${choiceWord(told)}.`,

  threadNotRead: "The thread was not read.",
  rulesNotRead: "The config by which its comments are to be read was not read.",

  // What the clerk's own rules come to
  noMotionInReplay: "What is left of the thread shows no such motion.",
  asksForMore: (team: string) => `The rules that fit it ask for more of ${plain(team)} than the record does.`,
  comesTo: (difference: string) =>
    `By the clerk's own rules the thread comes to something else. ${difference}`,
  comesToSo: "By the clerk's own rules the thread comes to the same.",
  cannotBeHeld: (difference: string) =>
    `${difference} It may be for what the thread does not show, or not any more, so it contradicts nothing.`,
  otherOutcome: (replayed: string, told: string) =>
    `It comes to “${replayed}”, and the record tells “${told}”.`,
  teamNotInReplay: (team: string) => `The votes of ${plain(team)} decide nothing by it.`,
  otherVote: (login: string, replayed: Choice | null, told: Choice | null) =>
    `${plain(login)}: ${choiceWord(replayed)} by it, and the record tells ${choiceWord(told)}.`,

  // The rules were lawful
  historyNotRead: "The history of the config was not read.",
  notInHistory: "The history of the default branch does not show that config (any more).",
  firstConfig: (commit: string) => `It is the first config of the default branch (${at([commit])}).`,
  sameAsLawful: (commit: string) => `It says the same as the lawful config before it (${at([commit])}).`,
  pushed: (commit: string) => `The config of ${at([commit])} was pushed, and nobody voted on it.`,
  noAmendmentRecord: (commit: string, pull: number) =>
    `The config of ${at([commit])} came by #${pull}, where no signed record of an amendment stands.`,
  amended: (commit: string, pull: number) =>
    `Signed records lead to it; the config of ${at([commit])} came by the amendment #${pull}, which can be verified itself.`,
  notTheStep: (commit: string, pull: number, why: string) =>
    `The config of ${at([commit])} came by #${pull}, and the record there does not approve it: ${why}.`,
  ofAnotherRepository: "it is of another repository",
  makesAnother: "it makes another config than that",
  onAnother: "it was made on top of another config",
  doesNotPass: "its votes do not pass",
  otherThanRoster: "its teams or what they needed are not those of the config before it",
  stepUnsigned: "it is not signed, and nothing shows that the clerk wrote it",
  stepBroken: "its signature does not hold",
  stepByAnotherKey: "the lawful config before it does not list the key it is signed with",
  confirmedByMembers: (commit: string) =>
    `Members confirmed the config of ${at([commit])} after the clerk had lost what it knew: no record shows that.`,
  passesByLawful: (why: string) => `${why} By the last lawful config the votes pass too.`,
  unlawful: (why: string) => `Nobody approved the config in force: ${why}`,

  // Listed in the register of decisions
  issuesOff: "Issues are off in this repository, so it has no register of decisions.",
  noRegister: "There is no register of decisions to be seen.",
  lineMissing: (number: number) => `The register has no line for record ${number}.`,
  lineTwice: (number: number) => `The register has more than one line for record ${number}.`,
  lineEqual: (number: number) => `The line of record ${number} is equal to it.`,
  lineDiffers: (number: number, what: readonly string[]) =>
    `The line of record ${number} says otherwise than the record: ${series(what)}.`,
  firstHasPrevious: "It is record 1, and names one before it.",
  holdsPrevious: (number: number) => `It holds the hash of record ${number}, as the register has it.`,
  otherPrevious: (number: number) => `Record ${number} does not hold the hash of the record before it.`,
  ownCheckpoint: (number: number) =>
    `The checkpoint beside it is signed by the same key, and at record ${number}.`,
  ownCheckpointWrong: "The checkpoint beside it is not signed by the same key, or is of another record.",

  // What rests on the clerk's word
  firstSeen: (heads: number) =>
    `When it had first seen ${heads === 1 ? "the head" : `each of the ${heads} heads`}: GitHub dates no push.`,
  gatesMet: (gates: readonly string[]) =>
    `That ${series(gates.map((gate) => `“${gate}”`))} ${gates.length === 1 ? "was" : "were"} met then: no thread tells that afterwards.`,
  textsSame: "Which heads carry the same text: that can be looked up commit by commit.",
  headsOfVotes: (votes: number) =>
    `On which head ${count(votes, "vote")} that name${votes === 1 ? "s" : ""} no commit ${votes === 1 ? "was" : "were"} given.`,
  marksUnseen: (logins: readonly string[]) => `The ticks and labels of ${named(logins)}.`,
  nothingOnItsWord: "Nothing.",
  fcpLabelUnseen: (begins: string) =>
    `That the Final Comment Period began at ${plain(begins)}: the label that began it is not seen.`,
  wasCut: (cut: readonly PublicCut[]) =>
    `What was left out of the record, as it would not fit a comment: ${series(cut.map((what) => CUTS[what]))}.`,
  noThread: "Everything that people are said to have said, as the thread was not read.",

  // The whole register
  recordGone: (number: number, pull: number) =>
    `Record ${number} is gone from #${pull}: its line in the register, and the record after it, still tell its hash.`,
  noRecord: (number: number, why: string) => `What stands where record ${number} was is none: ${why}.`,
  allNumbers: (lines: number) => `${count(lines, "record")}, numbered without a gap.`,
  allSigned: "Each is signed, with a key that was good at its time.",
  allChained: "Each holds the hash of the one before.",
  otherNumber: (line: number, number: number) =>
    `Where record ${line} is listed stands one with the number ${number}.`,
  ofRecord: (number: number, text: string) => `Record ${number}: ${text}`,
  noCheckpoint: "The register has no checkpoint: this clerk has no RECORD_KEYS.",
  checkpointNone: "it is no checkpoint",
  checkpointOfAnother: (origin: string) => `it is one of ${plain(origin)}`,
  checkpointUnsigned: "none of the keys that are good here signed it",
  checkpointWrong: (fault: string) => `The checkpoint of the register is not good: ${fault}.`,
  checkpointHolds: (number: number) => `It is signed, and at record ${number}, the newest.`,
  checkpointByNobody: (number: number) => `It is at record ${number}, the newest; ${UNKNOWN_KEY}`,
  checkpointElsewhere: "It is of another record than the newest that the register lists.",
  keptWrong: (fault: string) => `The checkpoint you have kept is not of use here: ${fault}.`,
  keptHolds: (number: number) => `Record ${number} is the one it was when that checkpoint was made.`,
  keptByNobody: (number: number) =>
    `Record ${number} is the one it was when that checkpoint was made; ${UNKNOWN_KEY}`,
  removedSince: (size: number, now: number) =>
    `There ${size === 1 ? "was" : "were"} ${count(size, "record")} when that checkpoint was made, and now there ${now === 1 ? "is" : "are"} ${now}: the newest were taken away.`,
  changedSince: (number: number) => `Record ${number} is another one than when that checkpoint was made.`,
} as const;
