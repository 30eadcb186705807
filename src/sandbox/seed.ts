import { CONFIG_PATH } from "../config/outcome.js";
import { DAY, HOUR, type Instant } from "../domain/time.js";
import type { By } from "./doings/by.js";
import { addComment, editComment } from "./doings/comments.js";
import { addLabels, createLabel } from "./doings/labels.js";
import { openPull } from "./doings/pulls.js";
import { pushCommit } from "./doings/pushes.js";
import { submitReview } from "./doings/reviews.js";
import { MEMBERS, matrixConfig, OLDER_BOT, OTHERS, type Somebody } from "./roster.js";
import { LABELS, olderStatusComment, PROPOSALS, type Seeded } from "./seedTexts.js";
import type { Account, Repository } from "./state.js";
import { type Store, withEntry } from "./store.js";

/** When the story of the seed begins: a Thursday. */
export const SEED_START: Instant = Date.UTC(2026, 1, 12, 9, 0, 0);

const ORGANIZATION: Account = { id: 8_418_310, login: "matrix-org", type: "Organization" };

/** People by login, doing things in one repository. */
export class Town {
  constructor(readonly place: Omit<By, "actor">) {}

  /** @throws Error when nobody has that login. */
  by(login: string): By {
    for (const account of this.place.store.state.accounts.values())
      if (account.login === login) return { ...this.place, actor: { accountId: account.id, app: null } };
    throw new Error(`Nobody in the sandbox is called ${login}.`);
  }

  says(login: string, number: number, body: string): void {
    addComment(this.by(login), number, body);
  }

  approves(login: string, number: number, body = ""): void {
    submitReview(this.by(login), number, { event: "APPROVE", body });
  }

  labels(login: string, number: number, ...names: readonly string[]): void {
    addLabels(this.by(login), number, names);
  }

  /**
   * Ticks (or unticks) the box beside `whose` name in the newest comment that has it, as GitHub's page does: the whole text
   * with that box changed. @throws Error when there is no such box.
   */
  ticks(login: string, number: number, whose = login): void {
    const { comments } = this.place.store.thread(this.place.repositoryId, number);
    const box = new RegExp(`^(- \\[)([ x])(\\] @${whose}\\b)`, "m");
    const comment = comments.findLast(({ body }) => box.test(body));
    if (comment === undefined) throw new Error(`There is no box for ${whose} on #${number}.`);
    const body = comment.body.replace(
      box,
      (_all, before: string, mark: string, after: string) => `${before}${mark === " " ? "x" : " "}${after}`,
    );
    editComment(this.by(login), comment.id, body);
  }
}

/** The people, the repository and its labels; no pull request and no config yet. */
export function foundRepository(store: Store): Town {
  const people: readonly Somebody[] = [...MEMBERS, OLDER_BOT, ...OTHERS];
  let { accounts } = store.state;
  accounts = withEntry(accounts, ORGANIZATION.id, ORGANIZATION);
  for (const { id, login } of people) accounts = withEntry(accounts, id, { id, login, type: "User" });
  const now = store.stamp();
  const repository: Repository = {
    id: 93_729_111,
    ownerId: ORGANIZATION.id,
    name: "matrix-spec-proposals",
    description: "Proposals for changes to the Matrix specification",
    archived: false,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    defaultBranch: "main",
    dismissStaleReviews: false,
    installed: true,
    parentId: null,
    levels: new Map(people.map(({ id, level }) => [id, level])),
    branches: new Map(),
    labels: new Map(),
    threads: new Map(),
    suites: new Map(),
    runs: new Map(),
    nextNumber: 1,
  };
  store.set({
    ...store.state,
    accounts,
    repositories: withEntry(store.state.repositories, repository.id, repository),
  });
  const town = new Town({ store, repositoryId: repository.id });
  pushCommit(town.by("ara4n"), "main", {
    files: {
      "README.md": "# Matrix spec proposals\n\nChanges to Matrix are proposed here, as pull requests.\n",
    },
    message: "Begin",
  });
  for (const [name, color, description] of LABELS)
    createLabel(town.by("ara4n"), { name, color, description });
  return town;
}

export function openProposal(town: Town, proposal: Seeded): void {
  const { store, repositoryId } = town.place;
  const { number, title, author, path, text, summary, draft = false, labels = [] } = proposal;
  store.changeRepository(repositoryId, (now) => ({ ...now, nextNumber: number }));
  const { id, login } = store.account(town.by(author).actor.accountId);
  const level = store.repository(repositoryId).levels.get(id);
  // Who may not push sends it from a fork; here a member has put it on a branch for them.
  const pusher = level === "read" ? "turt2live" : author;
  const headRef = `${author.toLowerCase()}/msc${number}`;
  const signature = { name: login, email: `${id}+${login}@users.noreply.github.com`, accountId: id };
  pushCommit(town.by(pusher), headRef, {
    files: { [path]: text },
    message: title,
    author: signature,
    committer: signature,
  });
  openPull(town.by(author), { title, body: summary, headRepositoryId: repositoryId, headRef, draft });
  town.labels(pusher, number, "proposal", ...(draft ? [] : ["proposal-in-review"]), ...labels);
}

/** What stood before the clerk came: the proposals, and one that the older bot has been carrying. */
export function seedBefore(town: Town): void {
  for (const proposal of PROPOSALS) openProposal(town, proposal);
  const number = 3391;
  town.says(
    "richvdh",
    number,
    "Clients have got by without this. I would rather close it.\n\n@mscbot fcp close",
  );
  town.says(OLDER_BOT.login, number, olderStatusComment("richvdh", "close", ["richvdh"]));
  town.labels(OLDER_BOT.login, number, "proposed-final-comment-period", "disposition-close");
  for (const login of ["turt2live", "dbkr", "anoadragon453"]) town.ticks(login, number, login);
  town.says("uhoreg", number, "@mscbot concern some account data cannot be emptied");
  const { comments } = town.place.store.thread(town.place.repositoryId, number);
  const status = comments.findLast(({ authorId }) => authorId === OLDER_BOT.id);
  if (status !== undefined)
    editComment(
      town.by(OLDER_BOT.login),
      status.id,
      `${status.body}\n\nConcerns:\n\n* some account data cannot be emptied (${commentUrl(number, comments.at(-1)?.id ?? 0)})`,
    );
}

const commentUrl = (number: number, id: number): string =>
  `https://github.com/matrix-org/matrix-spec-proposals/pull/${number}#issuecomment-${id}`;

/** The config reaches the default branch: from here on the clerk counts. */
export function adopt(town: Town): void {
  pushCommit(town.by("ara4n"), "main", {
    files: { [CONFIG_PATH]: matrixConfig() },
    message: "Let the clerk keep the books",
  });
}

/** One step of the seed's story: how long after adoption, and what people do. */
export interface Step {
  readonly at: number;
  readonly does: (town: Town) => void;
}

const step = (days: number, hours: number, does: Step["does"]): Step => ({
  at: days * DAY + hours * HOUR,
  does,
});

/** What people do from adoption to the day the visitor comes; the clerk does the rest. Each step waits for the clerk. */
export const STORY: readonly Step[] = [
  step(0, 1, (town) => {
    town.says(
      "richvdh",
      2965,
      "Three servers and four clients have it. Let’s take it in.\n\n@mscbot fcp merge",
    );
    town.says(
      "erikjohnston",
      3575,
      "#4186 does the same with much less. Thank you for finding out what works!\n\n@mscbot fcp close",
    );
  }),
  step(0, 3, (town) => {
    town.approves("anoadragon453", 2965, "Good to go, and well explained.");
    town.approves("erikjohnston", 2965);
    town.says("dbkr", 2965, "@mscbot reviewed");
    town.ticks("uhoreg", 2965);
    for (const login of ["richvdh", "turt2live", "uhoreg"]) town.says(login, 3575, "@mscbot reviewed");
    town.ticks("dbkr", 3575);
  }),
  step(0, 5, (town) => {
    town.approves("turt2live", 2965);
    town.labels("anoadragon453", 3575, "vote:approve");
  }),
  step(1, 2, (town) => {
    town.says("uhoreg", 1763, "@mscbot fcp merge");
    for (const login of ["richvdh", "dbkr", "anoadragon453"]) town.approves(login, 1763);
  }),
  step(1, 4, (town) => {
    town.says("ara4n", 1763, "@mscbot reviewed");
    town.labels("KitsuneRal", 1763, "vote:approve");
  }),
  step(4, 6, (town) => {
    town.says("turt2live", 1763, "@mscbot concern what happens to media of messages that were purged");
    town.says("turt2live", 3381, "@mscbot fcp merge");
  }),
  step(4, 9, (town) => {
    for (const login of ["uhoreg", "richvdh", "KitsuneRal"]) town.approves(login, 3381);
    town.ticks("dbkr", 3381);
    town.says("passer-by", 3381, "I would love to see this!\n\n@mscbot reviewed");
  }),
  step(4, 10, (town) => town.says("ara4n", 3381, "@mscbot reviewed")),
  step(5, 2, (town) => {
    town.says("richvdh", 2676, "@mscbot fcp merge");
    town.approves("dbkr", 2676);
    town.approves("turt2live", 2676);
    town.says("erikjohnston", 2676, "@mscbot reviewed");
    town.says("turt2live", 2448, "@mscbot fcp merge");
    town.says("dbkr", 2448, "@mscbot concern the hash is shown before the sender is known to be trusted");
  }),
  step(5, 5, (town) => {
    town.ticks("ara4n", 2676);
    town.labels("KitsuneRal", 2448, "vote:approve");
    town.says("erikjohnston", 2448, "@mscbot abstain");
    town.says("erikjohnston", 1779, "@mscbot fcp merge");
  }),
  step(6, 1, (town) => {
    for (const login of ["richvdh", "anoadragon453", "dbkr"]) town.approves(login, 1779);
    town.says("ara4n", 1779, "@mscbot reviewed as spec-core-team");
    town.ticks("AmandineLP", 1779);
  }),
];

/** The visitor comes this long after adoption. */
export const STORY_LENGTH = 6 * DAY + 4 * HOUR;
