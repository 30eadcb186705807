import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { DAY, HOUR, type Instant } from "msc-clerk/domain/text/time.js";
import { MEMBERS, matrixConfig, OLDER_BOT, OTHERS } from "./roster.js";
import type { Sandbox } from "./sandbox.js";
import { LABELS, olderStatusComment, PROPOSALS, type Seeded } from "./seedTexts.js";

/** When the story of the seed begins: a Thursday. */
export const SEED_START: Instant = Date.UTC(2026, 1, 12, 9, 0, 0);

/** One doing of one person. */
export type Act = (sandbox: Sandbox) => void;

export const says =
  (login: string, number: number, body: string): Act =>
  (sandbox) =>
    void sandbox.as(login).comment(number, body);

export const approves =
  (login: string, number: number, body = ""): Act =>
  (sandbox) =>
    void sandbox.as(login).approve(number, body);

export const labels =
  (login: string, number: number, ...names: string[]): Act =>
  (sandbox) =>
    sandbox.as(login).label(number, ...names);

/**
 * Ticks (or unticks) the box beside `whose` name in the newest comment that has it, as GitHub's page does: the whole text with
 * that box changed. @throws Error when there is no such box.
 */
export const ticks =
  (login: string, number: number, whose = login): Act =>
  (sandbox) => {
    const box = new RegExp(`^(- \\[)([ x])(\\] @${whose}\\b)`, "m");
    const comment = sandbox.thread(number).comments.findLast(({ body }) => box.test(body));
    if (comment === undefined) throw new Error(`There is no box for ${whose} on #${number}.`);
    const turned = (_all: string, before: string, mark: string, after: string) =>
      `${before}${mark === " " ? "x" : " "}${after}`;
    sandbox.as(login).editComment(comment.id, comment.body.replace(box, turned));
  };

/** The people, the labels and a first commit; no pull request and no config yet. */
export function foundRepository(sandbox: Sandbox): void {
  for (const { login, id, level } of [...MEMBERS, OLDER_BOT, ...OTHERS])
    sandbox.addUser(login, { id, level });
  const admin = sandbox.as("ara4n");
  for (const [name, color, description] of LABELS) admin.createLabel(name, color, description);
  requireCheck(sandbox);
}

/** As README asks for it: a ruleset that waits for the check of this App and of no other. */
export function requireCheck(sandbox: Sandbox): void {
  const check = { name: "msc-clerk", appId: sandbox.app.id };
  sandbox.setRules([{ kind: "required_status_checks", rulesetId: 1, checks: [check] }]);
}

export function openProposal(sandbox: Sandbox, proposal: Seeded): void {
  const { number, title, author, path, text, summary, draft = false } = proposal;
  sandbox.setNextNumber(number);
  sandbox.as(author).openPull({
    title,
    body: summary,
    files: { [path]: text },
    branch: `${author.toLowerCase()}/msc${number}`,
    draft,
  });
  const more = [...(draft ? [] : ["proposal-in-review"]), ...(proposal.labels ?? [])];
  sandbox.as("turt2live").label(number, "proposal", ...more);
}

/** What was there before adoption: the proposals, … */
export const BEFORE: readonly Act[] = PROPOSALS.map(
  (proposal) => (sandbox) => openProposal(sandbox, proposal),
);

const OLDER = 3391;
/** … and one of them carried by the older bot: half its boxes ticked, one concern resolved and one not. It writes its comment anew with all of them. */
export const BEFORE_BY_OLDER_BOT: readonly Act[] = [
  says("richvdh", OLDER, "Clients have got by without this. I would rather close it.\n\n@mscbot fcp close"),
  says(OLDER_BOT.login, OLDER, olderStatusComment("richvdh", "close", ["richvdh"])),
  labels(OLDER_BOT.login, OLDER, "proposed-final-comment-period", "disposition-close"),
  ticks("turt2live", OLDER),
  ticks("dbkr", OLDER),
  ticks("anoadragon453", OLDER),
  says("uhoreg", OLDER, "@mscbot concern some account data cannot be emptied"),
  (sandbox) => {
    const { comments } = sandbox.thread(OLDER);
    const status = comments.findLast(({ authorId }) => authorId === OLDER_BOT.id);
    if (status === undefined) throw new Error(`The older bot's comment is missing on #${OLDER}.`);
    const url = `https://github.com/matrix-org/matrix-spec-proposals/pull/${OLDER}#issuecomment-${comments.at(-1)?.id}`;
    const concerns = `Concerns:\n\n* ~~the endpoint is not versioned~~ (resolved)\n* some account data cannot be emptied (${url})`;
    sandbox.as(OLDER_BOT.login).editComment(status.id, `${status.body}\n\n${concerns}`);
  },
];

/** The config reaches the default branch: from here on the clerk counts. */
export const adopt: Act = (sandbox) =>
  void sandbox
    .as("ara4n")
    .pushTo(null, { [CONFIG_FILE]: matrixConfig() }, { message: "Let the clerk keep the books" });

/** After all of the proposals. */
export const AMENDMENT = 4190;

/** An amendment that adds somebody to the Spec Core Team. Its author stands behind it; a member of the team has to as well. */
const elects =
  (author: string, login: string, domain: string): Act =>
  (sandbox) => {
    const { id } = sandbox.as(login);
    const config = sandbox.fileText(CONFIG_FILE) ?? "";
    const last = / {6}- \{ login: KitsuneRal,.*\n/;
    const text = config.replace(
      last,
      (line) => `${line}      - { login: ${login}, id: ${id}, domains: [${domain}] }\n`,
    );
    const title = `Add ${login} to the Spec Core Team`;
    sandbox.setNextNumber(AMENDMENT);
    sandbox.as(author).openPull({
      title,
      body: `${login} has written proposals for years, and knows how clients sign in.`,
      files: { [CONFIG_FILE]: text },
      branch: `${author}/add-${login}`,
      message: title,
    });
  };

/** How long after adoption, and what people do then. */
export interface Step {
  readonly at: number;
  readonly acts: readonly Act[];
}

const step = (days: number, hours: number, ...acts: readonly Act[]): Step => ({
  at: days * DAY + hours * HOUR,
  acts,
});

/** What people do from adoption to the day the visitor comes; the clerk does the rest. */
export const STORY: readonly Step[] = [
  step(
    0,
    1,
    says("richvdh", 2965, "Three servers and four clients have it. Let’s take it in.\n\n@mscbot fcp merge"),
    says(
      "erikjohnston",
      3575,
      "#4186 does the same with much less. Thank you for finding out what works!\n\n@mscbot fcp close",
    ),
    says("dbkr", 2918, "Several servers have it, and nobody has missed anything.\n\n@mscbot fcp merge"),
  ),
  step(
    0,
    3,
    approves("anoadragon453", 2965, "Good to go, and well explained."),
    approves("erikjohnston", 2965),
    says("dbkr", 2965, "@mscbot reviewed"),
    ticks("uhoreg", 2965),
    says("richvdh", 3575, "@mscbot reviewed"),
    says("turt2live", 3575, "@mscbot reviewed"),
    says("uhoreg", 3575, "@mscbot reviewed"),
    ticks("dbkr", 3575),
  ),
  step(
    0,
    5,
    approves("turt2live", 2965),
    labels("anoadragon453", 3575, "vote:approve"),
    ...["richvdh", "uhoreg", "turt2live", "erikjohnston", "KitsuneRal"].map((login) => approves(login, 2918)),
  ),
  step(
    1,
    2,
    says("uhoreg", 1763, "@mscbot fcp merge"),
    approves("richvdh", 1763),
    approves("dbkr", 1763),
    approves("anoadragon453", 1763),
    says("ara4n", 1763, "@mscbot reviewed"),
    labels("KitsuneRal", 1763, "vote:approve"),
  ),
  step(
    4,
    6,
    says("turt2live", 1763, "@mscbot concern what happens to media of messages that were purged"),
    says("turt2live", 3381, "@mscbot fcp merge"),
    approves("uhoreg", 3381),
    approves("richvdh", 3381),
    approves("KitsuneRal", 3381),
    ticks("dbkr", 3381),
    says("passer-by", 3381, "I would love to see this!\n\n@mscbot reviewed"),
    says("ara4n", 3381, "@mscbot reviewed"),
  ),
  step(
    5,
    2,
    says("richvdh", 2676, "@mscbot fcp merge"),
    approves("dbkr", 2676),
    approves("turt2live", 2676),
    says("erikjohnston", 2676, "@mscbot reviewed"),
    ticks("ara4n", 2676),
    says("turt2live", 2448, "@mscbot fcp merge"),
    says("dbkr", 2448, "@mscbot concern the hash is shown before the sender is known to be trusted"),
    labels("KitsuneRal", 2448, "vote:approve"),
    says("erikjohnston", 2448, "@mscbot abstain"),
  ),
  step(
    6,
    1,
    says("erikjohnston", 1779, "@mscbot fcp merge"),
    approves("richvdh", 1779),
    approves("anoadragon453", 1779),
    approves("dbkr", 1779),
    says("ara4n", 1779, "@mscbot reviewed as spec-core-team"),
    ticks("AmandineLP", 1779),
    (sandbox) => void sandbox.as("dbkr").merge(2918),
  ),
  step(
    6,
    2,
    elects("turt2live", "sandhose", "Clients"),
    says("turt2live", AMENDMENT, "@mscbot propose"),
    approves("dbkr", AMENDMENT, "Yes, please!"),
    says("uhoreg", AMENDMENT, "@mscbot reviewed"),
    approves("KitsuneRal", AMENDMENT),
    says("passer-by", AMENDMENT, "Congratulations, sandhose!"),
  ),
];

/** The visitor comes this long after adoption. */
export const STORY_LENGTH = 6 * DAY + 4 * HOUR;
