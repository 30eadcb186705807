import { createPublicKey, type KeyObject, randomBytes, verify } from "node:crypto";
import type { Actor } from "../permissions.js";
import { Refusal } from "../refusal.js";
import type { Caller } from "./exchange.js";

const HOUR = 3_600_000;
/** An App's JWT may run ten minutes; GitHub forgives a clock that is a little off. */
const LONGEST_JWT = 600 + 60;

/**
 * Whom a token speaks for. Tokens run out by the real time, not the sandbox's clock: clients go by the machine's own
 * clock when they ask for a new one, and a moved clock must not cut them off.
 */
export class Tokens {
  /** Did the owner suspend the installation? */
  suspended = false;
  /**
   * For so long after it was made, by the sandbox's clock, REST refuses what a token may do: GitHub's machines hear of it one after the other, most
   * often at once (https://github.com/octokit/auth-app.js/issues/589).
   */
  lagSeconds = 0;
  readonly #key: KeyObject;
  readonly #issued = new Map<string, { actor: Actor; issuedAt: number; expiresAt: number }>();

  constructor(
    readonly appId: number,
    privateKey: string,
    readonly now: () => number,
  ) {
    this.#key = createPublicKey(privateKey);
  }

  /** An installation token, good for an hour; or a person's, for tests that speak to the API as a person. */
  issue(actor: Actor): { token: string; expiresAt: number } {
    const token = `${actor.app ? "ghs" : "ghp"}_${randomBytes(27).toString("base64url").replace(/[-_]/g, "0")}`;
    return { token, expiresAt: this.accept(token, actor) };
  }

  /** Takes a token as one of its own; returns when it runs out. */
  accept(token: string, actor: Actor): number {
    const expiresAt = Date.now() + (actor.app ? HOUR : 1000 * HOUR);
    this.#issued.set(token, { actor, issuedAt: this.now(), expiresAt });
    return expiresAt;
  }

  revokeAll(): void {
    this.#issued.clear();
  }

  /** Has not every machine of GitHub's heard of it yet? */
  isTooNew(authorization: string | undefined): boolean {
    const known = this.#issued.get(/^token\s+(\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
    return known?.actor.app != null && this.now() - known.issuedAt < this.lagSeconds * 1000;
  }

  callerOf(authorization: string | undefined): Caller {
    if (authorization === undefined) return { kind: "nobody" };
    const credential = /^(?:token|bearer)\s+(\S+)$/i.exec(authorization)?.[1];
    if (credential === undefined) throw new Refusal(401, "Bad credentials");
    if (credential.split(".").length === 3) return this.#app(credential);
    const known = this.#issued.get(credential);
    if (!known || known.expiresAt <= Date.now()) throw new Refusal(401, "Bad credentials");
    return { kind: known.actor.app ? "installation" : "person", actor: known.actor };
  }

  /** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
  #app(jwt: string): Caller {
    const [head = "", payload = "", signature = ""] = jwt.split(".");
    const { alg } = decoded(head);
    const claims = decoded(payload);
    const genuine =
      alg === "RS256" &&
      verify("RSA-SHA256", Buffer.from(`${head}.${payload}`), this.#key, Buffer.from(signature, "base64url"));
    if (!genuine) throw new Refusal(401, "A JSON web token could not be decoded");
    const { iat, exp, iss } = claims;
    const now = Date.now() / 1000;
    if (typeof iat !== "number" || iat > now + 60)
      throw new Refusal(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    if (typeof exp !== "number" || exp <= now)
      throw new Refusal(
        401,
        "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
      );
    if (exp - now > LONGEST_JWT)
      throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
    if (String(iss) !== String(this.appId)) throw new Refusal(404, "Integration not found");
    return { kind: "app" };
  }
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  } catch {
    throw new Refusal(401, "A JSON web token could not be decoded");
  }
}
