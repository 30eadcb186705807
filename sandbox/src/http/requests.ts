/** One request the sandbox answered (or left without an answer). */
export interface RequestEntry {
  readonly method: string;
  /** Without query, without `/api/v3`. */
  readonly path: string;
  /** A GraphQL query is a read, a mutation a write; fetching a token is neither and counts as `token`. */
  readonly kind: "read" | "write" | "token";
  /** Of a GraphQL request, the operation's name. */
  readonly operation: string | null;
  /** And what it was asked with, such as the size of its pages. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The clock's moment. */
  readonly at: number;
  /** null while under way, and for good when the connection was cut. */
  status: number | null;
  /** Of the answer's body; 0 while under way. */
  bytes?: number;
}

/** What was asked of the sandbox, in order, so that tests can count what a webhook costs and know when it is quiet. */
export class Requests {
  #entries: RequestEntry[] = [];
  #inFlight = 0;
  #begun = 0;

  get all(): readonly RequestEntry[] {
    return this.#entries;
  }
  get reads(): readonly RequestEntry[] {
    return this.#entries.filter(({ kind }) => kind === "read");
  }
  get writes(): readonly RequestEntry[] {
    return this.#entries.filter(({ kind }) => kind === "write");
  }
  /** How many there have been, also of those that were forgotten. */
  get begun(): number {
    return this.#begun;
  }
  /** Requests under way now. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Forgets what was; counting starts anew. */
  clear(): void {
    this.#entries = [];
  }

  begin(entry: RequestEntry): () => void {
    this.#entries.push(entry);
    this.#inFlight++;
    this.#begun++;
    let done = false;
    return () => {
      if (!done) this.#inFlight--;
      done = true;
    };
  }
}
