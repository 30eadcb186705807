import { MINUTE } from "../../domain/text/time.js";
import type { Connection } from "../../github/connect.js";
import type { Clock } from "../../platform/clock.js";

/**
 * The App's name, by which it recognises what it did itself. While GitHub cannot tell it, the clerk's own webhooks cause reconciles that find
 * nothing to do; it is asked again after a minute.
 */
export class OwnName {
  readonly #clock: Clock;
  readonly #identify: Connection["identify"];
  #login: string | null = null;
  #askedAt: number | null = null;

  constructor(clock: Clock, identify: Connection["identify"]) {
    this.#clock = clock;
    this.#identify = identify;
  }

  /** `slug[bot]`; null: not known yet. */
  get login(): string | null {
    return this.#login;
  }

  async learn(): Promise<void> {
    const now = this.#clock.now();
    if (this.#login !== null || (this.#askedAt !== null && now < this.#askedAt + MINUTE)) return;
    this.#askedAt = now;
    const app = await this.#identify();
    if (app !== null) this.#login = `${app.slug}[bot]`;
  }
}
