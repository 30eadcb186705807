import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { MINUTE } from "../../src/domain/text/time.js";
import type { Answer, Caller } from "../../src/github/client/call.js";
import { SpecPulls } from "../../src/github/read/specPulls.js";
import { SpecLinks } from "../../src/github/write/specLinks.js";
import { rules } from "../support/rules.js";
import { CLERK, START, world } from "../support/world.js";

const REF = { installation: 1, owner: "matrix-org", name: "proposals", number: 1772 };
const RULES = { ...rules(), prefix: "MSC", specRepository: { name: "matrix-org/spec", words: [] } };

interface Listed {
  readonly number: number;
  readonly by: string;
  readonly merged?: boolean;
  readonly at?: number;
}

const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();
const user = (login: string) => ({ login, type: "User", id: login.length + 9000 });

/** GitHub with a repository of the specification; `leadsTo`: what answers to its name by now. */
function gitHub(listed: readonly Listed[], leadsTo = "matrix-org/spec") {
  const asked: string[] = [];
  const warned: string[] = [];
  const none = { pageInfo: { hasNextPage: false, endCursor: null as string | null }, nodes: [] as unknown[] };
  const made = {
    now: START,
    comments: (): { readonly pageInfo: object; readonly nodes: readonly unknown[] } => none,
  };
  const [owner = "", name = ""] = leadsTo.split("/");
  const data = (route: string, { repo, variables }: Record<string, unknown>): unknown => {
    if (route.endsWith("/installation")) return { id: 2 };
    if (route === "GET /repos/{owner}/{repo}")
      return repo === "spec"
        ? { owner: { login: owner }, name, private: false, html_url: `https://github.com/${leadsTo}` }
        : { owner: { login: REF.owner }, name: REF.name, private: false, html_url: "https://github.com/x/y" };
    if (route.endsWith("/pulls"))
      return [...listed]
        .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
        .map((one) => ({
          ...{ number: one.number, title: "MSC1772", body: null, updated_at: at(one.at ?? 0) },
          ...{ user: user(one.by), state: one.merged ? "closed" : "open" },
          merged_at: one.merged ? at(0) : null,
        }));
    const { number } = variables as { number: number };
    const one = listed.find((each) => each.number === number);
    return {
      data: {
        viewer: { databaseId: CLERK.id },
        repository: {
          pullRequest: {
            ...{ number, url: "u", title: "MSC1772", body: "", locked: false, lastEditedAt: null },
            state: one?.merged ? "MERGED" : "OPEN",
            ...{ createdAt: at(0), closedAt: null, mergedAt: one?.merged ? at(0) : null, mergedBy: null },
            author: one && { __typename: "User", login: one.by, databaseId: user(one.by).id },
            timelineItems: { nodes: [] },
            reviews: { nodes: [] },
            comments: made.comments(),
          },
        },
      },
    };
  };
  const call = async (_: unknown, route: string, given: Record<string, unknown>) => {
    asked.push(route);
    return { kind: "ok", status: 200, headers: {}, data: data(route, given) } as unknown as Answer;
  };
  const caller = { call, now: () => made.now, gitHubNow: () => made.now } as unknown as Caller;
  const silent = () => {};
  const log = { debug: silent, info: silent, error: silent, warn: (line: string) => void warned.push(line) };
  const spec = new SpecPulls({ caller, log });
  const look = async () => {
    const w = world({ rules: RULES });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.merge("richvdh");
    const snapshot: Snapshot = { ...w.snapshot(), lawfulRules: null, lawfulLost: null };
    const pull = { ...snapshot.pull, number: REF.number };
    return (await spec.complete(REF, { ...snapshot, pull, register: w.register }, RULES)).spec;
  };
  return Object.assign(made, { look, asked, warned, caller });
}

const numbers = async (listed: readonly Listed[]) => {
  const spec = await gitHub(listed).look();
  return spec?.kind === "read" ? spec.pulls.map(({ number }) => number) : spec;
};

describe("spec.linked: where the specification is", () => {
  test.each(["somebody-else/spec", "matrix-org/proposals"])(
    "spec.linked: its name that leads to %s by now is looked at neither the first time nor later",
    async (leadsTo) => {
      const g = gitHub([{ number: 1, by: "richvdh" }], leadsTo);
      for (let look = 0; look < 3; look += 1) {
        expect(await g.look()).toEqual({ kind: "unread", retryAt: null });
        g.now += MINUTE;
      }
      expect(g.asked.filter((route) => route.endsWith("/pulls") || route.startsWith("POST"))).toEqual([]);
      expect(g.warned).toHaveLength(1);
    },
  );

  test("spec.linked: a name that leads to another one of the same owner is followed", async () => {
    const g = gitHub([{ number: 1, by: "richvdh" }], "matrix-org/matrix-spec");
    expect(await g.look()).toMatchObject({ kind: "read", name: "matrix-spec", pulls: [{ number: 1 }] });
    expect(g.warned).toEqual([]);
  });
});

/** The clerk's comment on a pull request of the specification. */
const link = (id: number, key: string) => ({
  ...{ fullDatabaseId: String(id), body: `<!-- msc-clerk:spec ${key} -->\ntext` },
  author: { __typename: "Bot", login: CLERK.login, databaseId: CLERK.id },
});

/** A list that never ends. */
let cursor = 0;
function nextCursor(): string {
  cursor += 1;
  return String(cursor);
}

describe("comment.once, spec.linked: the comment on a pull request of the specification", () => {
  const FROM = { id: 4242, name: "matrix-org/proposals", url: "u" };
  const to = { installation: 2, owner: "matrix-org", name: "spec", number: 1 };

  async function linking(comments: readonly unknown[], proposal: number, hasNextPage = false) {
    const sent: string[] = [];
    const g = gitHub([{ number: 1, by: "richvdh" }]);
    g.comments = () => ({ pageInfo: { hasNextPage, endCursor: nextCursor() }, nodes: comments });
    const links = new SpecLinks({
      caller: g.caller,
      send: async (_, { route, parameters }) => {
        const { body = "", comment_id: id = "" } = parameters as { body?: string; comment_id?: string };
        sent.push(`${route.split(" ")[0]} ${id} ${/spec ([\d:,]+)/.exec(body)?.[1] ?? ""}`.trim());
        return { kind: "done", id: id === "" ? "9" : id };
      },
    });
    const outcome = await links.apply({ kind: "link_spec_pull", to, proposal, from: FROM });
    return { kind: outcome.kind, sent };
  }

  test("comment.once: of two that two processes made the older stays, with all that both were for", async () => {
    const two = [link(5, "4242:12"), link(6, "77:3"), link(7, "4242:12,34")];
    expect(await linking(two, 34)).toEqual({ kind: "done", sent: ["PATCH 5 4242:12,34", "DELETE 7"] });
    const same = [link(5, "4242:12"), link(7, "4242:12")];
    expect(await linking(same, 12)).toEqual({ kind: "done", sent: ["DELETE 7"] });
  });

  test("spec.linked: one that stands and names the proposal is left as it is; another proposal is added", async () => {
    expect(await linking([link(5, "4242:12")], 12)).toEqual({ kind: "done", sent: [] });
    expect(await linking([link(5, "4242:12")], 34)).toEqual({ kind: "done", sent: ["PATCH 5 4242:12,34"] });
    expect(await linking([], 34)).toEqual({ kind: "done", sent: ["POST  4242:34"] });
  });

  test("spec.linked: where there are more comments than are looked at none is made, however often it is looked at", async () => {
    expect(await linking([], 12, true)).toEqual({ kind: "refused", sent: [] });
    const g = gitHub([{ number: 1, by: "richvdh" }]);
    g.comments = () => ({ pageInfo: { hasNextPage: true, endCursor: nextCursor() }, nodes: [] });
    expect(await g.look()).toMatchObject({ pulls: [{ linked: [REF.number] }] });
  });

  test("comment.once: two of them are seen as one too many", async () => {
    const g = gitHub([{ number: 1, by: "richvdh" }]);
    const id = world({ rules: RULES }).snapshot().repository.id;
    const shown = (keys: readonly string[]) => () => ({
      pageInfo: { hasNextPage: false, endCursor: null },
      nodes: keys.map((key, at) => link(at, key)),
    });
    g.comments = shown([`${id}:1772`]);
    expect(await g.look()).toMatchObject({ pulls: [{ linked: [1772] }] });
    g.comments = shown([`${id}:1772`, `${id}:1772`]);
    expect(await g.look()).toMatchObject({ pulls: [{ linked: [] }] });
  });
});

describe("spec.linked: of more than are looked at", () => {
  const flood = (from: number, minutes: number) =>
    Array.from({ length: 60 }, (_, one) => ({ number: from + one, by: "passer-by", at: minutes + one }));

  test("spec.linked: strangers' pull requests, however many and new, take away neither what was merged nor a member's", async () => {
    const real = [
      { number: 1, by: "contributor", merged: true },
      { number: 2, by: "richvdh", at: 1 },
    ];
    expect(await numbers([...real, ...flood(100, 10)])).toEqual(expect.arrayContaining([1, 2]));
  });

  test("spec.linked: nor a stranger's that was there before them, and that a member may have approved", async () => {
    const found = await numbers([{ number: 3, by: "contributor" }, ...flood(100, 10)]);
    expect(found).toContain(3);
    expect(found).toHaveLength(20);
  });
});
