import { type Instant, SECOND } from "../../domain/text/time.js";

/** GitHub's machines hear of a new token one after the other: so long one of them may not know yet what it may do. */
const FIRST_SECONDS = 10 * SECOND;
/** When it is asked once more, where a new token was told that it may not. */
export const TOKEN_LAG = 5 * SECOND;

/** What the token of an App's installation begins with. https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
const OF_INSTALLATION = /^(?:token|bearer) ghs_/i;

/** Since when each installation is asked with its present token. The client makes tokens by itself, so they are seen where they leave. */
export class Tokens {
  readonly #inUse = new Map<number | null, { readonly credential: string; readonly since: Instant }>();

  /** For Octokit to send a request by; `send` sends it. */
  noting(installation: number | null, now: Instant, send: typeof fetch): typeof fetch {
    return (url, init) => {
      const credential = new Headers(init?.headers).get("authorization") ?? "";
      if (OF_INSTALLATION.test(credential) && this.#inUse.get(installation)?.credential !== credential)
        this.#inUse.set(installation, { credential, since: now });
      return send(url, init);
    };
  }

  /**
   * Is the token so new that a 403 may say nothing of what it may do? https://github.com/octokit/auth-app.js/issues/589,
   * https://github.com/octokit/handbook/issues/8
   */
  isNew(installation: number | null, now: Instant): boolean {
    const token = this.#inUse.get(installation);
    return token !== undefined && now - token.since < FIRST_SECONDS;
  }
}
