import type { Instant } from "../domain/text/time.js";
import type { PagesRepository, PagesSource, Told } from "./source.js";

/** What is asked for of one repository. */
export interface Asked {
  readonly source: PagesSource;
  readonly repository: PagesRepository;
  readonly now: Instant;
  /** What stands behind the question mark; data, never a key of an object. Empty where the pages are files. */
  readonly query: URLSearchParams;
  /** Somebody answers: forms can be sent. false: the pages are files (`msc-clerk site`). */
  readonly live: boolean;
  /** Where the repository's pages are reached from outside, with a slash at the end, for feeds; null: nobody said. */
  readonly publicRoot: string | null;
}

export interface PageAnswer {
  readonly status: 200 | 303 | 404 | 503;
  /** With its charset. */
  readonly type: string;
  readonly body: string;
  /** Of a 303: relative to what was asked. */
  readonly location?: string;
}

/** A kind of page, or of data. Paths are below the repository's, without a slash at the beginning: `` is the board, `12/` a proposal. */
export interface PageRoute {
  /** Of the whole path. */
  readonly path: RegExp;
  /** null: there is no such page. `groups`: what the pattern's groups have found, decoded. */
  answer(asked: Asked, groups: readonly string[]): Promise<Told<PageAnswer | null>>;
  /** Every path that it answers now: what a site of files is made of. */
  paths(source: PagesSource, repository: PagesRepository): Promise<Told<readonly string[]>>;
}
