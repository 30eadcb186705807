import { kept, masked, messageOf, type Observation, shapeOf } from "./observation.js";
import type { AnswerSeen, Place, RepositoryName } from "./place.js";

/** It cannot be found out here: no failure of the kit. */
export class Unsettled extends Error {}
/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {}

export type Who = "app" | "second";

interface Asked {
  readonly facts?: (answer: AnswerSeen) => unknown;
  readonly sometimes?: boolean;
}

/** A fork of the second account's. */
export interface Fork {
  readonly at: RepositoryName;
  readonly defaultBranch: string;
}

interface Opened {
  readonly number: number;
  readonly head: string;
  readonly branch: string;
}

/**
 * What a probe works with on one GitHub: it asks, notes what it sees, and gives back what it made. Everything is named `kit-…`.
 */
export class Kit {
  readonly place: Place;
  readonly observations: Observation[] = [];
  /** Answers as they came, without tokens, by the name of what was seen. */
  readonly answers: { readonly name: string; readonly body: unknown }[] = [];
  /** What is told and not compared: seconds, costs. */
  readonly measured: { readonly name: string; readonly value: string }[] = [];
  /** Of this run. */
  readonly run: string;
  readonly #undo: { readonly what: string; readonly how: () => Promise<AnswerSeen> }[] = [];
  readonly #interrupted: () => boolean;
  #count = 0;

  constructor(place: Place, run: string, interrupted: () => boolean = () => false) {
    this.place = place;
    this.run = run;
    this.#interrupted = interrupted;
  }

  get scratch(): RepositoryName {
    return this.place.scratch;
  }

  name(what: string): string {
    this.#count += 1;
    return `kit-${this.run}-${what}-${this.#count}`;
  }

  /** Asks and notes the answer, whatever it is. */
  async see(
    name: string,
    by: Who,
    route: string,
    parameters: Readonly<Record<string, unknown>> = {},
    { facts, sometimes = false }: Asked = {},
  ): Promise<AnswerSeen> {
    const answer = await this.#ask(by, route, parameters);
    this.note(name, by, route, answer, { sometimes, ...(facts && { facts }) });
    return answer;
  }

  /** Notes an answer that was asked for before. */
  note(
    name: string,
    by: Who,
    route: string,
    answer: AnswerSeen,
    { facts, sometimes = false }: Asked = {},
  ): void {
    this.#add({
      name,
      request: { by, route },
      status: answer.status,
      says: messageOf(answer.status, answer.data),
      shape: shapeOf(answer.data),
      facts: answer.status < 400 ? (facts?.(answer) ?? null) : null,
      sometimes,
    });
    this.answers.push({ name, body: kept(answer.data) });
  }

  /** Notes what several answers come to. */
  fact(name: string, facts: unknown, sometimes = false): void {
    this.#add({ name, request: null, status: null, says: null, shape: [], facts, sometimes });
  }

  measure(name: string, value: string): void {
    this.measured.push({ name, value });
  }

  /** Does what a probe needs and is not about. @throws Unsettled where GitHub refuses. */
  async do(by: Who, route: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<AnswerSeen> {
    const answer = await this.#ask(by, route, parameters);
    if (answer.status < 400) return answer;
    const said = messageOf(answer.status, answer.data) ?? "";
    throw new Unsettled(
      `${by === "app" ? "the App" : "the second account"} was answered ${answer.status} to ${route}: ${said}`,
    );
  }

  /** Asks without a note. */
  ask(by: Who, route: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<AnswerSeen> {
    return this.#ask(by, route, parameters);
  }

  async #ask(by: Who, route: string, parameters: Readonly<Record<string, unknown>>): Promise<AnswerSeen> {
    if (this.#interrupted()) throw new Interrupted();
    return this.place[by](route, { ...this.scratch, ...parameters });
  }

  async wait(milliseconds: number): Promise<void> {
    if (this.#interrupted()) throw new Interrupted();
    await this.place.wait(milliseconds);
  }

  /** What is to be taken back at the end, the last first. */
  undo(what: string, by: Who, route: string, parameters: Readonly<Record<string, unknown>> = {}): void {
    this.#undo.push({ what, how: () => this.place[by](route, { ...this.scratch, ...parameters }) });
  }

  /** Takes everything back, also after a failure. Resolves with what could not be. */
  async close(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const { what, how } of this.#undo.splice(0).reverse()) {
      const status = await how().then(
        (answer) => answer.status,
        () => 599,
      );
      // Gone already is as good.
      if (status >= 400 && ![404, 410, 422].includes(status)) left.push(`${what} (${status})`);
    }
    return left;
  }

  #add(observation: Observation): void {
    if (this.observations.some(({ name }) => name === observation.name))
      throw new Error(`${observation.name} is noted twice`);
    this.observations.push(observation);
  }

  // --- what many probes need ---

  #fork: Promise<Fork> | null = null;

  /** The second account's fork, made where there is none. */
  fork(): Promise<Fork> {
    this.#fork ??= this.do("second", "POST /repos/{owner}/{repo}/forks").then(async ({ data }) => {
      const { name, owner } = data as { name: string; owner: { login: string } };
      const at = { owner: owner.login, repo: name };
      // GitHub makes it in the background.
      for (let tries = 0; ; tries += 1) {
        const answer = await this.#ask("second", "GET /repos/{owner}/{repo}", at);
        const { default_branch: defaultBranch } = answer.data as { default_branch?: string };
        if (answer.status === 200 && defaultBranch !== undefined) return { at, defaultBranch };
        if (tries > 30) throw new Unsettled("GitHub did not make the fork within a minute");
        await this.wait(2000);
      }
    });
    return this.#fork;
  }

  async defaultBranch(): Promise<string> {
    const { data } = await this.do("second", "GET /repos/{owner}/{repo}");
    return (data as { default_branch: string }).default_branch;
  }

  /** A new branch with a commit on it, and its commit. */
  async branch(
    by: Who,
    where: RepositoryName,
    from: string,
    name: string,
    files: Files = {},
  ): Promise<string> {
    const { data } = await this.do(by, "GET /repos/{owner}/{repo}/branches/{branch}", {
      ...where,
      branch: from,
    });
    const start = (data as { commit: { sha: string } }).commit.sha;
    await this.do(by, "POST /repos/{owner}/{repo}/git/refs", {
      ...where,
      ref: `refs/heads/${name}`,
      sha: start,
    });
    this.undo(`the branch ${name}`, by, `DELETE /repos/{owner}/{repo}/git/refs/heads/${name}`, { ...where });
    const [path = `${name}.md`, text = `${name}\n`] = Object.entries(files)[0] ?? [];
    return this.commit(by, where, name, path, text);
  }

  /** A commit that changes one file, by the name of its commit. */
  async commit(by: Who, where: RepositoryName, branch: string, path: string, text: string): Promise<string> {
    const known = await this.#ask(by, "GET /repos/{owner}/{repo}/contents/{path}", {
      ...where,
      path,
      ref: branch,
    });
    const { sha } = known.data as { sha?: string };
    const { data } = await this.do(by, "PUT /repos/{owner}/{repo}/contents/{path}", {
      ...where,
      path,
      branch,
      message: `Change ${path}`,
      content: Buffer.from(text).toString("base64"),
      ...(known.status === 200 && { sha }),
    });
    return (data as { commit: { sha: string } }).commit.sha;
  }

  async openPull(what: string, head: string, base?: string): Promise<number> {
    const { data } = await this.do("second", "POST /repos/{owner}/{repo}/pulls", {
      title: this.name(what),
      body: "Made by the conformance kit of msc-clerk, and closed by it in a moment.",
      head,
      base: base ?? (await this.defaultBranch()),
    });
    const { number } = data as { number: number };
    this.undo(`pull request #${number}`, "second", "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
      pull_number: number,
      state: "closed",
    });
    return number;
  }

  /** A pull request from the second account's fork, as nearly all proposals are. */
  async openForkPull(what: string): Promise<Opened> {
    const fork = await this.fork();
    const branch = this.name(what);
    const head = await this.branch("second", fork.at, fork.defaultBranch, branch);
    return { number: await this.openPull(what, `${fork.at.owner}:${branch}`), head, branch };
  }

  /** Waits until GitHub lets the App put a check on a commit; a probe of its own tells how long that takes. */
  async untilKnown(head: string, name = this.name("check")): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#ask("app", "POST /repos/{owner}/{repo}/check-runs", {
        name,
        head_sha: head,
        status: "completed",
        conclusion: "neutral",
      });
      if (answer.status === 201) return (answer.data as { id: number }).id;
      if (tries > 30)
        throw new Unsettled(
          `the commit was not known after a minute: ${masked(JSON.stringify(answer.data))}`,
        );
      await this.wait(2000);
    }
  }
}

type Files = Readonly<Record<string, string>>;
