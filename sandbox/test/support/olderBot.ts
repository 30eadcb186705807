import { SECOND } from "msc-clerk/domain/text/time.js";
import { MEMBERS, OLDER_BOT } from "../../src/roster.js";
import type { Rehearsal } from "./rehearsal.js";

/** Labels that the older bot finds in the repository. */
const LABELS = [
  "proposal-in-review",
  "proposed-final-comment-period",
  "final-comment-period",
  "finished-final-comment-period",
  "rejected",
  "proposal-postponed",
  "unresolved-concerns",
];

const SCT = MEMBERS.map(({ login }) => login).filter((login) => login !== "AmandineLP");

interface Carried {
  /** Id of its status comment. */
  readonly comment: number;
  readonly disposition: string;
  readonly mover: string;
  readonly members: readonly string[];
  ticked: readonly string[];
  concerns: readonly { readonly text: string; readonly resolved: boolean }[];
}

/**
 * An older bot at work, as mscbot-python does it (https://github.com/matrix-org/mscbot-python/blob/main/command_handler.py): what a member says in a
 * new comment, it writes into its one status comment; ticks are members' edits of that comment. What it does is called by the test.
 */
export class OlderBotAtWork {
  readonly #r: Rehearsal;
  readonly #carried = new Map<number, Carried>();

  constructor(r: Rehearsal) {
    this.#r = r;
    r.sandbox.addUser(OLDER_BOT.login, OLDER_BOT);
    for (const label of LABELS) r.as("ara4n").createLabel(label);
  }

  get #bot() {
    return this.#r.as(OLDER_BOT.login);
  }

  /** Each doing is a second later than the one before. */
  async #then<T>(doing: () => T): Promise<T> {
    await this.#r.clock.advance(SECOND);
    return doing();
  }

  async moves(
    n: number,
    mover: string,
    disposition = "merge",
    former: readonly string[] = [],
  ): Promise<void> {
    await this.#then(() => this.#r.as(mover).comment(n, `@mscbot fcp ${disposition}`));
    const carried = { disposition, mover, members: [...SCT, ...former], ticked: [mover], concerns: [] };
    const { id } = await this.#then(() => this.#bot.comment(n, bodyOf(carried)));
    this.#carried.set(n, { ...carried, comment: id });
    await this.#then(() => {
      this.#bot.label(n, `disposition-${disposition}`, "proposed-final-comment-period");
      if (this.#r.labels(n).includes("proposal-in-review")) this.#bot.unlabel(n, "proposal-in-review");
    });
  }

  /** By a comment that the bot follows. */
  async reviewed(n: number, ...logins: readonly string[]): Promise<void> {
    for (const login of logins) {
      await this.#then(() => this.#r.as(login).comment(n, "@mscbot reviewed"));
      await this.notes(n, login);
    }
  }

  /** The bot ticks a box by itself. */
  async notes(n: number, login: string): Promise<void> {
    const carried = this.#of(n);
    carried.ticked = [...carried.ticked, login];
    await this.#rewrite(n);
  }

  /** By hand, in its comment: anybody's box by whoever may edit. */
  async ticks(n: number, by: string, login = by): Promise<void> {
    const carried = this.#of(n);
    carried.ticked = carried.ticked.includes(login)
      ? carried.ticked.filter((one) => one !== login)
      : [...carried.ticked, login];
    await this.#then(() => this.#r.as(by).editComment(carried.comment, bodyOf(carried)));
  }

  async concern(n: number, by: string, text: string): Promise<void> {
    await this.#then(() => this.#r.as(by).comment(n, `@mscbot concern ${text}`));
    const carried = this.#of(n);
    carried.concerns = [...carried.concerns, { text, resolved: false }];
    await this.#rewrite(n);
    await this.#then(() => this.#bot.label(n, "unresolved-concerns"));
  }

  /** `by` null: the bot strikes it through although nobody whom the clerk hears has said so. */
  async resolves(n: number, by: string | null, text: string): Promise<void> {
    if (by !== null) await this.#then(() => this.#r.as(by).comment(n, `@mscbot resolve ${text}`));
    const carried = this.#of(n);
    carried.concerns = carried.concerns.map((one) => (one.text === text ? { text, resolved: true } : one));
    await this.#rewrite(n);
    if (carried.concerns.every(({ resolved }) => resolved))
      await this.#then(() => this.#bot.unlabel(n, "unresolved-concerns"));
  }

  async begins(n: number): Promise<void> {
    await this.#then(() => {
      this.#bot.comment(
        n,
        ":bell: This is now entering its final comment period, as per the review above. :bell:",
      );
      this.#bot.label(n, "final-comment-period");
      this.#bot.unlabel(n, "proposed-final-comment-period");
    });
  }

  async finishes(n: number): Promise<void> {
    const { disposition } = this.#of(n);
    await this.#then(() => {
      this.#bot.comment(
        n,
        `The final comment period, with a disposition to **${disposition}**, as per the review above, is now **complete**.`,
      );
      this.#bot.label(n, "finished-final-comment-period");
      this.#bot.unlabel(n, "final-comment-period");
      this.#bot.unlabel(n, `disposition-${disposition}`);
      if (disposition === "close") this.#bot.close(n);
    });
  }

  #of(n: number): Carried {
    const carried = this.#carried.get(n);
    if (carried === undefined) throw new Error(`The older bot carries nothing on #${n}.`);
    return carried;
  }

  async #rewrite(n: number): Promise<void> {
    const carried = this.#of(n);
    await this.#then(() => this.#bot.editComment(carried.comment, bodyOf(carried)));
  }
}

function bodyOf({ mover, disposition, members, ticked, concerns }: Omit<Carried, "comment">): string {
  const listed = concerns.map(({ text, resolved }) => (resolved ? `* ~~${text}~~` : `* ${text}`));
  return [
    `Team member @${mover} has proposed to **${disposition}** this. The next step is review by the rest of the tagged people:`,
    "",
    ...members.map((login) => `- [${ticked.includes(login) ? "x" : " "}] @${login}`),
    "",
    ...(listed.length === 0 ? [] : ["Concerns:", "", ...listed, ""]),
    "Once at least 75% of reviewers approve (and there are no outstanding concerns), this will enter its final comment period.",
  ].join("\n");
}
