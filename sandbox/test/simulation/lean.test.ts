import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { numbered } from "msc-clerk/github/client/graphql.js";
import {
  COLD,
  COLD_SEVERAL,
  CONFIG,
  OPEN,
  OPEN_NUMBERS,
  VERSIONS,
  WARM,
} from "msc-clerk/github/read/queries/generated.js";
import { beforeAll, expect, test } from "vitest";
import { GraphQLApi } from "../../src/graphql/api.js";
import { pullNode } from "../../src/graphql/nodes/pull.js";
import { Arena } from "../../src/simulation/arena.js";
import { answerTo } from "../../src/simulation/lean.js";
import { storyOf } from "../../src/simulation/weave.js";
import { fullName } from "../../src/view.js";

let place: Arena;
beforeAll(async () => {
  // With everything that a story has: motions, reviews, an amendment, checks, forced pushes.
  place = new Arena(storyOf(1));
  await place.run();
  place.end();
});

/** What the sandbox answers by the schema, and what it answers in the simulation. */
function bothWays(query: string, own: object) {
  const { sandbox } = place;
  const { store, app, limits } = sandbox;
  const view = sandbox.view();
  const [owner, repo] = fullName(view, sandbox.repository).split("/");
  const variables = { owner, repo, config: CONFIG_FILE, appId: app.id, ...own };
  const actor = { accountId: app.botId, app: app.permissions };
  const asked = { store, read: view, fresh: () => sandbox.view(), actor, limits };
  const bySchema = new GraphQLApi().answer(asked, { query, variables });
  const context = { ...asked, view, viewerId: app.botId, cost: 1, nodes: 1, pullNode };
  const plain = (answer: object) =>
    JSON.parse(JSON.stringify(answer, (key, value) => (key === "locations" ? undefined : value))) as {
      readonly data?: unknown;
      readonly errors?: unknown;
    };
  return { bySchema: plain(bySchema), lean: plain(answerTo(context, query, variables)) };
}

const several = <V extends object>({ query, variables }: { query: string; variables: V }) =>
  [query, variables] as const;
const whole = { comments: true, reviews: true, threads: true, events: true, files: true, head: true };

test.each([
  [
    "warm",
    ...several(
      numbered(WARM, [
        { number: 1, since: null },
        { number: 2, since: null },
      ]),
    ),
    { status: [] },
  ],
  [
    "cold, several",
    ...several(numbered(COLD_SEVERAL, [{ number: 1 }, { number: 2 }])),
    { page: 50, threadPage: 30 },
  ],
  ["cold", COLD, { number: 1, page: 3, threadPage: 30, ...whole, status: [], edits: 10 }, {}],
  [
    "cold, in part",
    COLD,
    { number: 1, page: 3, threadPage: 30, ...whole, comments: false, head: false, status: [], edits: 10 },
    {},
  ],
  ["all open", OPEN, { page: 50, threads: true }, {}],
  ["numbers", OPEN_NUMBERS, {}, {}],
  ["the config", CONFIG, {}, {}],
  ["its versions", VERSIONS, {}, {}],
])("%s: the simulation's answers are those by GitHub's schema", (_, query, numbers, named) => {
  const { bySchema, lean } = bothWays(query, { ...numbers, ...named });
  expect(bySchema.errors).toBeUndefined();
  expect(lean).toEqual(bySchema);
});

test("what is not there is told at the same place, in the same words", () => {
  const missing = numbered(WARM, [
    { number: 1, since: null },
    { number: 4711, since: null },
  ]);
  const { bySchema, lean } = bothWays(missing.query, { ...missing.variables, status: ["nothing"] });
  expect(bySchema.errors).toHaveLength(2);
  expect(lean).toEqual(bySchema);
});
