import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { EVENTS, type Trigger } from "../../src/runtime/server/events.js";
import type { Payload } from "../../src/runtime/server/payload.js";
import { newsIn } from "../../src/runtime/server/webhookNews.js";

const triggersOf = (name: string, payload: unknown, self: string | null) =>
  newsIn(name, payload, self).triggers;

const HEAD = "a".repeat(40);
const SELF = "msc-clerk[bot]";
const repository = {
  id: 1,
  name: "matrix-spec-proposals",
  owner: { login: "matrix-org" },
  default_branch: "main",
};
const base = { installation: { id: 7 }, repository, sender: { login: "anna", type: "User" } };
const of = (name: string, payload: object) => triggersOf(name, { ...base, ...payload }, SELF);

const look = (number: number, forced = false): readonly Trigger[] => [
  {
    kind: "reconcile",
    ref: { installation: 7, owner: "matrix-org", name: "matrix-spec-proposals", number },
    forced,
  },
];
const everything = (labels = false): readonly Trigger[] => [
  {
    kind: "repository",
    repository: { installation: 7, owner: "matrix-org", name: "matrix-spec-proposals" },
    labels,
  },
];
const installation: readonly Trigger[] = [{ kind: "installation", installation: 7 }];

describe("a webhook says where to look, and nothing else", () => {
  test.each([
    ["pull_request", { action: "synchronize", number: 12, pull_request: { number: 12 } }],
    ["pull_request", { action: "labeled", number: 12, pull_request: { number: 12 } }],
    ["pull_request_review", { action: "submitted", pull_request: { number: 12 } }],
    ["pull_request_review", { action: "dismissed", pull_request: { number: 12 } }],
    ["pull_request_review_thread", { action: "resolved", pull_request: { number: 12 } }],
    ["pull_request_review_comment", { action: "edited", pull_request: { number: 12 } }],
    ["issue_comment", { action: "created", issue: { number: 12, pull_request: {} } }],
    ["issue_comment", { action: "deleted", issue: { number: 12, pull_request: {} } }],
  ])("%s: the pull request it is about", (name, payload) => {
    expect(of(name, payload)).toEqual(look(12));
  });

  test("a comment on an issue that is no pull request is none of the clerk's", () => {
    expect(of("issue_comment", { action: "created", issue: { number: 12 } })).toEqual([]);
    expect(of("issue_comment", { action: "created", issue: { number: 12, pull_request: null } })).toEqual([]);
  });

  test("the clerk's own doings cause no look, a person's edit of its comment does", () => {
    const edited = {
      action: "edited",
      issue: { number: 12, pull_request: {} },
      comment: { user: { login: SELF } },
    };
    expect(of("issue_comment", { ...edited, sender: { login: SELF, type: "Bot" } })).toEqual([]);
    expect(of("issue_comment", { ...edited, sender: { login: "MSC-Clerk[bot]", type: "Bot" } })).toEqual([]);
    expect(of("issue_comment", edited)).toEqual(look(12));
    const own = { ...base, ...edited, sender: { login: SELF } };
    expect(triggersOf("issue_comment", own, null)).toEqual(look(12));
  });

  test("another bot's doings do: it may set a label or comment like anybody", () => {
    const sender = { login: "mscbot", type: "User" };
    expect(of("pull_request", { action: "labeled", pull_request: { number: 12 }, sender })).toEqual(look(12));
  });

  const group = {
    kind: "merge_group",
    group: {
      installation: 7,
      owner: "matrix-org",
      name: "matrix-spec-proposals",
      number: 12,
      branch: "a/b",
      head: HEAD,
    },
  };

  test("check.queue: a merge group asks for an answer on its own commit, and its end for none", () => {
    const merge_group = {
      head_sha: HEAD,
      head_ref: `refs/heads/gh-readonly-queue/a/b/pr-12-${"b".repeat(40)}`,
    };
    expect(of("merge_group", { action: "checks_requested", merge_group })).toEqual([
      { ...group, over: false },
    ]);
    expect(of("merge_group", { action: "destroyed", merge_group })).toEqual([{ ...group, over: true }]);
    for (const odd of [
      { ...merge_group, head_ref: "refs/heads/main" },
      { ...merge_group, head_sha: 7 },
      null,
    ])
      expect(of("merge_group", { action: "checks_requested", merge_group: odd })).toEqual([]);
  });

  test("check.queue: re-running the check of a merge group asks for it once more", () => {
    const head_branch = `gh-readonly-queue/a/b/pr-12-${"b".repeat(40)}`;
    const run = { external_id: "12:success", head_sha: HEAD, check_suite: { head_branch } };
    expect(of("check_run", { action: "rerequested", check_run: run })).toEqual([{ ...group, over: false }]);
    const suite = { head_sha: HEAD, head_branch, pull_requests: [] };
    expect(of("check_suite", { action: "rerequested", check_suite: suite })).toEqual([
      { ...group, over: false },
    ]);
  });

  test("re-running the check looks afresh at the PR its external id names, also from a fork", () => {
    const run = { external_id: "12:success", pull_requests: [] };
    expect(of("check_run", { action: "rerequested", check_run: run })).toEqual(look(12, true));
    expect(of("check_run", { action: "created", check_run: run })).toEqual([]);
    const form = { external_id: "form:12", pull_requests: [] };
    expect(of("check_run", { action: "rerequested", check_run: form })).toEqual(look(12, true));
    const listed = { external_id: "", pull_requests: [{ number: 3 }, { number: 4 }] };
    expect(of("check_run", { action: "rerequested", check_run: listed })).toEqual([
      ...look(3, true),
      ...look(4, true),
    ]);
    const nameless = { external_id: "; rm -rf", pull_requests: [] };
    expect(of("check_run", { action: "rerequested", check_run: nameless })).toEqual(everything());
  });

  test("re-running the suite looks afresh at its PRs, or at those with its head where it names none, as a fork's does", () => {
    const pulls = { pull_requests: [{ number: 12 }] };
    expect(of("check_suite", { action: "rerequested", check_suite: pulls })).toEqual(look(12, true));
    expect(of("check_suite", { action: "rerequested", check_suite: { pull_requests: [] } })).toEqual(
      everything(),
    );
    const forked = { pull_requests: [], head_sha: HEAD };
    expect(of("check_suite", { action: "rerequested", check_suite: forked })).toEqual([
      {
        kind: "head",
        repository: everything().map((one) => ("repository" in one ? one.repository : null))[0],
        head: HEAD,
      },
    ]);
    expect(of("check_suite", { action: "requested", check_suite: pulls })).toEqual([]);
  });

  test("a label deleted or renamed, and a repository that changed, are looked at whole", () => {
    expect(of("label", { action: "deleted" })).toEqual(everything(true));
    expect(of("label", { action: "edited", changes: { name: { from: "x" } } })).toEqual(everything(true));
    expect(of("label", { action: "edited", changes: { color: { from: "fff" } } })).toEqual([]);
    expect(of("label", { action: "created" })).toEqual([]);
    for (const action of ["archived", "unarchived", "renamed", "transferred", "privatized", "publicized"]) {
      expect(of("repository", { action })).toEqual(everything().map((one) => ({ ...one, hide: true })));
    }
    const rebased = { action: "edited", changes: { default_branch: { from: "master" } } };
    expect(of("repository", rebased)).toEqual(everything());
    expect(of("repository", { action: "edited", changes: { description: {} } })).toEqual([]);
    expect(of("repository", { action: "deleted" })).toEqual([]);
  });

  test("an installation that begins or is given repositories or permissions is looked at whole", () => {
    for (const action of ["created", "unsuspend", "new_permissions_accepted"]) {
      expect(of("installation", { action })).toEqual(installation);
    }
    for (const action of ["deleted", "suspend"]) expect(of("installation", { action })).toEqual([]);
    expect(of("installation_repositories", { action: "added" })).toEqual(installation);
  });
});

describe("config.source: a push to the default branch that can have changed the rules looks at every open PR", () => {
  const commit = { added: [], modified: ["README.md"], removed: [] };
  const push = { ref: "refs/heads/main", forced: false, created: false, commits: [commit] };
  const config = ".github/msc-clerk.yml";

  test.each(["added", "modified", "removed"])("the file is %s", (how) => {
    expect(of("push", { ...push, commits: [commit, { ...commit, [how]: [config] }] })).toEqual(everything());
  });

  test("other files, other branches and tags do not", () => {
    expect(of("push", push)).toEqual([]);
    const changing = { ...push, commits: [{ ...commit, modified: [config] }] };
    expect(of("push", { ...changing, ref: "refs/heads/topic" })).toEqual([]);
    expect(of("push", { ...changing, ref: "refs/tags/main" })).toEqual([]);
  });

  test("where it does not say what it changed, it may have", () => {
    for (const unsure of [
      { commits: [] },
      { commits: undefined },
      { forced: true },
      { created: true },
      { commits: Array.from({ length: 20 }, () => commit) },
      { commits: [{ added: [] }] },
      { commits: [{ ...commit, added: Array.from({ length: 300 }, (_, n) => `f${n}`) }] },
      { repository: { ...repository, default_branch: undefined } },
    ]) {
      expect(of("push", { ...push, ...unsure })).toEqual(everything());
    }
  });
});

test("whatever else is signed and sent causes nothing, and breaks nothing", () => {
  for (const payload of [null, "x", 7, [], {}, { installation: null }, { installation: { id: "7" } }]) {
    for (const name of ["push", "pull_request", "check_run", "label", "installation", "ping", "nonsense"]) {
      expect(triggersOf(name, payload, SELF)).toEqual([]);
    }
  }
  for (const number of [undefined, null, "12", -1, 1.5, Number.MAX_VALUE]) {
    expect(of("pull_request", { pull_request: { number }, number: undefined })).toEqual([]);
  }
  expect(of("ping", { zen: "" })).toEqual([]);
  expect(of("pull_request", { repository: { ...repository, owner: {} }, number: 1 })).toEqual([]);
});

test("whatever stands where something is looked for, nothing breaks", () => {
  const junk = fc.oneof(fc.constantFrom<unknown>(null, "x", 7, [], {}, [null], ["x"], true), fc.jsonValue());
  const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc.oneof(junk, fc.record(fields, { requiredKeys: [] }));
  const pulls = fc.oneof(junk, fc.array(some({ number: junk })));
  const anything = fc.record(
    {
      action: fc.constantFrom(
        "created",
        "edited",
        "submitted",
        "labeled",
        "synchronize",
        "closed",
        "rerequested",
      ),
      installation: fc.constant(base.installation),
      repository: fc.oneof(fc.constant(repository), some({ name: junk, owner: some({ login: junk }) })),
      sender: some({ login: junk, id: junk }),
      pull_request: some({ number: junk, updated_at: junk, head: some({ sha: junk }) }),
      issue: some({ number: junk, pull_request: junk }),
      comment: some({ id: junk, updated_at: junk, user: some({ login: junk }) }),
      review: some({ id: junk }),
      label: some({ name: junk }),
      changes: some({ name: junk, default_branch: junk }),
      check_run: some({ external_id: junk, pull_requests: pulls }),
      check_suite: some({ pull_requests: pulls }),
      ref: fc.oneof(fc.constant("refs/heads/main"), junk),
      commits: fc.oneof(junk, fc.array(some({ added: junk, modified: junk, removed: junk }))),
    },
    { requiredKeys: ["action", "installation", "repository"] },
  );
  const names = fc.constantFrom(...Object.keys(EVENTS), "ping", "constructor", "__proto__");
  fc.assert(
    fc.property(names, anything, (name, payload) => {
      expect(() => newsIn(name, payload, SELF)).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

test("a name that GitHub's payloads do not have is an error of the compiler", () => {
  expectTypeOf<NonNullable<Payload<"push">>>().toHaveProperty("ref");
  expectTypeOf<NonNullable<Payload<"push">>>().not.toHaveProperty("branch");
  expectTypeOf<NonNullable<NonNullable<Payload<"pull_request">>["pull_request"]>>().toHaveProperty("number");
  expectTypeOf<NonNullable<NonNullable<Payload<"pull_request">>["pull_request"]>>().not.toHaveProperty("nr");
});
