import type { AddressInfo } from "node:net";
import type { Clock } from "msc-clerk/platform/clock.js";
import { ASKED } from "msc-clerk/runtime/server/events.js";
import { renameDefaultBranch } from "./doings/bases.js";
import { keptRuns } from "./doings/checks.js";

import { shownQueue } from "./doings/mergeQueue.js";

import {
  addAccount,
  createRepository,
  deleteAccount,
  deleteRepository,
  type NewRepository,
  renameAccount,
  renameRepository,
  setArchived,
  setDefaultBranch,
  setLevel,
} from "./doings/repositories.js";
import { Faults } from "./faults.js";
import { GITHUB_LIMITS, type Limits, RateLimits } from "./http/limits.js";
import { Requests } from "./http/requests.js";
import { SandboxServer } from "./http/server.js";
import { Tokens } from "./http/tokens.js";
import { OtherApp } from "./otherApp.js";
import { type AppPermissions, CLERK_PERMISSIONS } from "./permissions.js";
import { Person } from "./person.js";
import type { Account, Level, Repository, State, Thread } from "./state.js";
import { type KeptStore, type PullThread, Store } from "./store.js";
import type { AppFacts, OtherAppFacts, View } from "./view.js";
import { Deliveries } from "./webhooks/delivery.js";
import { installationPayload, payloadOf } from "./webhooks/payload.js";

export interface SandboxOptions {
  readonly clock: Clock;
  /** PEM; the App's. Its public half is what the sandbox checks the App's tokens with. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Where webhooks go; null or left out: nowhere, until `webhooksTo` is called. */
  readonly webhookUrl?: string | null;
  readonly appId?: number;
  readonly appSlug?: string;
  readonly permissions?: AppPermissions;
  readonly events?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** For how long REST does not know a commit that came by a fork; {@link FORK_LAG} when not given. */
  readonly forkLagSeconds?: number;
  /** `matrix-org/matrix-spec-proposals` when not given. */
  readonly owner?: string;
  readonly repository?: NewRepository;
  /** Which of several installations of one App this is, so that their ids differ; 0 when not given. */
  readonly serial?: number;
  /** Where links in answers lead people; the API's own address when not given. */
  readonly htmlUrl?: string;
  /** Goes on from there; `owner` and `repository` count for nothing then. */
  readonly kept?: KeptSandbox;
}

/** What a saved state has of a sandbox. */
export interface KeptSandbox {
  readonly app: AppFacts;
  readonly repositoryId: number;
  readonly store: KeptStore;
}

/**
 * A small GitHub on loopback, with one App installed on one organization. What people do is done through `as(login)`; the App
 * speaks to it over HTTP, and cannot tell it from GitHub as far as it goes.
 */
export class Sandbox {
  readonly store: Store;
  readonly faults = new Faults();
  readonly requests = new Requests();
  readonly limits: RateLimits;
  readonly deliveries: Deliveries;
  app: AppFacts;
  readonly #otherApps: OtherAppFacts[] = [];
  readonly #tokens: Tokens;
  readonly #server: SandboxServer;
  readonly #repositoryId: number;
  readonly #secret: string;
  #url = "http://127.0.0.1";
  #html: string | null;

  constructor(options: SandboxOptions) {
    const { clock, privateKey, webhookSecret, appId = 1779, appSlug = "msc-clerk" } = options;
    this.store = new Store(clock, options.forkLagSeconds ?? FORK_LAG);
    this.limits = new RateLimits({ ...GITHUB_LIMITS, ...options.limits }, () => clock.now());
    this.#secret = webhookSecret;
    this.#html = options.htmlUrl ?? null;
    this.#tokens = new Tokens(appId, privateKey, () => clock.now());
    this.deliveries = new Deliveries(
      this.faults,
      options.webhookUrl == null ? null : { url: options.webhookUrl, secret: webhookSecret, appId },
      () => clock.now(),
    );
    if (options.kept === undefined) [this.app, this.#repositoryId] = this.#begun(options, appId, appSlug);
    else {
      this.store.goOnFrom(options.kept.store);
      this.app = options.kept.app;
      this.#repositoryId = options.kept.repositoryId;
    }
    this.store.onHappening((happening) => {
      const repository = this.store.state.repositories.get(happening.repositoryId);
      if (!repository?.installed || !this.app.events.includes(happening.event)) return;
      this.deliveries.post(happening.event, payloadOf(this.view(), happening));
    });
    this.#server = new SandboxServer({
      store: this.store,
      tokens: this.#tokens,
      faults: this.faults,
      requests: this.requests,
      limits: this.limits,
      deliveries: this.deliveries,
      view: (state) => this.view(state),
    });
  }

  /** The organization, the App and its repository. */
  #begun(options: SandboxOptions, appId: number, appSlug: string): [AppFacts, number] {
    const serial = options.serial ?? 0;
    for (let before = 0; before < serial; before += 1) this.store.ids.next("repository");
    const owner = addAccount(this.store, { login: options.owner ?? "matrix-org", type: "Organization" });
    const bot = addAccount(this.store, { login: appSlug, type: "Bot" });
    const app: AppFacts = {
      id: appId,
      slug: appSlug,
      name: appSlug,
      botId: bot.id,
      installationId: 52_000_001 + serial,
      permissions: options.permissions ?? CLERK_PERMISSIONS,
      asks: options.permissions ?? CLERK_PERMISSIONS,
      events: options.events ?? ASKED,
      createdAt: this.store.stamp(),
    };
    const { id } = createRepository(
      this.store,
      owner.id,
      options.repository ?? { name: "matrix-spec-proposals" },
    );
    return [app, id];
  }

  /** Starts to answer; resolves with the address, for Octokit's and Probot's `baseUrl`. It answers under `/api/v3` too. */
  async listen(port = 0): Promise<string> {
    const address: AddressInfo = await this.#server.listen(port);
    this.#url = `http://127.0.0.1:${address.port}`;
    return this.#url;
  }

  get url(): string {
    return this.#url;
  }

  /** Cuts all connections and stops answering. */
  async close(): Promise<void> {
    this.deliveries.close();
    await this.#server.close();
  }

  /** All that a saved state needs to go on from here. */
  get kept(): KeptSandbox {
    return { app: this.app, repositoryId: this.#repositoryId, store: this.store.kept };
  }

  /** Sends webhooks to this address from now on; null: to nobody. */
  webhooksTo(url: string | null): void {
    this.deliveries.target = url === null ? null : { url, secret: this.#secret, appId: this.app.id };
  }

  /** Where links lead from now on. */
  linksTo(url: string): void {
    this.#html = url;
  }

  /** What answers are made from; of the present when no state is given. */
  view(state: State = this.store.state): View {
    return {
      state,
      app: this.app,
      otherApps: this.#otherApps,
      now: this.store.clock.now(),
      api: this.#url,
      html: this.#html ?? this.#url,
    };
  }

  // --- people ---

  /** A new account, and what it may do in the repository (an outsider when not given). */
  addUser(
    login: string,
    { level = "read", ...made }: { level?: Level; id?: number; type?: Account["type"] } = {},
  ): Person {
    const account = addAccount(this.store, { login, ...made });
    if (level !== "read") setLevel(this.store, this.#repositoryId, account.id, level);
    return this.#person(account.id);
  }

  /** Who has this login now (without regard to case); made anew as an outsider when nobody has. */
  as(login: string): Person {
    for (const account of this.store.state.accounts.values())
      if (account.login.toLowerCase() === login.toLowerCase() && account.type !== "Bot")
        return this.#person(account.id);
    return this.addUser(login);
  }

  #person(accountId: number): Person {
    return new Person({
      store: this.store,
      actor: { accountId, app: null },
      repositoryId: this.#repositoryId,
    });
  }

  #newApp(slug: string): OtherAppFacts {
    const bot = addAccount(this.store, { login: slug, type: "Bot" });
    const facts = { id: this.app.id + 1 + this.#otherApps.length, slug, name: slug, botId: bot.id };
    this.#otherApps.push(facts);
    return facts;
  }

  /** Another App with the same permissions, installed on the repository. */
  addApp(slug: string): OtherApp {
    const facts = this.#newApp(slug);
    return new OtherApp({
      store: this.store,
      actor: { accountId: facts.botId, app: CLERK_PERMISSIONS, appId: facts.id },
      repositoryId: this.#repositoryId,
    });
  }

  /** Its settings ask for these permissions from now on; an owner of the organization has not accepted them yet. */
  setAsked(asks: AppPermissions): void {
    this.app = { ...this.app, asks };
  }
  /** Its account has another login from now on, which nothing tells the App. */
  renameApp(slug: string): void {
    renameAccount(this.store, this.app.botId, slug);
    this.app = { ...this.app, slug, name: slug };
  }
  setLevel(login: string, level: Level): void {
    setLevel(this.store, this.#repositoryId, this.as(login).id, level);
  }
  /** The same in another repository. */
  setLevelIn(repositoryId: number, login: string, level: Level): void {
    setLevel(this.store, repositoryId, this.as(login).id, level);
  }
  renameUser(login: string, newLogin: string): void {
    renameAccount(this.store, this.as(login).id, newLogin);
  }
  deleteUser(login: string): void {
    deleteAccount(this.store, this.as(login).id);
  }
  /**
   * A personal token, to speak to the API as a person: it reads what they may see, writes what they may, and is not the App's: no `/app`, no
   * installations, no check runs, and `viewer` is them.
   */
  tokenFor(login: string): string {
    return this.#tokens.issue({ accountId: this.as(login).id, app: null }).token;
  }
  /** The same with a token that another sandbox has given out. */
  goOnWithToken(token: string, login: string): void {
    this.#tokens.accept(token, { accountId: this.as(login).id, app: null });
  }
  /** The token that a workflow has of its own: of the App github-actions, as which every workflow speaks, and with what it was given. */
  workflowToken(permissions: AppPermissions): string {
    const slug = "github-actions";
    const { id: appId, botId } = this.#otherApps.find((one) => one.slug === slug) ?? this.#newApp(slug);
    return this.#tokens.issue({ accountId: botId, app: permissions, appId }).token;
  }
  /** For so long after it was made REST refuses what an App's token may do: most often GitHub has no such lag. */
  set tokenLagSeconds(seconds: number) {
    this.#tokens.lagSeconds = seconds;
  }
  /** All tokens are void: the next request gets a 401. */
  revokeTokens(): void {
    this.#tokens.revokeAll();
  }

  /** Suspends the installation: its tokens are void and it gets no new ones; or ends that. */
  setSuspended(suspended: boolean): void {
    this.#tokens.suspended = suspended;
    if (suspended) this.#tokens.revokeAll();
  }

  // --- the repository ---

  get repositoryId(): number {
    return this.#repositoryId;
  }
  get repository(): Repository {
    return this.store.repository(this.#repositoryId);
  }
  get ownerLogin(): string {
    return this.store.account(this.repository.ownerId).login;
  }
  thread(number: number): Thread {
    return this.store.thread(this.#repositoryId, number);
  }
  pull(number: number): PullThread {
    return this.store.pull(this.#repositoryId, number);
  }
  /** Names of the labels it carries now, in the order they were put on. */
  labelsOn(number: number): readonly string[] {
    const { labels } = this.repository;
    return this.thread(number).labelIds.flatMap((id) => labels.get(id)?.name ?? []);
  }
  /** The newest check run of the clerk's of a name on the head of a pull request, if any. */
  checkOn(number: number, name = this.app.slug) {
    const { headOid } = this.pull(number).pull;
    return (
      keptRuns(this.repository, this.store.clock.now())
        .filter((run) => run.headOid === headOid && run.name === name)
        .filter(({ suiteId }) => this.repository.suites.get(suiteId)?.appId === null)
        .at(-1) ?? null
    );
  }
  /** Text of a file on a branch (the default one when not given), null when it is not there. */
  fileText(path: string, branch = this.repository.defaultBranch): string | null {
    return (
      this.store.state.commits.get(this.repository.branches.get(branch) ?? "")?.files.get(path)?.text ?? null
    );
  }
  /** The number the next issue or pull request gets, to give them well-known ones. */
  setNextNumber(number: number): void {
    if (this.repository.threads.has(number)) throw new Error(`#${number} is taken`);
    this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, nextNumber: number }));
  }
  setIssues(on: boolean): void {
    this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, hasIssues: on }));
  }
  setDismissStaleReviews(on: boolean): void {
    this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, dismissStaleReviews: on }));
  }
  /** Rulesets, and the older branch protection, of the default branch. */
  setRules(rules: Repository["rules"], protection: Repository["protection"] = null): void {
    this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, rules, protection }));
  }
  /** Numbers of the pull requests in the merge queue of the default branch, the first to be merged first. */
  queued(): readonly number[] {
    return shownQueue(this.repository, this.store.clock.now()).map(({ number }) => number);
  }
  setDefaultBranch(branch: string): void {
    setDefaultBranch(this.#asOwner(), branch);
  }
  renameDefaultBranch(to: string): void {
    renameDefaultBranch(this.#asOwner(), to);
  }
  renameRepository(name: string): void {
    renameRepository(this.#asOwner(), name);
  }
  setArchived(archived: boolean): void {
    setArchived(this.#asOwner(), archived);
  }
  #asOwner() {
    return {
      store: this.store,
      actor: { accountId: this.repository.ownerId, app: null },
      repositoryId: this.#repositoryId,
    };
  }
  /** Hides the repository from everybody without a level in it, or shows it to everybody. */
  setPrivate(hidden: boolean): void {
    this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, private: hidden }));
    this.store.tell({
      event: "repository",
      action: hidden ? "privatized" : "publicized",
      repositoryId: this.#repositoryId,
      senderId: this.repository.ownerId,
    });
  }
  /** Another repository of the same owner. */
  addRepository(made: NewRepository): Repository {
    return createRepository(this.store, this.repository.ownerId, made);
  }
  /** Also a fork: its pull requests stay, without a repository to push to. */
  deleteRepository(id: number): void {
    deleteRepository(this.store, id);
  }
  /** Puts the App on the repository, or takes it off; every App is told, whatever it subscribes to. */
  setInstalled(installed: boolean): void {
    const repository = this.store.changeRepository(this.#repositoryId, (now) => ({ ...now, installed }));
    this.deliveries.post("installation_repositories", installationPayload(this.view(), repository));
  }

  // --- quiet ---

  /** Sends the webhooks that `faults.holdWebhooks` kept, in an order drawn from `random`. */
  deliverHeld(random?: () => number): Promise<void> {
    return this.deliveries.sendHeld(random);
  }

  /** Nothing under way: no request unanswered, no webhook unanswered. */
  get quiet(): boolean {
    return this.requests.inFlight === 0 && this.deliveries.inFlight === 0;
  }

  /**
   * Resolves once nothing is under way, nor has been for some turns of the event loop. `others` says when whoever speaks to the
   * sandbox from this same process is still too: webhooks set it to work, and what it writes makes webhooks, so one of the two
   * alone is not quiet.
   */
  async idle(others: () => Promise<void> = async () => {}): Promise<void> {
    for (let before = -1, calm = 0; calm < CALM_TURNS; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const activity = this.requests.begun + this.deliveries.begun;
      if (!this.quiet || activity !== before) {
        // Somebody has just been answered, and may be about to ask for more.
        if (before >= 0) await new Promise((resolve) => setTimeout(resolve, 1));
        await others();
        before = activity;
        calm = 0;
      } else calm += 1;
    }
  }
}

const CALM_TURNS = 10;
/** The least that was seen, in seconds: GitHub takes up to half a minute. */
const FORK_LAG = 2;
