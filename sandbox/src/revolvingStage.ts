import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import type { FaultsView, Scenery } from "./page/scene.js";
import type { Stage } from "./page/site.js";
import type { States } from "./page/statePage.js";
import { tellFault } from "./page/wire.js";
import { READER } from "./reader.js";
import { type SavedFile, SavedFiles } from "./savedFiles.js";
import { decodeState, encodeState, type SavedState } from "./savedState.js";
import { LiveStage } from "./stage.js";
import type { Account } from "./state.js";

const logger = pinoLog("error", true);

export interface Where {
  /** Where links in the sandbox's answers lead people. */
  readonly links: string;
  /** Of the saved states. */
  readonly directory: string;
}

/** One stage after another in the same place: back to how it began, or on from a saved state. The clerk of before is gone with all it knew. */
export class RevolvingStage implements Stage, States {
  readonly #beginning: SavedState;
  readonly #files: SavedFiles;
  readonly #links: string;
  readonly #token: string;
  readonly #listeners = new Set<() => void>();
  #stage: LiveStage;
  /** Deeds wait for it. */
  #turning: Promise<void> = Promise.resolve();

  private constructor(stage: LiveStage, beginning: SavedState, { links, directory }: Where, token: string) {
    this.#stage = stage;
    this.#beginning = beginning;
    this.#files = new SavedFiles(directory);
    this.#links = links;
    this.#token = token;
    this.#hear();
  }

  /** `stage` has begun. */
  static async around(stage: LiveStage, where: Where): Promise<RevolvingStage> {
    // It stays good whatever state the sandbox is brought into.
    const token = stage.sandbox.tokenFor(READER);
    return new RevolvingStage(stage, await stage.save(), where, token);
  }

  get states(): States {
    return this;
  }
  get about() {
    return this.#stage.about;
  }
  get place() {
    return this.#stage.place;
  }
  get sandbox() {
    return this.#stage.sandbox;
  }
  get token(): string {
    return this.#token;
  }

  scene(you: Account): Scenery {
    return this.#stage.scene(you);
  }

  async act(doing: () => void): Promise<void> {
    await this.#turning;
    return this.#stage.act(doing);
  }

  async moveClock(milliseconds: number): Promise<void> {
    await this.#turning;
    return this.#stage.moveClock(milliseconds);
  }

  setFaults(faults: FaultsView): void {
    this.#stage.setFaults(faults);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  list(): readonly SavedFile[] {
    return this.#files.list();
  }

  get directory(): string {
    return this.#files.directory;
  }

  text(name: string): string | null {
    return this.#files.text(name);
  }

  async save(name: string): Promise<void> {
    await this.#turning;
    this.#files.put(name, encodeState(await this.#stage.save()));
  }

  async open(name: string): Promise<string | null> {
    const text = this.#files.text(name);
    if (text === null) return `There is no saved state called ${name}.`;
    const decoded = decodeState(text);
    if (decoded.kind === "none") return decoded.why;
    return (await this.#turnTo(decoded.state))
      ? null
      : `The sandbox cannot go on from the state “${name}”: its terminal says why. Everything is as it was.`;
  }

  async beginAgain(): Promise<void> {
    await this.#turnTo(this.#beginning);
  }

  async close(): Promise<void> {
    await this.#turning;
    await this.#stage.close();
  }

  /** false: that state cannot be gone on from, and everything is as it was. */
  #turnTo(state: SavedState): Promise<boolean> {
    const turned = this.#turning.then(async () => {
      const before = this.#stage;
      const asItWas = await before.save();
      const port = Number(new URL(before.sandbox.url).port);
      await before.close();
      const from = (one: SavedState) => LiveStage.from(one, { logger, port, links: this.#links });
      let isThere = true;
      this.#stage = await from(state).catch((thrown: unknown) => {
        isThere = false;
        tellFault(thrown);
        return from(asItWas);
      });
      this.#stage.sandbox.goOnWithToken(this.#token, READER);
      this.#hear();
      this.#tell();
      return isThere;
    });
    this.#turning = turned.then(
      () => {},
      () => {},
    );
    return turned;
  }

  #hear(): void {
    this.#stage.onChange(() => this.#tell());
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
