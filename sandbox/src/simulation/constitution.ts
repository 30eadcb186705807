import type { Sandbox } from "../sandbox.js";
import { type Amendment, type AmendmentAct, adopted, amends } from "./amendment.js";
import { configOf } from "./config.js";
import type { Judge } from "./judge.js";
import { MAINTAINER, PLAYERS } from "./story.js";

const CONFIG = ".github/msc-clerk.yml";
const NEWCOMERS_ID = 9_000_001;

/** The config on the default branch through a story: what was decided, what somebody pushed, and who sits in the team by it. */
export class Constitution {
  readonly #sandbox: Sandbox;
  readonly #judge: Pick<Judge, "config" | "lost" | "roster">;
  readonly #first: readonly string[];
  /** Who sits in the team by what was decided, and the config that says so. */
  #team: readonly string[];
  #lawful: string;
  amendment: Amendment | null = null;
  /** How many calms there were, and in which part the default branch had another config than the lawful one. */
  #part = 0;
  #unsettledIn = -1;

  constructor(
    sandbox: Sandbox,
    judge: Pick<Judge, "config" | "lost" | "roster">,
    members: readonly string[],
  ) {
    this.#sandbox = sandbox;
    this.#judge = judge;
    this.#first = members;
    this.#team = members;
    this.#lawful = configOf(members);
    const newcomer = PLAYERS[members.length];
    if (newcomer !== undefined) sandbox.addUser(newcomer, { level: "write", id: NEWCOMERS_ID });
    this.#push(this.#lawful, "Adopt the clerk");
  }

  /** Somebody pushes another one. */
  spoil(how: "broken" | "without approval"): void {
    this.#push(how === "broken" ? "version: [" : this.#lawful.replace(/2\/3/g, "1/6"), "Change it");
    this.#judge.config(how);
    this.#unsettledIn = this.#part;
  }

  mend(): void {
    if (this.#sandbox.fileText(CONFIG) !== this.#lawful) this.#push(this.#lawful, "Put it right");
    this.#judge.config(null);
    this.#judge.roster(this.#team);
  }

  calmIsOver(): void {
    this.#part += 1;
  }

  amend(act: AmendmentAct): void {
    const team = this.#team;
    if (act.kind === "open") {
      const whose = act.change === "seat" ? PLAYERS[team.length] : team.at(-1);
      if (this.amendment !== null || whose === undefined || this.#unsettledIn === this.#part) return;
      const change = { change: act.change, whose };
      const { number } = this.#sandbox.as(MAINTAINER).openPull({
        title: "Who sits in the team",
        body: "Why: so that there are enough of us.",
        files: { [CONFIG]: this.#configWith(change) },
      });
      this.amendment = {
        ...change,
        number,
        opened: this.#part,
        proposed: -1,
        retracted: -1,
        said: [],
        merged: null,
      };
      return;
    }
    const { amendment } = this;
    if (amendment === null || this.#judge.lost.has(amendment.number)) return;
    const isConfigSettled = this.#unsettledIn !== this.#part;
    amends(this.#sandbox, amendment, act, { part: this.#part, team, isConfigSettled });
    const { merged } = amendment;
    if (merged === null || act.kind !== "merge" || this.#team !== team) return;
    const next = adopted(amendment, team);
    if (merged.lawfully) {
      this.#team = next;
      this.#lawful = this.#configWith(amendment);
      this.#judge.roster(next);
    } else {
      this.#unsettledIn = this.#part;
      this.#judge.roster(team, next);
    }
  }

  #configWith(amendment: Pick<Amendment, "change" | "whose">): string {
    const { change, whose } = amendment;
    return change === "seat"
      ? configOf(this.#first, [{ login: whose, id: NEWCOMERS_ID }])
      : configOf(this.#first.filter((login) => login !== whose));
  }

  #push(text: string, message: string): void {
    this.#sandbox.as(MAINTAINER).pushTo(null, { [CONFIG]: text }, { message });
  }
}
