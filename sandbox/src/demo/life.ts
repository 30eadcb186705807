/* One story in one file, over 300 lines: it is read from top to bottom, and each beat stands beside what must be seen after it. */
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { matrixConfig } from "../roster.js";
import type { Sandbox } from "../sandbox.js";
import { type Act, approves, foundRepository, labels, ticks } from "../seed.js";
import type { LiveStage } from "../stage.js";
import {
  type Chapter,
  checkIs,
  comments,
  counts,
  doing,
  type Expectation,
  has,
  lacks,
  type Story,
  sameLabels,
  sayingOn,
  saysSo,
} from "./beats.js";

/** The number that the newcomer's pull request gets. */
const NUMBER = 4300;
const AUTHOR = "newcomer";
const BRANCH = "feature/thing";
const DRAFT = "proposals/xxxx-thing.md";
const FILE = `proposals/${NUMBER}-thing.md`;
const CHECKLIST = "MSC_CHECKLIST.md";
const SPEC = "matrix-spec";

const KEYS = `gates:
  - { implementation: 1, before: begin }
  - { labels_absent: [blocked], before: begin }
  - { checklist: ${CHECKLIST}, before: conclude }
  - { review_threads: resolved, before: conclude }
  - { dependencies: accepted, before: conclude }
welcome: { process: "https://spec.matrix.org/proposals/" }
ready_label: proposal-ready-for-review
spec_repository: { name: matrix-org/${SPEC} }
`;
const ITEMS = `# MSC Checklist

- [ ] Are its errors specified?
- [ ] Are the security considerations answered?
- [ ] Is the unstable prefix named?
`;

const text = (heading: string): string =>
  `# ${heading}\n\nClients ask for a thing, and servers give it.\n\n## Security considerations\n\nNone.\n\n## Unstable prefix\n\n\`org.example.thing\`\n`;

const saying = sayingOn(NUMBER);
const author = (sandbox: Sandbox) => sandbox.as(AUTHOR);

/** Ticks an item of the checklist, as GitHub's page does: the whole text with that box changed. */
const ticksItem =
  (login: string, item: number): Act =>
  (sandbox) => {
    const list = sandbox.thread(NUMBER).comments.find(({ body }) => isKind("checklist", body));
    if (list === undefined) throw new Error("There is no checklist.");
    const box = new RegExp(`- \\[ \\](?=.*<!-- item ${item} -->)`);
    sandbox.as(login).editComment(list.id, list.body.replace(box, "- [x]"));
  };

/** The repository of the specification, which the story makes after that of the proposals. */
function specification(sandbox: Sandbox): number {
  for (const { id, name } of sandbox.store.state.repositories.values()) if (name === SPEC) return id;
  throw new Error("There is no repository of the specification.");
}

/** The one pull request there. */
function specPull(sandbox: Sandbox): number {
  const [first] = sandbox.store.repository(specification(sandbox)).threads.keys();
  if (first === undefined) throw new Error("There is no pull request in the specification.");
  return first;
}

const isKind = (kind: string, body: string): boolean => body.startsWith(`<!-- msc-clerk:${kind}`);

const formSays = (title: RegExp): Expectation => [
  `the form check says ${title}`,
  ({ form }) => title.test(form?.title ?? ""),
];
const checkSays = (words: RegExp): Expectation => [
  `the check says ${words}`,
  ({ check }) => words.test(check?.title ?? ""),
];
const accepted: Expectation = ["the clerk reacts with 👍", (_now, change) => change.accepted];
const ticked = (count: number): Expectation => [
  `${count} items of the checklist are ticked`,
  ({ clerkComments }) =>
    clerkComments.some(
      ({ body }) => isKind("checklist", body) && [...body.matchAll(/- \[x\]/g)].length === count,
    ),
];

/** Every label that comes or goes, whoever does it. The two steps of an exchange are told in one line. */
const HISTORY: readonly string[] = [
  "+ proposal",
  "+ needs-implementation",
  "+ proposal-in-review",
  "+ proposal-ready-for-review",
  ...["− needs-implementation", "+ implementation-needs-checking"],
  ...["− proposal-in-review", "− proposal-ready-for-review"],
  ...["+ proposed-final-comment-period", "+ disposition-merge"],
  "− implementation-needs-checking",
  ...["+ final-comment-period", "− proposed-final-comment-period"],
  ...["− final-comment-period", "− disposition-merge", "+ finished-final-comment-period"],
  ...["− finished-final-comment-period", "+ spec-pr-missing"],
  ...["− spec-pr-missing", "+ spec-pr-in-review"],
  ...["− spec-pr-in-review", "+ merged"],
];
/** All that the clerk says on the proposal, in order: a first-time author hears from it six times, and no more. */
const SAID: readonly string[] = [
  "announce welcome",
  "status 1",
  "checklist 1",
  "announce 1:fcp_begun",
  "announce 1:concluded",
  "spec 1",
];

const wholeHistory: Expectation = [
  "every label came and went in its order",
  ({ history }) => history.join() === HISTORY.join(),
];
const allSaid: Expectation = [
  `the clerk wrote ${SAID.length} comments on the proposal, each of its kind`,
  ({ clerkComments }) =>
    clerkComments.length === SAID.length &&
    SAID.every((kind, at) => isKind(kind, clerkComments[at]?.body ?? "")),
];

const CHAPTERS: readonly Chapter[] = [
  {
    title: "A first proposal",
    beats: [
      {
        tells: "Somebody who was never here before opens a draft, and forgets what everybody forgets.",
        does: [
          doing(AUTHOR, `opens a draft: ${DRAFT}`, (sandbox) => {
            author(sandbox).openPull({
              title: "A thing",
              body: "I think we need a thing.",
              files: { [DRAFT]: text("A thing") },
              branch: BRANCH,
              draft: true,
            });
          }),
        ],
        expects: [sameLabels, comments(0), formSays(/^5 things to change$/)],
      },
      {
        tells: "A member makes it a proposal. The newcomer is welcomed, once, and told what to put right.",
        does: [doing("turt2live", "adds the label proposal", labels("turt2live", NUMBER, "proposal"))],
        expects: [
          has("proposal"),
          has("needs-implementation"),
          comments(1),
          saysSo(/git mv proposals\/xxxx-thing\.md proposals\/4300-thing\.md/),
        ],
      },
      {
        tells: "The form check follows each change.",
        does: [
          doing(AUTHOR, `renames it to ${FILE}, and its heading with it`, (sandbox) => {
            author(sandbox).push(NUMBER, { [DRAFT]: null, [FILE]: text(`MSC${NUMBER}: A thing`) });
          }),
        ],
        expects: [sameLabels, comments(0), formSays(/^3 things to change$/)],
      },
      {
        does: [
          doing(AUTHOR, `changes the title to MSC${NUMBER}: A thing`, (sandbox) => {
            author(sandbox).edit(NUMBER, { title: `MSC${NUMBER}: A thing` });
          }),
          doing(AUTHOR, "links the rendered text, and signs off, in the description", (sandbox) => {
            const rendered = `${sandbox.url}/${AUTHOR}/matrix-spec-proposals/blob/${BRANCH}/${FILE}`;
            author(sandbox).edit(NUMBER, {
              body: `[Rendered](${rendered})\n\nI think we need a thing.\n\nSigned-off-by: New Comer <new@mail.test>`,
            });
          }),
        ],
        expects: [sameLabels, comments(0), formSays(/^The form is as it should be$/)],
      },
    ],
  },
  {
    title: "Into the team’s queue",
    beats: [
      {
        tells: "The author says that it is ready: it waits for the team, who can see since when.",
        does: [
          doing(AUTHOR, "marks it ready for review", (sandbox) => author(sandbox).ready(NUMBER)),
          saying(AUTHOR, "@mscbot ready"),
          doing(
            "turt2live",
            "adds the label proposal-in-review",
            labels("turt2live", NUMBER, "proposal-in-review"),
          ),
        ],
        expects: [has("proposal-ready-for-review"), has("proposal-in-review"), comments(0), accepted],
      },
      {
        does: [saying(AUTHOR, "@mscbot implementation https://example.org/server/pull/12")],
        expects: [has("implementation-needs-checking"), lacks("needs-implementation"), comments(0), accepted],
      },
      {
        does: [
          doing("dbkr", "asks in a review thread: Which thing?", (sandbox) => {
            sandbox.as("dbkr").inlineComment(NUMBER, FILE, 3, "Which thing?");
          }),
        ],
        expects: [sameLabels, comments(0), checkIs("waiting")],
      },
    ],
  },
  {
    title: "The vote, and what has to be in place for it",
    beats: [
      {
        tells: "With the motion comes the checklist. Nobody pastes it by hand.",
        does: [saying("richvdh", "@mscbot fcp merge")],
        expects: [
          has("proposed-final-comment-period"),
          has("disposition-merge"),
          lacks("proposal-ready-for-review"),
          lacks("proposal-in-review"),
          comments(2),
          counts(1),
          ticked(0),
        ],
      },
      {
        does: [
          doing("erikjohnston", "submits an approving review", approves("erikjohnston", NUMBER)),
          doing("uhoreg", "ticks the box beside their name", ticks("uhoreg", NUMBER)),
          saying("dbkr", "@mscbot reviewed"),
          saying("ara4n", "@mscbot reviewed"),
        ],
        expects: [counts(5), sameLabels, comments(0)],
      },
      {
        tells: "The sixth vote is enough; but nobody has looked at the implementation yet.",
        does: [saying("KitsuneRal", "@mscbot reviewed")],
        expects: [lacks("final-comment-period"), comments(0), checkSays(/implementation/)],
      },
      {
        tells: "A member has looked. The period begins by itself.",
        does: [saying("uhoreg", "@mscbot implementation ok")],
        expects: [
          has("final-comment-period"),
          lacks("implementation-needs-checking"),
          lacks("proposed-final-comment-period"),
          comments(1),
          saysSo(/The \*\*Final Comment Period\*\* to \*\*merge\*\* this has begun/),
        ],
      },
    ],
  },
  {
    title: "Five days for last comments",
    beats: [
      {
        at: 2 * DAY,
        tells: "Day 2. Members tick what they have checked: these boxes are no votes.",
        does: [
          doing("dbkr", "ticks the first item of the checklist", ticksItem("dbkr", 1)),
          doing("uhoreg", "ticks the second", ticksItem("uhoreg", 2)),
        ],
        expects: [ticked(2), sameLabels, comments(0), checkIs("waiting")],
      },
      {
        at: 3 * DAY,
        does: [
          doing("turt2live", "ticks the third", ticksItem("turt2live", 3)),
          doing("dbkr", "resolves the review thread", (sandbox) => {
            const asked = sandbox.pull(NUMBER).pull.inline[0];
            if (asked !== undefined) sandbox.as("dbkr").resolveThread(asked.id);
          }),
        ],
        expects: [ticked(3), sameLabels, comments(0), checkIs("waiting")],
      },
      {
        at: 5 * DAY,
        tells: "Day 5. The time is up, everything is in place, and nobody does anything.",
        does: [],
        expects: [
          has("finished-final-comment-period"),
          lacks("final-comment-period"),
          lacks("disposition-merge"),
          comments(1),
          saysSo(/[Cc]oncluded/),
          checkIs("success"),
        ],
      },
    ],
  },
  {
    title: "Into the specification",
    beats: [
      {
        does: [
          doing("richvdh", "merges the pull request", (sandbox) => void sandbox.as("richvdh").merge(NUMBER)),
        ],
        expects: [
          ["it is merged", ({ merged }) => merged],
          has("spec-pr-missing"),
          lacks("finished-final-comment-period"),
          comments(0),
        ],
      },
      {
        tells: "Accepted is not yet specified. Somebody writes it, in the other repository.",
        does: [
          doing("uhoreg", `opens a pull request in ${SPEC}: Things (MSC${NUMBER})`, (sandbox) => {
            sandbox
              .as("uhoreg")
              .in(specification(sandbox))
              .openPull({
                title: `Things (MSC${NUMBER})`,
                branch: "things",
                files: { "content/things.md": "# Things\n" },
              });
          }),
        ],
        expects: [
          has("spec-pr-in-review"),
          lacks("spec-pr-missing"),
          comments(1),
          ["one comment there, too", (_now, { elsewhere }) => elsewhere.length === 1],
        ],
      },
      {
        does: [
          doing("richvdh", `merges that of ${SPEC}`, (sandbox) => {
            sandbox.as("richvdh").in(specification(sandbox)).merge(specPull(sandbox));
          }),
        ],
        expects: [
          has("merged"),
          lacks("spec-pr-in-review"),
          comments(0),
          ["none there either", (_now, { elsewhere }) => elsewhere.length === 0],
          wholeHistory,
          allSaid,
        ],
      },
    ],
  },
];

/** Both repositories, the config with what the life needs, the checklist; and no proposal yet. */
async function prepare(stage: LiveStage): Promise<void> {
  const { sandbox } = stage;
  foundRepository(sandbox);
  sandbox
    .as("ara4n")
    .pushTo(
      null,
      { [CONFIG_FILE]: `${matrixConfig()}${KEYS}`, [CHECKLIST]: ITEMS },
      { message: "Let the clerk keep the books" },
    );
  const { id } = sandbox.addRepository({ name: SPEC, installed: true });
  for (const login of ["uhoreg", "richvdh"]) sandbox.setLevelIn(id, login, "write");
  await stage.moveClock(MINUTE);
  sandbox.setNextNumber(NUMBER);
}

/** One proposal by a newcomer, from a draft with all that one can forget to the specification, over two repositories. */
export const LIFE: Story = {
  title: `MSC${NUMBER}: A thing, from a newcomer’s draft to the specification`,
  opening:
    "Around the vote there is more: a form to keep, an implementation to show, a checklist, and a specification in another repository.",
  chapters: CHAPTERS,
  closing: "Six comments of the clerk on the proposal in all, and one in the other repository.",
  number: NUMBER,
  prepare,
};
