import type { Kit } from "./kit.js";

/** One question to GitHub. */
export interface Probe {
  /** As the table of facts numbers them. */
  readonly id: `K${number}`;
  /** Its answers are saved in `test/real/KIND.json`. */
  readonly kind: string;
  /** What it settles, in a few words. */
  readonly asks: string;
  /** A part of it needs a person. */
  readonly hand?: true;
  /** Notes what it sees through the kit. It is run on GitHub and on the sandbox, and what it sees on both is compared. */
  readonly run: (kit: Kit) => Promise<void>;
}
