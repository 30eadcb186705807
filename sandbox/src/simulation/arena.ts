import { generateKeyPairSync } from "node:crypto";
import type { Clerk, ClerkOptions } from "msc-clerk/app.js";
import { createClerk } from "msc-clerk/app.js";
import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { Connection } from "msc-clerk/github/connect.js";
import { connectGitHub } from "msc-clerk/github/connect.js";
import { MovableClock, shiftedClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { type Evaluate, evaluate } from "msc-clerk/runtime/reconcile/evaluate.js";
import type { HeardNews } from "msc-clerk/runtime/server/heard.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Ownership } from "msc-clerk/store/ownership.js";
import type { KeptRegister, Store } from "msc-clerk/store/port.js";
import type { Logger } from "probot";
import { newSandbox, newSecrets, RECORD_KEYS } from "../clerk.js";
import type { Happening } from "../happening.js";
import type { Sandbox } from "../sandbox.js";
import { payloadOf } from "../webhooks/payload.js";
import { type Amendment, type AmendmentAct, adopted, amends, isSilenced } from "./amendment.js";
import { type Chance, chanceOf } from "./chance.js";
import { configOf } from "./config.js";
import { Judge } from "./judge.js";
import { Owners, type Process } from "./owners.js";
import { does, type Proposal, pathOf } from "./people.js";
import {
  AUTHOR,
  type DrawnStory,
  inWords,
  MAINTAINER,
  PLAYERS,
  STRANGER,
  type StopAt,
  type StoryStep,
  type Weather,
} from "./story.js";
import { type Fate, never, Wire, type WireRequest } from "./wire.js";

/** What of the clerk is put in another's place: nothing, or what a mutant does. */
export interface Mutation {
  readonly store?: (store: Store) => Store;
  /** What all machines have their store on. */
  readonly disk?: (store: Store) => Store;
  /** Of several instances. */
  readonly ownership?: (ownership: Ownership<HeardNews>) => Ownership<HeardNews>;
  readonly connection?: (connection: Connection) => Connection;
  readonly evaluate?: (evaluate: Evaluate) => Evaluate;
  readonly timing?: ClerkOptions["timing"];
  readonly hear?: (clerk: Clerk, event: string, payload: object) => void;
  /** It does not hear what GitHub's answers say of the time. */
  readonly isDeafToTime?: true;
}

const NEWCOMERS_ID = 9_000_001;
const START = Date.UTC(2026, 2, 2, 9);
/** Rarer than in production, so that a seed costs little: what no webhook told is found all the same. */
const RESYNC = 12 * HOUR;
const CONFIG = ".github/msc-clerk.yml";

/** One of each for the process: making a key takes longer than a seed. Nothing is signed by the App's own here, so it is of a kind that is read fast. */
const secrets = {
  ...newSecrets(),
  privateKey: generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey,
};
const silent = pinoLog("fatal", false);

interface Machine {
  readonly id: number;
  clerk: Clerk | null;
  life: { alive: boolean };
  /** Of its clock, in milliseconds. */
  ahead: number;
  /** So many more things it does before its power goes; or what it is then about to do, or has just done. */
  left: StopAt;
  back: number;
  /** Then it does not lose its power but stands still. */
  hangs: boolean;
  stillSince: number | null;
  /** A later step may say something else of `back` while it stands still. */
  stillUntil: number;
  process: Process | null;
}

/** Runs one story: GitHub, the people, up to two machines with a clerk each, their store, and what goes wrong. */
export class Arena {
  readonly clock = new MovableClock(START, () => this.#turn());
  readonly sandbox: Sandbox;
  readonly proposals: Proposal[] = [];
  amendment: Amendment | null = null;
  readonly judge: Judge;
  readonly #story: DrawnStory;
  readonly #mutation: Mutation;
  readonly #chance: Chance;
  readonly #wire: Wire;
  readonly #machines: readonly Machine[];
  /** Who sits in the team by what was decided, and the config that says so. */
  #team: readonly string[];
  #config: string;
  /** How many calms there were, and in which part the default branch had another config than the lawful one. */
  #part = 0;
  #unsettledIn = -1;
  #owners: Owners | null;
  #weather: Weather | null = null;
  store: Store;
  /** The registers as they were last kept, by pull request. */
  readonly kept = new Map<number, KeptRegister>();
  activity = 0;
  /** How often the clerk has written on GitHub, and what was the last. */
  writes = 0;
  #last = "";

  readonly #logger: Logger;
  readonly #logged: ((line: string) => void) | null;

  /** `logged`: gets every line of the clerk's own log. */
  constructor(story: DrawnStory, mutation: Mutation = {}, logged: ((line: string) => void) | null = null) {
    this.#logged = logged;
    this.#logger =
      logged === null
        ? silent
        : pinoLog("debug", true, {
            write: (line) =>
              logged(`  ${new Date(this.clock.now()).toISOString().slice(11, 19)}${line.slice(8)}`),
          });
    this.#story = story;
    this.#mutation = mutation;
    this.store = this.#newStore();
    this.#chance = chanceOf(story.seed + 1_000_003);
    this.sandbox = newSandbox(secrets, { clock: this.clock });
    const members = PLAYERS.slice(0, story.size.members);
    this.#team = members;
    this.#config = configOf(members);
    for (const login of members) this.sandbox.addUser(login, { level: "write" });
    this.sandbox.addUser(MAINTAINER, { level: "admin" });
    this.sandbox.addUser(AUTHOR);
    this.sandbox.addUser(STRANGER);
    const newcomer = PLAYERS[story.size.members];
    if (newcomer !== undefined) this.sandbox.addUser(newcomer, { level: "write", id: NEWCOMERS_ID });
    for (const label of LABELS) this.sandbox.as(MAINTAINER).createLabel(label);
    this.#push(this.#config, "Adopt the clerk");
    this.#wire = new Wire(
      this.sandbox,
      secrets.privateKey,
      (asked) => this.#fate(asked),
      (asked) => this.#written(asked),
    );
    this.#machines = [0, 1].map((id) => ({
      id,
      clerk: null,
      life: { alive: false },
      ahead: 0,
      left: Number.POSITIVE_INFINITY,
      back: 0,
      hangs: false,
      stillSince: null,
      stillUntil: 0,
      process: null,
    }));
    // As in production: who has PostgreSQL may have several, and then each installation is one's at a time.
    this.#owners = story.steps.some(({ kind }) => kind === "second instance") ? new Owners(this.clock) : null;
    this.sandbox.store.onHappening((happening) => this.#happened(happening));
    this.judge = new Judge(this, members);
  }

  /** Throws a `Wrong` at the first thing that is not as the rules have it. `onStep`: told before each. */
  async run(onStep: (step: StoryStep, at: number) => void = () => {}): Promise<void> {
    this.#start(0);
    await this.#advance(MINUTE);
    for (let at = 0; at < this.#story.size.proposals; at += 1) await this.#propose();
    for (const [at, step] of this.#story.steps.entries()) {
      onStep(step, at);
      this.#logged?.(`${new Date(this.clock.now()).toISOString()} step ${at + 1}: ${inWords(step)}`);
      await this.#step(step);
      this.judge.orThrow();
    }
  }

  /** Nothing of it goes on. */
  end(): void {
    for (const { id } of this.#machines) this.#kill(id);
  }

  async #propose(): Promise<void> {
    await this.#advance(20 * SECOND);
    const { nextNumber: number } = this.sandbox.repository;
    this.sandbox
      .as(AUTHOR)
      .openPull({ title: `MSC${number}: A thing`, files: { [pathOf(number)]: "# Proposal\n\ntext 1\n" } });
    this.sandbox.as(MAINTAINER).label(number, "proposal");
    this.proposals.push({
      number,
      facts: [],
      texts: ["text 1"],
      nextText: 1,
      moved: [],
      deleted: 0,
      ticked: false,
    });
  }

  async #step(step: StoryStep): Promise<void> {
    switch (step.kind) {
      case "act": {
        await this.#advance(step.pause + SECOND);
        const proposal = this.proposals[step.act.pull];
        if (proposal === undefined || isSilenced(this.amendment, step.act.by, this.clock.now())) return;
        const fact = does(this.sandbox, proposal, step.act, this.judge.standings(proposal));
        if (fact !== null) proposal.facts.push(fact);
        return;
      }
      case "amendment":
        await this.#advance(step.pause + SECOND);
        this.#amend(step.act);
        return;
      case "weather":
        this.#weather = step.weather;
        return;
      case "hang":
      case "kill": {
        const machine = this.#machines[step.machine];
        if (machine === undefined) return;
        machine.left = step.at;
        machine.back = step.back;
        machine.hangs = step.kind === "hang";
        return;
      }
      case "second instance":
        this.#start(1);
        void this.clock.sleep(step.until).then(() => this.#kill(1));
        return;
      case "machine's clock": {
        const machine = this.#machines[step.machine];
        if (machine !== undefined) machine.ahead = step.ahead;
        return;
      }
      case "store lost": {
        const running = this.#machines.filter(({ clerk }) => clerk !== null);
        for (const { id } of this.#machines) this.#kill(id);
        this.store = this.#newStore();
        if (this.#owners !== null) this.#owners = new Owners(this.clock);
        this.kept.clear();
        for (const { id } of running) this.#start(id);
        return;
      }
      case "config":
        this.#push(
          step.pushed === "broken" ? "version: [" : this.#config.replace(/2\/3/g, "1/6"),
          "Change it",
        );
        this.judge.config(step.pushed);
        this.#unsettledIn = this.#part;
        void this.clock.sleep(step.back).then(() => this.#mend());
        return;
      case "wait":
        await this.#advance(step.ms);
        return;
      case "calm":
        await this.#calm();
        return;
    }
  }

  #newStore(): Store {
    const store = inMemoryStore();
    return this.#mutation.disk?.(store) ?? store;
  }

  #amend(act: AmendmentAct): void {
    const team = this.#team;
    if (act.kind === "open") {
      const whose = act.change === "seat" ? PLAYERS[team.length] : team.at(-1);
      if (this.amendment !== null || whose === undefined || this.#unsettledIn === this.#part) return;
      const change = { change: act.change, whose };
      const { number } = this.sandbox.as(MAINTAINER).openPull({
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
    if (amendment === null || this.judge.lost.has(amendment.number)) return;
    const isConfigSettled = this.#unsettledIn !== this.#part;
    amends(this.sandbox, amendment, act, { part: this.#part, team, isConfigSettled });
    const { merged } = amendment;
    if (merged === null || act.kind !== "merge" || this.#team !== team) return;
    const next = adopted(amendment, team);
    if (merged.lawfully) {
      this.#team = next;
      this.#config = this.#configWith(amendment);
      this.judge.roster(next);
    } else {
      this.#unsettledIn = this.#part;
      this.judge.roster(team, next);
    }
  }

  #configWith(amendment: Pick<Amendment, "change" | "whose">): string {
    const { change, whose } = amendment;
    const first = PLAYERS.slice(0, this.#story.size.members);
    return change === "seat"
      ? configOf(first, [{ login: whose, id: NEWCOMERS_ID }])
      : configOf(first.filter((login) => login !== whose));
  }

  async #calm(): Promise<void> {
    this.#weather = null;
    this.#mend();
    this.#kill(1);
    const [machine] = this.#machines;
    if (machine !== undefined) machine.left = Number.POSITIVE_INFINITY;
    if (machine?.stillSince != null) this.#kill(0);
    for (const { number } of this.proposals) this.sandbox.as(MAINTAINER).unlock(number);
    this.#start(0);
    // A machine's clock that was put back makes it wait as much longer.
    await this.#advance(RESYNC + 2 * HOUR + 20 * MINUTE);
    await this.judge.calm();
    // Told again what it has seen, the clerk finds nothing to do.
    const before = this.writes;
    const of = { repositoryId: this.sandbox.repositoryId, senderId: this.sandbox.as(MAINTAINER).id };
    for (const { number } of this.proposals) {
      // A closed one is not looked for by the rounds when the store has lost how far they went.
      if (this.sandbox.thread(number).state === "closed") continue;
      const edited = { ...of, event: "pull_request", action: "edited", number } as const;
      this.#deliver("pull_request", payloadOf(this.sandbox.view(), edited));
    }
    await this.#advance(MINUTE);
    if (this.writes > before) this.judge.wrong(`in a calm it writes what stands already: ${this.#last}`);
    for (const proposal of this.proposals) {
      proposal.texts = proposal.texts.slice(-1);
      proposal.ticked = false;
    }
    this.#part += 1;
  }

  #push(text: string, message: string): void {
    this.sandbox.as(MAINTAINER).pushTo(null, { [CONFIG]: text }, { message });
  }

  #mend(): void {
    if (this.sandbox.fileText(CONFIG) !== this.#config) this.#push(this.#config, "Put it right");
    this.judge.config(null);
    this.judge.roster(this.#team);
  }

  async #advance(ms: number): Promise<void> {
    await this.#turn();
    await this.clock.advance(ms);
    await this.#turn();
  }

  /** Everything has run that needs no more than its turn. */
  async #turn(): Promise<void> {
    for (let quiet = 0, before = -1; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.activity !== before) quiet = 0;
      before = this.activity;
    }
  }

  // --- machines ---

  #start(id: number): void {
    const machine = this.#machines[id];
    if (machine === undefined || machine.clerk !== null) return;
    const life = { alive: true };
    machine.life = life;
    const {
      store = (one: Store) => one,
      connection = (one: Connection) => one,
      ownership = (one: Ownership<HeardNews>) => one,
      timing = {},
      isDeafToTime = false,
    } = this.#mutation;
    const alive = () => life.alive;
    const clock = shiftedClock(this.clock, () => machine.ahead);
    const still = () => this.#whileStill(machine);
    const process: Process = { alive, stillSince: () => machine.stillSince, now: () => clock.now() };
    machine.process = process;
    const owned = this.#owners?.of(process);
    const clerk = createClerk({
      ...secrets,
      recordKeys: RECORD_KEYS,
      appId: this.sandbox.app.id,
      baseUrl: "https://api.github.com",
      clock: {
        now: () => clock.now(),
        sleep: (ms, signal) => clock.sleep(ms, signal).then(still),
      },
      ownership: owned === undefined ? undefined : ownership(owned),
      logger: this.#logger,
      dryRun: false,
      timing: { resyncEvery: RESYNC, ...timing },
      store: store(this.#storeOf(machine, life)),
      evaluate: this.#mutation.evaluate?.(evaluate) ?? evaluate,
      connect: (parts) =>
        connection(
          connectGitHub({
            ...parts,
            jitter: () => 0.5,
            // What is slow there is so by the simulation's clock.
            timeout: null,
            auth: async (installation) =>
              this.#wire.client(
                id,
                installation !== undefined,
                alive,
                still,
                isDeafToTime ? DEAF : parts.gitHubClock,
              ),
          }),
        ),
    });
    machine.clerk = clerk;
    clerk.begin();
  }

  #kill(id: number): void {
    const machine = this.#machines[id];
    if (machine === undefined) return;
    machine.left = Number.POSITIVE_INFINITY;
    machine.life.alive = false;
    machine.clerk?.kill();
    machine.clerk = null;
    machine.stillSince = null;
    if (machine.process !== null) this.#owners?.gone(machine.process);
    machine.process = null;
  }

  /** Something it does; its power may go with it. */
  #touch(id: number, what: string): void {
    this.activity += 1;
    const machine = this.#machines[id];
    if (machine === undefined || machine.clerk === null) return;
    if (typeof machine.left === "number") {
      machine.left -= 1;
      if (machine.left > 0) return;
    } else if (machine.left !== what) return;
    if (machine.hangs) this.#hang(machine);
    else {
      this.#kill(id);
      void this.clock.sleep(machine.back).then(() => this.#start(id));
    }
  }

  /** Nothing goes on in it for a while, and what it has sent arrives all the same. */
  #hang(machine: Machine): void {
    const { process } = machine;
    if (process === null || machine.stillSince !== null) return;
    machine.left = Number.POSITIVE_INFINITY;
    const since = this.clock.now();
    machine.stillSince = since;
    machine.stillUntil = since + machine.back;
    this.#owners?.still(process);
    void this.clock.sleep(machine.back).then(() => {
      if (machine.process !== process || machine.stillSince !== since) return;
      machine.stillSince = null;
      this.#owners?.awake(process, this.clock.now() - since);
    });
  }

  /** Resolves once the machine goes on; nothing: it does not stand still. */
  #whileStill(machine: Machine): Promise<void> | undefined {
    const since = machine.stillSince;
    if (since === null) return undefined;
    const { process } = machine;
    const left = Math.max(1, machine.stillUntil - this.clock.now() + 1);
    return this.clock
      .sleep(left)
      .then(() => (machine.process === process ? this.#whileStill(machine) : never()));
  }

  /** The one store, as one machine has it. */
  #storeOf(machine: Machine, life: { readonly alive: boolean }): Store {
    const call = async (
      name: string,
      real: () => Promise<unknown>,
      done: (answer: unknown) => void = () => {},
    ): Promise<unknown> => {
      if (life.alive) this.#touch(machine.id, name);
      // It may be that it stood still before this left it.
      if (machine.stillSince !== null) await this.#whileStill(machine);
      if (!life.alive) return never();
      if (this.#weather !== null && this.#chance.maybe(this.#weather.slow))
        await this.clock.sleep(this.#chance.span(5, SECOND));
      if (!life.alive) return never();
      const fails = this.#weather !== null && this.#chance.maybe(this.#weather.store);
      if (fails && this.#chance.maybe(0.5)) return UNAVAILABLE;
      const answer = await real();
      done(answer);
      if (life.alive && WRITES.has(name)) this.#touch(machine.id, `${name} done`);
      if (machine.stillSince !== null) await this.#whileStill(machine);
      if (!life.alive) return never();
      return fails ? UNAVAILABLE : answer;
    };
    const views = through<Store["views"]>((name, args) =>
      call(name, () => bound(this.store.views, name)(...args)),
    );
    return through<Store>(
      (name, args) => {
        if (name === "close") return Promise.resolve();
        if (name === "tally") return this.store.tally();
        return call(
          name,
          () => bound(this.store, name)(...args),
          (answer) => {
            if (name !== "putRegister" || (answer as { kind: string }).kind !== "stored") return;
            const [of, next] = args as Parameters<Store["putRegister"]>;
            const before = this.kept.get(of.pull);
            this.kept.set(of.pull, next);
            if (before !== undefined && before.sequence >= next.sequence)
              this.judge.wrong(
                `#${of.pull}: record ${next.sequence} takes the place of record ${before.sequence} in the store`,
              );
            this.judge.keptOf(of.pull);
          },
        );
      },
      { views },
    );
  }

  // --- what goes wrong ---

  #fate({ machine, what }: WireRequest): Fate {
    this.#touch(machine, what);
    const weather = this.#weather;
    const chance = this.#chance;
    // What it has just sent is on its way while it stands still.
    if (this.#machines[machine]?.stillSince === this.clock.now())
      return { ...FAIR, before: chance.span(100, 8 * SECOND) };
    if (weather === null) return FAIR;
    const failing = chance.maybe(weather.failing);
    return {
      before: chance.maybe(weather.slow) ? chance.span(100, 8 * SECOND) : 0,
      after: chance.maybe(weather.slow) ? chance.span(100, 8 * SECOND) : 0,
      lag: weather.lag > 0 ? chance.below(weather.lag) : 0,
      failure: failing
        ? chance.weighed<Fate["failure"]>([
            [3, { kind: "error", status: 502, carriedOut: true }],
            [2, { kind: "error", status: 502, carriedOut: false }],
            [2, { kind: "cut", carriedOut: true }],
            [1, { kind: "cut", carriedOut: false }],
            [1, { kind: "secondary", retryAfter: 60 }],
            [0.3, { kind: "forbidden" }],
            [0.3, { kind: "primary", resetIn: 20 * MINUTE }],
          ])
        : null,
    };
  }

  #written(asked: WireRequest): void {
    this.writes += 1;
    this.#last = asked.what;
    this.judge.written();
    this.#touch(asked.machine, `${asked.what} done`);
  }

  #happened(happening: Happening): void {
    if (!this.sandbox.app.events.includes(happening.event)) return;
    const { repositoryId, event } = happening;
    if (repositoryId !== this.sandbox.repositoryId) return;
    const { lost = 0, doubled = 0, late = 0 } = this.#weather ?? {};
    const chance = this.#chance;
    if (chance.maybe(lost)) return;
    const payload = payloadOf(this.sandbox.view(), happening);
    for (let copies = chance.maybe(doubled) ? 2 : 1; copies > 0; copies -= 1) {
      const delay = chance.maybe(late) ? chance.span(SECOND, 2 * HOUR) : chance.below(2 * SECOND);
      void this.clock.sleep(delay + 1).then(() => this.#deliver(event, payload));
    }
  }

  #deliver(event: string, payload: object): void {
    // One that stands still takes nothing, and GitHub tries only once.
    const running = this.#machines.flatMap(({ clerk, stillSince }) =>
      stillSince === null ? (clerk ?? []) : [],
    );
    const clerk = running.length < 2 ? running[0] : running[this.#chance.below(running.length)];
    if (clerk === undefined) return;
    this.activity += 1;
    if (this.#mutation.hear === undefined) clerk.hear(event, payload, "simulated");
    else this.#mutation.hear(clerk, event, payload);
  }
}

/** The clerk gathers what it asks for in one turn, and asks in the next. */
const QUIET_TURNS = 3;
const UNAVAILABLE = { kind: "unavailable", why: "the simulation does not let it" } as const;
const DEAF = { asking: () => () => {} };
const FAIR: Fate = { before: 0, after: 0, lag: 0, failure: null };
type Method = (...args: readonly unknown[]) => Promise<unknown>;
const bound = (of: object, name: string): Method => (Reflect.get(of, name) as Method).bind(of);
/** All of its methods are answered by `call`; what it `has` is that. */
const through = <T extends object>(
  call: (name: string, args: readonly unknown[]) => unknown,
  has: Partial<T> = {},
): T =>
  new Proxy({} as T, {
    get: (_, name) => Reflect.get(has, name) ?? ((...args: readonly unknown[]) => call(String(name), args)),
  });
/** After these there is something that was done. */
const WRITES = new Set<string>([
  "putRegister",
  "putDecision",
  "intend",
  "settle",
  "putLawful",
  "putProposals",
]);
const LABELS = [
  "proposal",
  "vote:approve",
  "vote:abstain",
  "vote:retract",
  "disposition-merge",
  "disposition-close",
  "disposition-postpone",
  "final-comment-period",
  "proposed-final-comment-period",
  "finished-final-comment-period",
  "unresolved-concerns",
] as const;
