import type { By } from "./doings/by.js";
import { type CheckRunFields, createCheckRun } from "./doings/checks.js";
import { Person } from "./person.js";
import type { CheckRun } from "./state.js";

/** Another App than the clerk's: it comments like a person, and has check runs of its own. */
export class OtherApp extends Person {
  readonly #as: By;

  constructor(by: By) {
    super(by);
    this.#as = by;
  }

  /** A check run on the head of a pull request. */
  check(number: number, fields: CheckRunFields & { readonly name: string }): CheckRun {
    const { headOid } = this.#as.store.pull(this.#as.repositoryId, number).pull;
    return createCheckRun(this.#as, headOid, fields);
  }
}
