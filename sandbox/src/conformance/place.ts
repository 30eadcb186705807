import type { Sandbox } from "../sandbox.js";

export interface AnswerSeen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Asks, and tells what was answered, whatever the status. @throws Error where nothing is answered at all. */
export type Ask = (route: string, parameters?: Readonly<Record<string, unknown>>) => Promise<AnswerSeen>;

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** A GitHub that probes are run on: a real one, or the sandbox. */
export interface Place {
  /** `github.com`, `GitHub Enterprise Server 3.17.1`, `sandbox`. */
  readonly flavour: string;
  readonly scratch: RepositoryName;
  readonly appId: number;
  readonly slug: string;
  /** Where people look at the scratch repository. */
  readonly page: string;
  /** The App's installation on the scratch repository. */
  readonly app: Ask;
  /** Another account, that has a fork of it. */
  readonly second: Ask;
  /** Large pull requests that anybody may read. */
  readonly largePulls: readonly (RepositoryName & { readonly number: number })[];
  wait(milliseconds: number): Promise<void>;
  now(): number;
  /** What only a person can do, at `link`; false: nobody is there to do it. In the sandbox `there` does it. */
  byHand(what: string, link: string, there: (sandbox: Sandbox) => void): Promise<boolean>;
}
