import { command } from "../command.js";

export const initRow = command({
  name: "init",
  group: "Try it",
  takes: "",
  words: [0, 0],
  line: "a few questions, and a config that says what was answered",
  about: [
    "Asks what a body has to decide, and writes a config with a comment beside each key. What an option says is not asked; without a terminal all of them are needed, or --suggested.",
    "Numeric ids it gets from GitHub. A file that is there is never written over, but with --force.",
  ],
  options: {
    out: {
      type: "string",
      value: "FILE",
      does: "where it is written; .github/msc-clerk.yml where it is left out",
    },
    name: { type: "string", value: "NAME", does: "what people call the team that decides" },
    members: { type: "string", value: "a,b,c", does: "who votes, by their logins on GitHub" },
    team: { type: "string", value: "ORG/TEAM", does: "who votes: the members of a team of GitHub's" },
    threshold: { type: "string", value: "SHARE", does: "the share that has to say yes: 75%, 2/3" },
    quorum: { type: "string", value: "SHARE", does: "the share that has to vote, or none" },
    period: { type: "string", value: "LENGTH", does: "the Final Comment Period: 5 days" },
    proposals: {
      type: "string",
      value: "WHAT",
      does: "what is a proposal: all, label:NAME, added:PATH or changed:PATH",
    },
    specification: {
      type: "string",
      value: "yes|no",
      does: "whether what was accepted is still to be written into a specification",
    },
    mention: { type: "string", value: "APP", does: "what the App is called, and members write after an @" },
    merge: {
      type: "string",
      value: "HOW",
      does: "who merges: manual (people), or the clerk by merge, squash or rebase",
    },
    suggested: { type: "boolean", does: "takes what is suggested for whatever no option says" },
    force: { type: "boolean", does: "writes over a file that is there" },
  },
  needs:
    "Nothing. With GITHUB_TOKEN (or GH_TOKEN) from the environment or a .env file here GitHub answers more often; --team needs a token with the scope read:org.",
  exits: new Map([
    [0, "it is written"],
    [1, "it is not"],
  ]),
  examples: ["init", "init --out draft.yml --name Board --members alice,bob,carol --suggested"],
  run: async ({ options }) => (await import("../init/initCommand.js")).initCommand(options),
});
