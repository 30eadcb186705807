import { expect, test } from "vitest";
import { compare, type Seen } from "../../src/conformance/compare.js";
import { masked, type Observation, shapeOf } from "../../src/conformance/observation.js";

const BODY = {
  id: 1,
  user: { login: "a" },
  labels: [{ name: "x", description: null }],
  body: "text",
  merged_at: null,
};

const seen = (...observations: readonly Partial<Observation>[]): Seen => ({
  observations: observations.map((given, index) => ({
    name: `step ${index + 1}`,
    request: { by: "app", route: "GET /x" },
    status: 200,
    says: null,
    shape: shapeOf(BODY),
    facts: null,
    sometimes: false,
    ...given,
  })),
  unsettled: null,
});
const shaped = (body: unknown) => ({ shape: shapeOf(body) });

test("the conformance kit: the same is the same, and GitHub may say more than the sandbox", () => {
  expect(compare(seen({}), seen({}))).toEqual({ kind: "pass" });
  expect(compare(seen({}), seen(shaped({ ...BODY, more: [{ deep: true }] })))).toEqual({ kind: "pass" });
});

test.each([
  ["another status", seen({ status: 403 }), /status 200; GitHub answered 403/],
  ["other words", seen({ says: "no" }), /the words null; GitHub answered “no”/],
  ["another fact", seen({ facts: { a: 1 } }), /believes {2}?null; GitHub answered \{"a":1\}/],
  ["another way to ask", seen({ request: { by: "second", route: "GET /x" } }), /the request/],
  [
    "a field that GitHub has not",
    seen(shaped({ ...BODY, user: {} })),
    /answers user.login \(string\), and GitHub does not/,
  ],
  [
    "a value of another kind",
    seen(shaped({ ...BODY, id: "1" })),
    /id is number in the sandbox, and string on GitHub/,
  ],
  ["one step less", seen(), /step 1: GitHub shows no such thing/],
  ["one step more", seen({}, {}), /step 2: the sandbox shows no such thing/],
])("the conformance kit: %s is told", (_, answered, how) => {
  const verdict = compare(seen({}), answered);
  expect(verdict.kind === "differs" ? verdict.how.join("\n") : verdict.kind).toMatch(how);
});

test("the conformance kit: another order is told", () => {
  const verdict = compare(seen({ name: "a" }, { name: "b" }), seen({ name: "b" }, { name: "a" }));
  expect(verdict.kind === "differs" ? verdict.how : []).toEqual([
    expect.stringContaining("the order differs"),
  ]);
});

test("the conformance kit: where GitHub shows nothing, nothing is said of what would be there", () => {
  expect(compare(seen({}), seen(shaped({ ...BODY, user: null, labels: [], merged_at: "2026" })))).toEqual({
    kind: "pass",
  });
});

test("the conformance kit: what happens at times only is not settled where it did not, and told where it differs", () => {
  const lag = { name: "before", sometimes: true, status: 422 };
  expect(compare(seen(lag, {}), seen({ name: "step 2" }))).toMatchObject({ kind: "not settled" });
  expect(compare(seen(lag, {}), seen({ ...lag, status: 404 }, {}))).toMatchObject({ kind: "differs" });
});

test("the conformance kit: a probe that had to stop is not settled, and what it saw until then is held against the sandbox", () => {
  const stopped = { ...seen({}), unsettled: "no admin" };
  expect(compare(seen({}, {}), stopped)).toEqual({ kind: "not settled", why: "no admin" });
  expect(compare(seen({ status: 201 }, {}), stopped)).toMatchObject({ kind: "differs" });
});

test("the conformance kit: what differs from run to run is masked, and the bounds of GitHub's are not", () => {
  const oid = "0123456789abcdef0123456789abcdef01234567";
  expect(masked(`No commit found for SHA: ${oid}, in kit-abc-def-1, 123456, at most 65535 bytes`)).toBe(
    "No commit found for SHA: (commit), in kit-…, (number), at most 65535 bytes",
  );
});
