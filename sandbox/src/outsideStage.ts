import { DEFAULT_LABELS, LABELS, type LabelNames, labelNameOf } from "msc-clerk/domain/model/labels.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { ABOUT_MATRIX, type About } from "./about.js";
import { newSandbox, newSecrets, RECORD_KEYS, type Secrets } from "./clerk.js";
import type { OwnPlace } from "./opening.js";
import { aboutOwn, foundOwnRepository, type OwnConfig, permissionsFor } from "./ownBody.js";
import type { FaultsView, Scenery } from "./page/scene.js";
import type { Stage } from "./page/site.js";
import type { Sandbox } from "./sandbox.js";
import { adopt, foundRepository, openProposal } from "./seed.js";
import { PROPOSALS } from "./seedTexts.js";
import { ShiftedClock } from "./shiftedClock.js";
import { Shown } from "./shown.js";
import type { Account } from "./state.js";

/** The first line of {@link OutsideStage.environment}. */
export const OF_A_SANDBOX = "# Of a sandbox: worth nothing anywhere else, and nothing once it has stopped.";

/**
 * One in review, and a draft: a clerk writes once a second, and with all of the seed's its first minute would be spent on them. For the same reason the
 * labels are there.
 */
const OPEN = [1772, 4186];

/** Between two requests of a clerk that is at work. What it does after a longer wait of its own, the page shows when it comes. */
const BREATH = 150;

/**
 * The sandbox for a clerk that somebody else starts: another process, a container, a service. It goes by the machine's clock, which can
 * only be moved on; that clerk learns of it as it learns GitHub's time, from the answers to its next requests.
 */
export class OutsideStage implements Stage {
  readonly about: About;
  readonly states = null;
  readonly sandbox: Sandbox;
  readonly #clock = new ShiftedClock();
  readonly #secrets: Secrets = newSecrets();
  readonly #shown: Shown;

  readonly #own: OwnConfig | null;

  /** `own`: a body's own rules, and where its repository is; null: the Matrix ones. */
  constructor(own: { readonly config: OwnConfig; readonly place: OwnPlace } | null = null) {
    this.#own = own?.config ?? null;
    this.about = own === null ? ABOUT_MATRIX : aboutOwn(own.config);
    this.sandbox = newSandbox(this.#secrets, {
      clock: this.#clock,
      ...(own === null
        ? {}
        : {
            owner: own.place.owner,
            repository: { name: own.place.name },
            permissions: permissionsFor(own.config.rules),
          }),
    });
    this.#shown = new Shown(this.sandbox, this.about);
    this.sandbox.store.onHappening(() => this.#shown.tell());
  }

  get place() {
    return { store: this.sandbox.store, repositoryId: this.sandbox.repositoryId };
  }

  /** Answers from here on, with the config and its labels in place, and the Matrix ones with two proposals; webhooks go to this address. */
  async open(webhooks: string): Promise<void> {
    await this.sandbox.listen();
    if (this.#own === null) {
      foundRepository(this.sandbox);
      adopt(this.sandbox);
    } else foundOwnRepository(this.sandbox, this.#own);
    this.#makeLabels(this.#own?.rules.labels ?? DEFAULT_LABELS);
    if (this.#own === null)
      for (const proposal of PROPOSALS)
        if (OPEN.includes(proposal.number)) openProposal(this.sandbox, proposal);
    this.sandbox.webhooksTo(webhooks);
  }

  #makeLabels(names: LabelNames): void {
    const { repository } = this.sandbox;
    const [admin] = [...repository.levels].flatMap(([id, level]) => (level === "admin" ? [id] : []));
    const there = new Set([...repository.labels.values()].map(({ name }) => name.toLowerCase()));
    for (const { key, colour, description } of LABELS) {
      const name = labelNameOf(names, key);
      if (name !== null && !there.has(name.toLowerCase()))
        this.sandbox.as(this.sandbox.store.account(admin ?? 0).login).createLabel(name, colour, description);
    }
  }

  /** The variables that a clerk is to be started with, as the lines of a `.env` file, a container's or a service's. */
  environment(): string {
    const { privateKey, webhookSecret } = this.#secrets;
    return [
      OF_A_SANDBOX,
      `GITHUB_API_URL=${this.sandbox.url}`,
      `APP_ID=${this.sandbox.app.id}`,
      `PRIVATE_KEY=${Buffer.from(privateKey).toString("base64")}`,
      `WEBHOOK_SECRET=${webhookSecret}`,
      `RECORD_KEYS=${RECORD_KEYS}`,
      "",
    ].join("\n");
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  async act(doing: () => void): Promise<void> {
    this.#shown.countAnew();
    doing();
    await this.#quiet();
  }

  async moveClock(milliseconds: number): Promise<void> {
    this.#clock.moveOn(milliseconds);
    this.#shown.tell();
  }

  setFaults(faults: FaultsView): void {
    this.#shown.setFaults(faults);
  }

  onChange(listener: () => void): () => void {
    return this.#shown.onChange(listener);
  }

  scene(you: Account): Scenery {
    return this.#shown.scene(you, { nextDeadline: "elsewhere", busy: !this.sandbox.quiet, pages: null });
  }

  #quiet(): Promise<void> {
    return this.sandbox.idle(() => systemClock.sleep(BREATH));
  }
}
