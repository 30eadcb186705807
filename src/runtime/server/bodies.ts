import type { IncomingMessage } from "node:http";

/** GitHub sends at most 25 MB (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap). */
export const LARGEST_BODY = 25 * 1024 * 1024;
/** Of all bodies under way together. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** GitHub gives a webhook up after ten seconds: nobody waits any more for the answer to a body that is not whole by then. */
const LONGEST = 10_000;
/** From then on a body has to come as fast as it must to be whole in time. */
const HEAD_START = 2_000;
const FIRST_PIECE = 64 * 1024;

export type Body =
  | { readonly kind: "whole"; readonly bytes: Buffer; readonly release: () => void }
  | { readonly kind: "refused"; readonly status: 408 | 503; readonly why: string }
  /** Whoever sent it is gone. */
  | { readonly kind: "gone" };

interface Reading {
  readonly length: number;
  readonly began: number;
  buffer: Buffer;
  received: number;
  readonly cut: (status: 408 | 503, why: string) => void;
}

/**
 * Reads bodies into memory, within bounds for all of them together. Who sent a body is known only when it is whole. Until then GitHub's
 * are treated like anybody's, so the bounds have to be such that no stranger can keep GitHub's out:
 *
 * - Small ones first. Where there is no room, the largest under way goes, unless that is the new one itself. With at most 256
 *   connections one of them holds more than 256 KB then: a smaller body, as nearly all of GitHub's are, always gets in.
 * - A slow one goes, so that room cannot be held without sending.
 * - Only what has come takes room (twice at most, as the buffer grows by doubling), not what was announced.
 */
export class Bodies {
  readonly #most: number;
  readonly #open = new Set<Reading>();
  #held = 0;
  #pace: NodeJS.Timeout | null = null;

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  /** Bytes set aside for bodies under way and those not yet released. */
  get held(): number {
    return this.#held;
  }

  /** `length` is that of the header, at most {@link LARGEST_BODY}; `onPiece` is given each piece as it comes. */
  read(request: IncomingMessage, length: number, onPiece: (piece: Buffer) => void): Promise<Body> {
    return new Promise((resolve) => {
      const end = (body: Body) => {
        if (!this.#open.delete(reading)) return;
        if (this.#open.size === 0) this.#stopPacing();
        request.removeAllListeners("data").pause();
        if (body.kind !== "whole") this.#release(reading);
        resolve(body);
      };
      const reading: Reading = {
        length,
        began: performance.now(),
        buffer: Buffer.alloc(0),
        received: 0,
        cut: (status, why) => end({ kind: "refused", status, why }),
      };
      this.#open.add(reading);
      this.#pace ??= setInterval(() => this.#cutSlow(), 500).unref();
      request.on("data", (piece: Buffer) => {
        if (!this.#room(reading, reading.received + piece.length)) return reading.cut(503, NO_ROOM);
        piece.copy(reading.buffer, reading.received);
        reading.received += piece.length;
        onPiece(piece);
      });
      request.once("end", () =>
        end({
          kind: "whole",
          bytes: reading.buffer.subarray(0, reading.received),
          release: () => this.#release(reading),
        }),
      );
      request.once("error", () => end({ kind: "gone" }));
      request.once("close", () => end({ kind: "gone" }));
    });
  }

  /** Makes the buffer hold so much, at the cost of larger bodies where it must. */
  #room(reading: Reading, needed: number): boolean {
    const has = reading.buffer.length;
    if (needed <= has) return true;
    const wanted = Math.min(reading.length, Math.max(needed, 2 * has, FIRST_PIECE));
    while (this.#held - has + wanted > this.#most) {
      const largest = this.#largest();
      if (largest === null || largest === reading || largest.buffer.length <= wanted) return false;
      largest.cut(503, NO_ROOM);
    }
    const grown = Buffer.allocUnsafeSlow(wanted);
    reading.buffer.copy(grown, 0, 0, reading.received);
    reading.buffer = grown;
    this.#held += wanted - has;
    return true;
  }

  #largest(): Reading | null {
    let largest: Reading | null = null;
    for (const reading of this.#open)
      if (largest === null || reading.buffer.length > largest.buffer.length) largest = reading;
    return largest;
  }

  #release(reading: Reading): void {
    this.#held -= reading.buffer.length;
    reading.buffer = Buffer.alloc(0);
  }

  #cutSlow(): void {
    const now = performance.now();
    for (const { began, length, received, cut } of this.#open) {
      const late = now - began - HEAD_START;
      if (late > 0 && received < (length * late) / (LONGEST - HEAD_START))
        cut(408, "its body came too slowly");
    }
  }

  #stopPacing(): void {
    if (this.#pace !== null) clearInterval(this.#pace);
    this.#pace = null;
  }
}

const NO_ROOM = "too many bodies are under way at once, and this was the largest";
