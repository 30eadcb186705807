import { APP_OPTION, JSON_OPTION, repositoryIn } from "../asking.js";
import { command } from "../command.js";

export const shadowRow = command({
  name: "shadow",
  group: "Try it",
  takes: "OWNER/REPO",
  words: [1, 1],
  line: "what it would have decided, beside the older bot that is there",
  about: [
    "Tells, proposal by proposal, what the clerk would have decided and written against the labels and the older bot's comments that stand there. It looks at the open pull requests and at those that ended since a day, and writes nothing anywhere.",
  ],
  options: {
    since: {
      type: "string",
      value: "DAY",
      does: "since when ended pull requests are looked at, such as 2027-03-03; 90 days where it is left out",
    },
    config: {
      type: "string",
      value: "FILE",
      does: "judges by this draft instead of the repository's own config",
    },
    follow: { type: "boolean", does: "looks again each day until it is stopped, and tells what is new" },
    json: {
      ...JSON_OPTION,
      does: "the same for programs, an object of JSON a line (docs/commands.md has its fields)",
    },
    app: APP_OPTION,
  },
  needs:
    "GITHUB_TOKEN (or GH_TOKEN), a token of anybody's who can read the repository, from the environment or a .env file here; for a public one it needs no scope.",
  exits: new Map([
    [0, "all agree"],
    [1, "something could not be read"],
    [3, "something differs"],
  ]),
  examples: [
    "shadow acme/standards",
    "shadow acme/standards --config draft.yml",
    "shadow acme/standards --config draft.yml --follow",
  ],
  run: async ({ words: [word = ""], options }) => {
    const wanted = await repositoryIn(word);
    return (await import("../shadow/shadowCommand.js")).shadowCommand(wanted, options);
  },
});
