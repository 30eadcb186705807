/** Everything people can say to the clerk, in one place for the fold of the status comment and the answer to `help`. */
interface CommandWords {
  readonly say: string;
  readonly who: "member" | "lead" | "another member" | "author" | "anyone";
  readonly does: string;
  /** Also in the short list of the status comment. */
  readonly common: boolean;
}

const COMMANDS: readonly CommandWords[] = [
  {
    say: "fcp merge",
    who: "member",
    does: "propose a Final Comment Period to merge; `fcp close` and `fcp postpone` likewise",
    common: true,
  },
  {
    say: "fcp cancel",
    who: "member",
    does: "cancel what is proposed, or the running Final Comment Period",
    common: true,
  },
  {
    say: "reviewed",
    who: "member",
    does: "approve, as ticking your box or an approving review does (a review only to merge); `reviewed as TEAM` if you sit in two",
    common: true,
  },
  { say: "abstain", who: "member", does: "be recorded as abstaining; this is not an approval", common: true },
  { say: "retract", who: "member", does: "take your vote back", common: true },
  {
    say: "concern TEXT",
    who: "member",
    does: "raise a concern, which keeps a Final Comment Period from beginning and from concluding",
    common: true,
  },
  { say: "resolve C1", who: "member", does: "resolve a concern, by its number or its text", common: true },
  {
    say: "propose",
    who: "member",
    does: "stand behind a change of the roster or the rules that somebody else wrote",
    common: false,
  },
  {
    say: "withdraw",
    who: "author",
    does: "end what is proposed before the Final Comment Period begins, as closing your pull request does",
    common: false,
  },
  {
    say: "override finished: REASON",
    who: "lead",
    does: "record a decision taken elsewhere; `override cancelled: REASON` likewise",
    common: false,
  },
  { say: "second", who: "another member", does: "second the lead’s override", common: false },
  {
    say: "confirm",
    who: "member",
    does: "go on from a record that was lost and rebuilt, once you have compared it",
    common: false,
  },
  {
    say: "status",
    who: "anyone",
    does: "look again and bring the status comment up to date; `refresh` likewise",
    common: true,
  },
  { say: "help", who: "anyone", does: "show this list", common: false },
];

/** The whole table, for `help`. */
export const commandTable = (name: string): string =>
  [
    "| Command | Who | What it does |",
    "|---|---|---|",
    ...COMMANDS.map(({ say, who, does }) => `| \`@${name} ${say}\` | ${who} | ${does} |`),
  ].join("\n");

/** What members need from day to day, folded away. */
export const commandFold = (name: string): string =>
  [
    "<details><summary>Commands</summary>",
    "",
    "Each on a line of its own in a comment or a review:",
    "",
    ...COMMANDS.filter(({ common }) => common).map(({ say, does }) => `- \`@${name} ${say}\`: ${does}`),
    "",
    `\`@${name} help\` shows all of them, and who may use which.`,
    "",
    "</details>",
  ].join("\n");
