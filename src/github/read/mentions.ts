import type { Rules } from "../../domain/model/rules.js";
import { withoutSuffix } from "./accounts.js";

/** Which texts are worth parsing: only those that may mention the clerk. A cheap test that never misses one. */
export class Mentions {
  readonly #names: readonly string[];

  constructor(rules: Rules, login: string) {
    this.#names = [
      ...new Set([...rules.mentions, withoutSuffix(login)].map((name) => `@${name.toLowerCase()}`)),
    ];
  }

  mayOccurIn(text: string): boolean {
    if (!text.includes("@") && !text.includes("&")) return false;
    const lower = text.toLowerCase();
    // An entity may stand for a letter or the sign itself: left to the parser.
    return this.#names.some((name) => lower.includes(name)) || /&(?:#|commat)/.test(lower);
  }
}
