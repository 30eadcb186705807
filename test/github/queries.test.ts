import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { numbered, numberedParts, type Query } from "../../src/github/client/graphql.js";
import * as generated from "../../src/github/read/queries/generated.js";

const schema = buildSchema(published.idl, { assumeValidSDL: true });
const faults = (text: string) => validate(schema, parse(text)).map((error) => error.message);

const texts = Object.entries(generated).map(([name, query]) => [name, query as string] as const);

describe("what the clerk asks GitHub, as it is sent, against GitHub's published schema", () => {
  it("has texts to check", () => expect(texts.length).toBeGreaterThanOrEqual(18));

  it.each(texts)("%s is valid", (_, text) => expect(faults(text)).toEqual([]));

  const places = ["a", "b", "c"].map((id) => ({ id, after: null }));

  it.each([
    ["comments of threads", numbered(generated.FURTHER_INLINE, places).query],
    ["edits", numbered(generated.FURTHER_EDITS, places).query],
  ])("further pages of several lists of %s are valid", (_, text) => {
    expect(faults(text)).toEqual([]);
  });

  it.each([0, 3])("OLDER_RUNS is valid with %d commits that were pushed away", (count) => {
    const parts = Array.from({ length: count }, () => ({ oid: "a".repeat(40) }));
    expect(faults(numbered(generated.OLDER_RUNS, parts).query)).toEqual([]);
  });

  it("notices a field that GitHub does not have", () => {
    expect(faults(generated.COLD.replace("isDraft", "isDraught"))).not.toEqual([]);
  });
});

describe("a query with a numbered part", () => {
  type Answer = { readonly part0: { readonly name: string } | null };
  const query =
    "query Names($first:Int!\n$id0:ID!\n){\npart0:node(id:$id0){...on User{name(first:10)}}\n}" as Query<
      Answer,
      { first: number; id0: string }
    >;

  it("asks for the part as often as there are values, each with variables of its own", () => {
    expect(numbered(query, [{ id: "a" }, { id: "b" }])).toEqual({
      query:
        "query Names($first:Int!$id0:ID! $id1:ID!){part0:node(id:$id0){...on User{name(first:10)}} part1:node(id:$id1){...on User{name(first:10)}}}",
      variables: { id0: "a", id1: "b" },
    });
  });

  it("asks for none where there is none", () => {
    expect(numbered(query, [])).toEqual({ query: "query Names($first:Int!){}", variables: {} });
  });

  it("tells what came of each, in order, and what did not come", () => {
    const answer = { part0: { name: "a" }, part2: { name: "c" } };
    expect(numberedParts(answer, 3)).toEqual([{ name: "a" }, undefined, { name: "c" }]);
    expect(numberedParts(null, 1)).toEqual([undefined]);
  });
});
