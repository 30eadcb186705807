import { generateKeyPairSync } from "node:crypto";
import type { Action } from "msc-clerk/domain/model/action.js";
import { emptyRegister } from "msc-clerk/domain/model/emptyRegister.js";
import { LABEL_KEYS } from "msc-clerk/domain/model/labels.js";
import { CONFIG_FILE, type Rules } from "msc-clerk/domain/model/rules.js";
import type { Snapshot } from "msc-clerk/domain/model/snapshot.js";
import { ClerkOctokit, requestsThrough } from "msc-clerk/github/connect.js";
import { allSince, type ProposalRef } from "msc-clerk/github/ports.js";
import { pino } from "pino";
import { Probot } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Connected, connect as connected, START, TestClock } from "../../../test/github/fakeGitHub.js";
import { Sandbox } from "../../src/sandbox.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const CONFIG = `version: 1
teams:
  spec-core-team:
    members: [richvdh, dbkr]
decisions:
  - name: spec change
    approval: { spec-core-team: 75% }
`;

/** The same code as against GitHub, over real HTTP, with tokens and permissions; only the address differs. */
describe("reading and writing against the sandbox", () => {
  let clock: TestClock;
  let sandbox: Sandbox;
  let github: Connected;
  let ref: ProposalRef;
  let number: number;

  beforeEach(async () => {
    clock = new TestClock(START);
    sandbox = new Sandbox({ clock, privateKey: PEM, webhookSecret: "s" });
    const url = await sandbox.listen();
    sandbox.addUser("ara4n", { level: "admin" });
    for (const login of ["richvdh", "dbkr"]) sandbox.addUser(login, { level: "write" });
    sandbox.as("ara4n").createLabel("proposal");
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: CONFIG });
    clock.at += 60_000;
    number = sandbox
      .as("author")
      .openPull({ title: "MSC1: x", files: { "proposals/1-x.md": "text" } }).number;
    sandbox.as("richvdh").label(number, "proposal");
    github = connect(url);
    ref = {
      installation: sandbox.app.installationId,
      owner: sandbox.ownerLogin,
      name: sandbox.repository.name,
      number,
    };
  });
  afterEach(() => sandbox.close());

  function connect(url = sandbox.url): Connected {
    const probot = new Probot({
      appId: sandbox.app.id,
      privateKey: PEM,
      secret: "s",
      baseUrl: url,
      log: pino({ level: "silent" }),
      Octokit: ClerkOctokit,
    });
    return connected({
      clock,
      appId: sandbox.app.id,
      requestFor: requestsThrough((installation) => probot.auth(installation)),
    });
  }

  async function rules(): Promise<{ rules: Rules; adoptedAt: number }> {
    const config = await github.reader.config(ref);
    if (config.kind !== "valid") throw new Error(JSON.stringify(config));
    return config;
  }
  async function read(from: Connected = github): Promise<Snapshot> {
    const { rules: now, adoptedAt } = await rules();
    const outcome = await from.pulls.read(ref, { rules: now, adoptedAt });
    if (outcome.kind !== "read") throw new Error(`${outcome.kind}: ${outcome.why}`);
    return outcome.snapshot;
  }
  const sorted = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    rosterCommit: null, // known to the reader that read the config
    utterances: [...snapshot.utterances].sort((a, b) => (a.id < b.id ? -1 : 1)),
    events: [...snapshot.events].sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  const later = () => {
    clock.at += 60_000;
  };
  const done = async (action: Action) => {
    const outcome = await github.writer.apply(ref, action);
    expect(outcome).toMatchObject({ kind: "done" });
    return outcome.kind === "done" ? outcome.id : null;
  };

  it("check.head: a summary in Chinese is cut to the bytes that GitHub takes of a check, after a whole character", async () => {
    later();
    const { pull } = await read();
    const summary = "字".repeat(30_000);
    await done({
      ...{ kind: "put_check", run: null, head: pull.head, verdict: "in_progress", own: "in_progress" },
      ...{ title: "Waiting", summary, record: null, annotations: [] },
    });
    const shown = sandbox.checkOn(number)?.summary ?? "";
    expect(Buffer.byteLength(shown)).toBe(65_535);
    expect(shown).toBe(`${"字".repeat(21_844)}…`);
  });

  it("reads config and proposal, and knows itself", async () => {
    const { adoptedAt } = await rules();
    expect(adoptedAt).toBe(START);
    const snapshot = await read();
    expect(snapshot.clerk).toEqual({ login: "msc-clerk", id: sandbox.app.botId });
    expect(snapshot.labels).toEqual(["proposal"]);
    expect(snapshot.files).toEqual([{ path: "proposals/1-x.md", change: "added" }]);
    expect(snapshot.pull).toMatchObject({ number, state: "open", author: { login: "author" } });
    expect(snapshot.events).toMatchObject([
      { kind: "labeled", label: "proposal", actor: { login: "richvdh" } },
    ]);
  });

  it("what people do shows the same warm and cold", async () => {
    await read();
    later();
    const comment = sandbox.as("richvdh").comment(number, "@mscbot fcp merge");
    later();
    sandbox.as("dbkr").editComment(comment.id, "@mscbot fcp close");
    later();
    const review = sandbox.as("dbkr").approve(number, "@msc-clerk reviewed");
    later();
    sandbox.as("richvdh").dismiss(review.id);
    later();
    sandbox.as("dbkr").inlineComment(number, "proposals/1-x.md", 1, "@mscbot concern wording");
    later();
    sandbox.as("author").push(number, { "proposals/1-x.md": "more" });
    later();
    const gone = sandbox.as("passer-by").comment(number, "@mscbot fcp merge");
    sandbox.as("passer-by").deleteComment(gone.id);
    sandbox.as("richvdh").unlabel(number, "proposal");
    sandbox.as("author").toDraft(number);
    later();
    const warm = await read();
    expect(sorted(warm)).toEqual(sorted(await read(connect())));
    expect(warm.pull.draft).toBe(true);
    const said = warm.utterances.find(({ kind }) => kind === "comment");
    expect(said?.revisions.map(({ editor, lines }) => [editor?.login, lines])).toEqual([
      ["richvdh", ["@mscbot fcp merge"]],
      ["dbkr", ["@mscbot fcp close"]],
    ]);
    expect(
      warm.utterances.find(({ kind, review: facts }) => kind === "review" && facts?.dismissed)?.review,
    ).toMatchObject({ submitted: "approved" });
  });

  it("every kind of action is carried out, and read back", async () => {
    const { rules: now } = await rules();
    expect(await github.writer.ensureLabels(ref, now)).toEqual({ kind: "done", id: null });
    expect(new Set([...sandbox.repository.labels.values()].map(({ name }) => name))).toEqual(
      new Set(LABEL_KEYS.flatMap((key) => now.labels[key] ?? [])),
    );

    const comment = sandbox.as("richvdh").comment(number, "@mscbot fcp merge");
    const review = sandbox.as("dbkr").approve(number, "@mscbot reviewed");
    const inline = sandbox.as("dbkr").inlineComment(number, "proposals/1-x.md", 1, "@mscbot concern x");
    const before = await read();
    const register = { ...emptyRegister, seq: 1 };
    const status = { kind: "status", key: "1" } as const;
    const id = await done({
      kind: "create_comment",
      marker: status,
      body: "- [ ] @dbkr",
      record: register,
      seq: 0,
    });
    await done({
      kind: "update_comment",
      comment: id ?? "",
      marker: status,
      body: "- [ ] @dbkr one",
      record: { ...register, seq: 2 },
      seq: 0,
    });
    const twice = await done({ kind: "create_comment", marker: status, body: "again", record: null, seq: 0 });
    await done({ kind: "delete_comment", comment: twice ?? "", why: "duplicate" });
    await done({ kind: "add_label", key: "proposed_fcp", label: now.labels.proposed_fcp, latch: false });
    await done({ kind: "remove_label", label: now.labels.proposal });
    await done({ kind: "remove_label", label: now.labels.proposal });
    for (const { id: utterance, nodeId, kind } of before.utterances) {
      if (kind === "review" && utterance !== `review:${review.id}`) continue;
      const on = { kind, id: utterance.slice(utterance.indexOf(":") + 1), nodeId };
      await done({ kind: "react", on, reaction: "thumbsUp" });
    }
    const check = {
      kind: "put_check",
      head: before.pull.head,
      verdict: "in_progress",
      own: "success",
      title: "Waiting",
      summary: "It waits.",
    } as const;
    const run = await done({ ...check, run: null, record: { ...register, seq: 3 }, annotations: [] });
    later();
    const snapshot = await read();
    expect(snapshot.ownComments).toMatchObject([
      { id, marker: status, body: "- [ ] @dbkr one", seq: 2, revisions: [] },
    ]);
    expect(snapshot.register).toEqual({ ...register, seq: 3 });
    expect(snapshot.carriers).toMatchObject({ comment: 2, check: 3 });
    expect(snapshot.labels).toEqual([now.labels.proposed_fcp]);
    expect(snapshot.check).toMatchObject({
      id: Number(run),
      verdict: "in_progress",
      own: "success",
      title: "Waiting",
    });
    for (const liked of [`comment:${comment.id}`, `review:${review.id}`, `inline:${inline.id}`]) {
      expect(snapshot.utterances.find((one) => one.id === liked)?.reactions.thumbsUp).toBe(true);
    }
    expect(sorted(await read(connect()))).toEqual(sorted(snapshot));

    await done({ ...check, verdict: "success", run: Number(run), record: null, annotations: [] });
    await done({ kind: "close_pull" });
    const closed = await read();
    expect(closed.check?.verdict).toBe("success");
    expect(closed.pull.state).toBe("closed");
    expect(closed.events.filter(({ kind }) => kind === "closed")).toMatchObject([{ byClerk: true }]);
  });

  it("ballot.tick: a person's tick is told from the clerk's own edits, also under one", async () => {
    const status = { kind: "status", key: "1" } as const;
    const id = await done({
      kind: "create_comment",
      marker: status,
      body: "- [ ] @dbkr",
      record: { ...emptyRegister, seq: 1 },
      seq: 0,
    });
    await read();
    later();
    const body = sandbox.thread(number).comments.find((one) => String(one.id) === id)?.body ?? "";
    sandbox.as("dbkr").editComment(Number(id), body.replace("[ ]", "[x]"));
    later();
    await done({
      kind: "update_comment",
      comment: id ?? "",
      marker: status,
      body: "- [ ] @dbkr!",
      record: { ...emptyRegister, seq: 2 },
      seq: 0,
    });
    sandbox.requests.clear();
    const snapshot = await read();
    expect(snapshot.ownComments[0]?.revisions.map(({ byClerk, editor }) => [byClerk, editor?.login])).toEqual(
      [
        [true, "msc-clerk"],
        [false, "dbkr"],
        [true, "msc-clerk"],
      ],
    );
    expect(snapshot.register?.seq).toBe(2);
  });

  it("a look that changes nothing is one request", async () => {
    for (let i = 0; i < 120; i += 1) sandbox.as("richvdh").comment(number, `words ${i}`);
    await done({
      kind: "create_comment",
      marker: { kind: "status", key: "1" },
      body: "- [ ] @dbkr",
      record: { ...emptyRegister, seq: 1 },
      seq: 0,
    });
    await read();
    sandbox.requests.clear();
    await read();
    expect(sandbox.requests.all).toHaveLength(1);
  });

  it("a push that changes the config decides nothing until it is read", async () => {
    const { rules: old, adoptedAt } = await rules();
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: CONFIG.replace("dbkr", "dbkr, uhoreg") });
    expect(await github.pulls.read(ref, { rules: old, adoptedAt })).toMatchObject({ kind: "unreadable" });
    const fresh = await rules();
    expect(fresh.rules.teams[0]?.members).toHaveLength(3);
    expect(fresh.adoptedAt).toBe(adoptedAt);
  });

  it("lists what is open, what has changed, and every repository", async () => {
    expect(await github.reader.repositories()).toEqual({
      kind: "read",
      notPublic: [],
      repositories: [{ installation: ref.installation, owner: ref.owner, name: ref.name }],
      ids: [sandbox.repositoryId],
      unread: [],
    });
    expect(await github.reader.everyOpen(ref)).toMatchObject({ kind: "read", numbers: [number] });
    const second = sandbox
      .as("author")
      .openPull({ title: "MSC2", files: { "proposals/2.md": "text" } }).number;
    clock.at += 600_000;
    const since = clock.at;
    expect(await github.reader.changed(ref, allSince(since))).toMatchObject({ kind: "read", numbers: [] });
    clock.at += 60_000;
    sandbox.as("richvdh").comment(second, "hello");
    const changed = await github.reader.changed(ref, allSince(since));
    expect(changed).toMatchObject({ kind: "read", numbers: [second] });
  });

  it("config.unreadable: partial data, limits and errors are never a smaller electorate", async () => {
    const { rules: now, adoptedAt } = await rules();
    const outcome = () => connect().pulls.read(ref, { rules: now, adoptedAt });
    const graphql = (request: { path: string }) => request.path.includes("graphql");
    for (const failure of [{ kind: "partial" }, { kind: "error", status: 502 }] as const) {
      // Asked for in ever smaller portions, it fails in each of them.
      sandbox.faults.fail(failure, { when: graphql, times: 100 });
      expect(await outcome()).toMatchObject({ kind: "unreadable" });
      sandbox.faults.clear();
    }
    sandbox.faults.fail({ kind: "secondary", retryAfter: 30 }, { when: graphql });
    const limited = await outcome();
    expect(limited).toMatchObject({ kind: "unreadable" });
    expect(limited.kind === "unreadable" && limited.retryAt).toBeGreaterThan(clock.at);
    expect(await outcome()).toMatchObject({ kind: "read" });
  });

  it("comment.once: a comment whose answer is lost was made once, and is found again", async () => {
    await read();
    sandbox.faults.fail(
      { kind: "cut" },
      { when: (request) => request.method === "POST" && request.path.endsWith("/comments") },
    );
    const outcome = await github.writer.apply(ref, {
      kind: "create_comment",
      marker: { kind: "announce", key: "1:fcp-begun" },
      body: "x",
      record: null,
      seq: 0,
    });
    expect(outcome).toMatchObject({ kind: "unclear" });
    later();
    expect((await read()).ownComments).toMatchObject([{ marker: { kind: "announce", key: "1:fcp-begun" } }]);
  });
});
