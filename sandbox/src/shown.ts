import type { ConfigFault } from "msc-clerk/config/outcome.js";
import { parseConfig } from "msc-clerk/config/parse.js";
import { sameMeaning } from "msc-clerk/domain/amendment/differences.js";
import { CONFIG_FILE, type Rules } from "msc-clerk/domain/model/rules.js";
import type { About } from "./about.js";
import { clerkDeeds } from "./page/clerkDeeds.js";
import type { ClerkView, FaultsView, Scenery } from "./page/scene.js";
import type { Sandbox } from "./sandbox.js";
import type { Account } from "./state.js";

interface Config {
  readonly text: string | null;
  readonly rules: Rules | null;
  readonly lastRules: Rules | null;
  readonly faults: readonly ConfigFault[];
}

/** What a page shows of a sandbox, wherever its clerk runs, and who wants to know when that has changed. */
export class Shown {
  readonly #sandbox: Sandbox;
  readonly #listeners = new Set<() => void>();
  #countedFrom = 0;
  #config: Config = { text: null, rules: null, lastRules: null, faults: [] };
  #faults: FaultsView = { loseWebhooks: false, lag: 0 };
  #lawful: string | null = null;

  constructor(
    sandbox: Sandbox,
    readonly about: About,
  ) {
    this.#sandbox = sandbox;
  }

  /** The text of the config that the clerk holds for lawful; null: it has none, or does not say. */
  setLawful(text: string | null): void {
    this.#lawful = text;
  }

  /** Requests are counted from here on. */
  countAnew(): void {
    this.#countedFrom = this.#sandbox.requests.all.length;
  }

  setFaults(faults: FaultsView): void {
    this.#faults = faults;
    this.#sandbox.faults.lagSeconds = faults.lag;
    this.#sandbox.faults.lose = () => faults.loseWebhooks;
    this.tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  scene(you: Account, clerk: Pick<ClerkView, "nextDeadline" | "busy" | "pages">): Scenery {
    const { repository, app, requests, store } = this.#sandbox;
    const counted = requests.all.slice(this.#countedFrom);
    const { rules, lastRules, faults } = this.#configNow();
    return {
      state: store.state,
      repository,
      now: store.clock.now(),
      you,
      clerkId: app.botId,
      about: this.about,
      rules,
      lastRules,
      configFaults: faults,
      unlawful: this.#unlawful(rules),
      clerk: {
        ...clerk,
        deeds: clerkDeeds(repository, app.botId),
        requests: {
          reads: counted.filter(({ kind }) => kind === "read").length,
          writes: counted.filter(({ kind }) => kind === "write").length,
        },
      },
      faults: this.#faults,
    };
  }

  /** The last lawful config, where the present one is not. */
  #unlawful(rules: Rules | null): string | null {
    if (this.#lawful === null || this.#lawful === this.#config.text) return null;
    const lawful = parseConfig(this.#lawful);
    return rules !== null && lawful.ok && sameMeaning(rules, lawful.rules) ? null : this.#lawful;
  }

  #configNow(): Config {
    const text = this.#sandbox.fileText(CONFIG_FILE);
    if (text !== this.#config.text) {
      const parsed = text === null ? null : parseConfig(text);
      const rules = parsed?.ok ? parsed.rules : null;
      this.#config = {
        text,
        rules,
        lastRules: rules ?? this.#config.lastRules,
        faults: parsed === null || parsed.ok ? [] : parsed.faults,
      };
    }
    return this.#config;
  }
}
