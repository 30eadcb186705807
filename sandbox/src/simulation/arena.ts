// One file: what happens to the one world of a story, so that whoever adds to it sees all that goes on at once.

import { generateKeyPairSync } from "node:crypto";
import { keysOf } from "msc-clerk/assemble.js";
import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { KeptRegister, Store } from "msc-clerk/store/port.js";
import type { Logger } from "probot";
import { newSandbox, RECORD_KEYS } from "../clerk.js";
import type { Happening } from "../happening.js";
import type { Sandbox } from "../sandbox.js";
import { payloadOf } from "../webhooks/payload.js";
import { type Amendment, isSilenced } from "./amendment.js";
import { type Chance, chanceOf } from "./chance.js";
import { FIRST_LABELS } from "./config.js";
import { Constitution } from "./constitution.js";
import { Judge } from "./judge.js";
import { Machine, type Mutation } from "./machine.js";
import { Owners } from "./owners.js";
import { does, type Proposal, pathOf } from "./people.js";
import {
  AUTHOR,
  type DrawnStory,
  MAINTAINER,
  PLAYERS,
  STRANGER,
  type StoryStep,
  type Weather,
} from "./story.js";
import { inWords } from "./telling.js";
import { fateIn } from "./weather.js";
import { type Fate, Wire, type WireRequest } from "./wire.js";

const START = Date.UTC(2026, 2, 2, 9);
/** Rarer than in production, so that a seed costs little: what no webhook told is found all the same. */
const RESYNC = 12 * HOUR;

/** One of each for the process: making a key takes longer than a seed. Nothing is signed by the App's own here, so it is of a kind that is read fast. */
const secrets = {
  webhookSecret: "nothing is sent by HTTP here",
  privateKey: generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey,
};
const keys = keysOf({ ...secrets, recordKeys: RECORD_KEYS });
const silent = pinoLog("fatal", false);

/** Runs one story: GitHub, the people, up to two machines with a clerk each, their store, and what goes wrong. */
export class Arena {
  readonly clock = new MovableClock(START, () => this.#turn());
  readonly sandbox: Sandbox;
  readonly proposals: Proposal[] = [];
  readonly judge: Judge;
  readonly #story: DrawnStory;
  readonly #mutation: Mutation;
  readonly chance: Chance;
  readonly wire: Wire;
  readonly #machines: readonly Machine[];
  readonly #constitution: Constitution;
  owners: Owners | null;
  weather: Weather | null = null;
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
    this.chance = chanceOf(story.seed + 1_000_003);
    this.sandbox = newSandbox(secrets, { clock: this.clock });
    const members = PLAYERS.slice(0, story.size.members);
    for (const login of members) this.sandbox.addUser(login, { level: "write" });
    this.sandbox.addUser(MAINTAINER, { level: "admin" });
    this.sandbox.addUser(AUTHOR);
    this.sandbox.addUser(STRANGER);
    for (const label of FIRST_LABELS) this.sandbox.as(MAINTAINER).createLabel(label);
    this.judge = new Judge(this, members);
    this.#constitution = new Constitution(this.sandbox, this.judge, members);
    this.wire = new Wire(
      this.sandbox,
      secrets.privateKey,
      (asked) => this.#fate(asked),
      (asked) => this.#written(asked),
    );
    this.#machines = [0, 1].map((id) => new Machine(id, this, mutation));
    // As in production: who has PostgreSQL may have several, and then each installation is one's at a time.
    this.owners = story.steps.some(({ kind }) => kind === "second instance") ? new Owners(this.clock) : null;
    this.sandbox.store.onHappening((happening) => this.#happened(happening));
  }

  get amendment(): Amendment | null {
    return this.#constitution.amendment;
  }

  /** Throws a `Wrong` at the first thing that is not as the rules have it. `onStep`: told before each. */
  async run(onStep: (step: StoryStep, at: number) => void = () => {}): Promise<void> {
    this.start(0);
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
    for (const machine of this.#machines) machine.kill();
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
        this.#constitution.amend(step.act);
        return;
      case "weather":
        this.weather = step.weather;
        return;
      case "hang":
      case "kill":
        this.#machines[step.machine]?.stopAt(step);
        return;
      case "second instance":
        this.start(1);
        void this.clock.sleep(step.until).then(() => this.#machines[1]?.kill());
        return;
      case "machine's clock": {
        const machine = this.#machines[step.machine];
        if (machine !== undefined) machine.ahead = step.ahead;
        return;
      }
      case "store lost": {
        const running = this.#machines.filter(({ clerk }) => clerk !== null);
        for (const machine of this.#machines) machine.kill();
        this.store = this.#newStore();
        if (this.owners !== null) this.owners = new Owners(this.clock);
        this.kept.clear();
        for (const { id } of running) this.start(id);
        return;
      }
      case "config":
        this.#constitution.spoil(step.pushed);
        void this.clock.sleep(step.back).then(() => this.#constitution.mend());
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

  async #calm(): Promise<void> {
    this.weather = null;
    this.#constitution.mend();
    const [first, second] = this.#machines;
    second?.kill();
    first?.stopAt(null);
    if (first?.stillSince != null) first.kill();
    for (const { number } of this.proposals) this.sandbox.as(MAINTAINER).unlock(number);
    this.start(0);
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
    this.#constitution.calmIsOver();
  }

  async #advance(ms: number): Promise<void> {
    await this.#turn();
    await this.clock.advance(ms);
    await this.#turn();
  }

  /** Everything has run that needs no more than its turn: nobody waits for one, or what goes on asks for nothing. */
  async #turn(): Promise<void> {
    for (let quiet = 0, before = -1; quiet < QUIET_TURNS; quiet += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!process.getActiveResourcesInfo().includes("Immediate")) return;
      if (this.activity !== before) quiet = 0;
      before = this.activity;
    }
  }

  start(id: number): void {
    this.#machines[id]?.start({
      ...secrets,
      recordKeys: RECORD_KEYS,
      keys,
      appId: this.sandbox.app.id,
      baseUrl: "https://api.github.com",
      logger: this.#logger,
      dryRun: false,
      timing: { resyncEvery: RESYNC },
    });
  }

  /** The store has taken it. */
  keptAt(pull: number, next: KeptRegister): void {
    const before = this.kept.get(pull)?.sequence ?? 0;
    this.kept.set(pull, next);
    if (before >= next.sequence)
      this.judge.wrong(`#${pull}: record ${next.sequence} takes the place of record ${before} in the store`);
    this.judge.keptOf(pull);
  }

  // --- what goes wrong ---

  #fate({ machine: id, what }: WireRequest): Fate {
    const machine = this.#machines[id];
    machine?.touch(what);
    return fateIn(this.weather, this.chance, machine?.stillSince === this.clock.now());
  }

  #written(asked: WireRequest): void {
    this.writes += 1;
    this.#last = asked.what;
    this.judge.written();
    this.#machines[asked.machine]?.touch(`${asked.what} done`);
  }

  #happened(happening: Happening): void {
    if (!this.sandbox.app.events.includes(happening.event)) return;
    const { repositoryId, event } = happening;
    if (repositoryId !== this.sandbox.repositoryId) return;
    const { lost = 0, doubled = 0, late = 0 } = this.weather ?? {};
    const chance = this.chance;
    if (chance.maybe(lost)) return;
    const payload = payloadOf(this.sandbox.view(), happening);
    for (let copies = chance.maybe(doubled) ? 2 : 1; copies > 0; copies -= 1) {
      const delay = chance.maybe(late) ? chance.span(SECOND, 2 * HOUR) : chance.below(2 * SECOND);
      void this.clock.sleep(delay + 1).then(() => this.#deliver(event, payload));
    }
  }

  #deliver(event: string, payload: object): void {
    const running = this.#machines.flatMap(({ hearing }) => hearing);
    const clerk = running.length < 2 ? running[0] : running[this.chance.below(running.length)];
    if (clerk === undefined) return;
    this.activity += 1;
    if (this.#mutation.hear === undefined) clerk.hear(event, payload, "simulated");
    else this.#mutation.hear(clerk, event, payload);
  }
}

/** The clerk gathers what it asks for in one turn, and asks in the next. */
const QUIET_TURNS = 3;
