import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { Faults } from "../faults.js";

/** One webhook, as it went out or would have. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Counted from 1, in order of happening. */
  readonly sequence: number;
  /** What came of it; `failed`: nobody answered in ten seconds, or not with 2xx. GitHub never sends it again. */
  outcome: "waiting" | "held" | "lost" | "delivered" | "failed";
  status: number | null;
}

/** Each time a webhook was sent, as GitHub lists them: also those that were asked for again, which keep the id (`guid`) of the first. */
export interface Attempt {
  readonly id: number;
  readonly delivery: Delivery;
  readonly at: number;
  readonly redelivery: boolean;
  /** null: nobody answered. */
  readonly status: number | null;
}

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
  readonly appId: number;
}

/** GitHub gives up after ten seconds. https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks */
const PATIENCE = 10_000;
const KEPT = 2_000;
/** Ids of attempts are long. */
const FIRST_ATTEMPT = 91_000_000_000;

/** Sends webhooks in the background, signed, each once unless a fault says otherwise. */
export class Deliveries {
  #log: Delivery[] = [];
  #held: Delivery[] = [];
  #sequence = 0;
  #inFlight = 0;
  #sent = 0;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #faults: Faults;
  readonly #now: () => number;
  #attempts: Attempt[] = [];
  /** null: nobody listens, and nothing is sent. */
  target: WebhookTarget | null;

  constructor(faults: Faults, target: WebhookTarget | null, now: () => number) {
    this.#faults = faults;
    this.#now = now;
    this.target = target;
  }

  /** The last ones, oldest first. */
  get log(): readonly Delivery[] {
    return this.#log;
  }
  get held(): readonly Delivery[] {
    return this.#held;
  }
  /** The last ones, newest first. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }
  /** How many there have been, also of those that were forgotten. */
  get begun(): number {
    return this.#sequence;
  }
  /** Sent and not answered yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  clear(): void {
    this.#log = [];
  }

  post(event: string, payload: Readonly<Record<string, unknown>>): void {
    const delivery: Delivery = {
      id: randomUUID(),
      event,
      action: typeof payload.action === "string" ? payload.action : null,
      payload,
      sequence: ++this.#sequence,
      outcome: "waiting",
      status: null,
    };
    this.#log.push(delivery);
    if (this.#log.length > KEPT) this.#log.shift();
    if (this.#faults.lose(delivery)) {
      delivery.outcome = "lost";
      return;
    }
    for (let copies = this.#faults.double(delivery) ? 2 : 1; copies > 0; copies--) this.#hand(delivery);
  }

  /** Sends what was held, shuffled by `random` (a number from 0 up to 1 each time). Resolves when all are answered. */
  async sendHeld(random: () => number = () => 0): Promise<void> {
    const left = this.#held;
    this.#held = [];
    const sent: Promise<void>[] = [];
    while (left.length > 0) {
      const [delivery] = left.splice(Math.floor(random() * left.length), 1);
      if (delivery) sent.push(this.#send(delivery));
    }
    await Promise.all(sent);
  }

  /** Sends one again by hand, as the "Redeliver" button does. */
  redeliver(id: string): Promise<void> {
    const delivery = this.#log.find((one) => one.id === id);
    if (!delivery) throw new Error(`no webhook with the id ${id} is remembered`);
    return this.#send(delivery, true);
  }

  close(): void {
    this.#agent.destroy();
  }

  #hand(delivery: Delivery): void {
    if (this.#faults.holdWebhooks) {
      delivery.outcome = "held";
      this.#held.push(delivery);
    } else void this.#send(delivery);
  }

  async #send(delivery: Delivery, redelivery = false): Promise<void> {
    const { target } = this;
    if (!target) return;
    const at = this.#now();
    this.#inFlight++;
    delivery.status = await this.#carry(delivery, target);
    delivery.outcome = delivery.status !== null && delivery.status < 300 ? "delivered" : "failed";
    this.#inFlight--;
    const id = FIRST_ATTEMPT + ++this.#sent;
    this.#attempts.unshift({ id, delivery, at, redelivery, status: delivery.status });
    if (this.#attempts.length > KEPT) this.#attempts.pop();
  }

  #carry(delivery: Delivery, { url, secret, appId }: WebhookTarget): Promise<number | null> {
    const body = JSON.stringify(delivery.payload);
    const signature = (algorithm: string) => createHmac(algorithm, secret).update(body).digest("hex");
    const headers = {
      accept: "*/*",
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": "GitHub-Hookshot/sandbox",
      "x-github-delivery": delivery.id,
      "x-github-event": delivery.event,
      "x-github-hook-id": "1",
      "x-github-hook-installation-target-id": String(appId),
      "x-github-hook-installation-target-type": "integration",
      "x-hub-signature": `sha1=${signature("sha1")}`,
      "x-hub-signature-256": `sha256=${signature("sha256")}`,
    };
    return new Promise((resolve) => {
      const sent = request(
        url,
        { method: "POST", headers, agent: this.#agent, timeout: PATIENCE },
        (response) => {
          response.resume();
          response.once("end", () => resolve(response.statusCode ?? null));
          response.once("error", () => resolve(null));
        },
      );
      sent.once("timeout", () => sent.destroy(new Error("no answer in ten seconds")));
      sent.once("error", () => resolve(null));
      sent.end(body);
    });
  }
}
