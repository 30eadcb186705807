import { createHash, randomUUID } from "node:crypto";
import type { Notice } from "./frame.js";
import type { Kept } from "./scene.js";

/** What comes of a form. */
export type FormAnswer =
  | {
      readonly kind: "page";
      /** Where to go on. */
      readonly to: string;
      readonly notice: Notice | null;
      /** The form, to be shown as it was sent: nothing came of it. */
      readonly kept: Kept | null;
      readonly cookies: readonly string[];
    }
  | { readonly kind: "sentence"; readonly status: number; readonly text: string };

export interface Sending {
  /** Secret enough for an address. */
  readonly id: string;
  readonly answer: Promise<FormAnswer>;
  /** Whether the answer is there. */
  readonly done: () => boolean;
}

/** Who presses twice does so within seconds. */
const MOST = 200;

/**
 * What forms have sent. The same form of the same drawing of a page with the same content is one wish, however often it is pressed: the
 * second press gets what came of the first. A form that nothing came of can be sent again.
 */
export class Sendings {
  readonly #byContent = new Map<string, Sending>();
  readonly #byId = new Map<string, Sending>();

  send(
    path: string,
    sent: URLSearchParams,
    work: () => Promise<FormAnswer>,
  ): { readonly sending: Sending; readonly before: boolean } {
    const content = sent.has("once")
      ? createHash("sha256").update(`${path}\n${sent.toString()}`).digest("base64")
      : null;
    const known = content === null ? undefined : this.#byContent.get(content);
    if (known !== undefined) return { sending: known, before: known.done() };
    let done = false;
    const answer = work();
    const sending: Sending = { id: randomUUID(), answer, done: () => done };
    const again = () => {
      if (content !== null) this.#byContent.delete(content);
    };
    answer.then(
      (came) => {
        done = true;
        if (came.kind === "sentence" || came.kept !== null) again();
      },
      () => {
        done = true;
        again();
      },
    );
    if (content !== null) keep(this.#byContent, content, sending);
    keep(this.#byId, sending.id, sending);
    return { sending, before: false };
  }

  find(id: string): Sending | null {
    return this.#byId.get(id) ?? null;
  }
}

function keep<Value>(all: Map<string, Value>, key: string, value: Value): void {
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > MOST && oldest !== undefined) all.delete(oldest);
}

/** What is told on the page that follows. It stays a while: a form that was refused is still filled in when the page is loaded again. */
export class Notices {
  readonly #all = new Map<string, { readonly notice: Notice; readonly kept: Kept | null }>();

  add(notice: Notice, kept: Kept | null): string {
    const key = randomUUID();
    keep(this.#all, key, { notice, kept });
    return key;
  }

  find(key: string | null): { readonly notice: Notice | null; readonly kept: Kept | null } {
    return this.#all.get(key ?? "") ?? { notice: null, kept: null };
  }
}
