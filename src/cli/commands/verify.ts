import { APP_OPTION, JSON_OPTION } from "../asking.js";
import { command } from "../command.js";

export const verifyRow = command({
  name: "verify",
  group: "Verify",
  takes: "OWNER/REPO#NUMBER|FILE|-",
  words: [1, 1],
  line: "whether the signed records of a decision hold",
  about: [
    "Tells of the signed records of a proposal what is proven, missing or contradicted, level by level: the signature, the votes counted again, the roster, the sources, the rules. Instead of a proposal it takes a case that `record` has saved, or a comment with its record pasted into stdin (-); with --all, a repository, whose whole register is looked at.",
  ],
  options: {
    all: {
      type: "boolean",
      does: "the whole register of decisions of OWNER/REPO, and every record it lists",
    },
    checkpoint: {
      type: "string",
      value: "FILE",
      does: "with --all: a checkpoint that somebody has kept, which the register must still fit",
    },
    key: {
      type: "string",
      multiple: true,
      value: "ed25519:…",
      does: "a key known from elsewhere; then only what is signed by it is good (may be given several times)",
    },
    json: JSON_OPTION,
    app: APP_OPTION,
  },
  needs:
    "For a file or a pasted comment nothing. For a proposal a token (GITHUB_TOKEN) of anybody's who can read the repository, or the App's APP_ID and PRIVATE_KEY; of a public repository it goes without, and proves less.",
  exits: new Map([
    [0, "everything is proven, but for what rests on the clerk's word"],
    [1, "it cannot be read"],
    [3, "evidence is missing, and nothing is contradicted"],
    [4, "something is contradicted"],
  ]),
  examples: [
    "verify acme/standards#12",
    "verify --all acme/standards --checkpoint checkpoint.txt",
    "verify case.json",
    "verify - < comment.md",
  ],
  run: async ({ words: [what = ""], options }) =>
    (await import("../verifyCommands.js")).verify(what, options),
});
