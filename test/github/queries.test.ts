import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import * as configFile from "../../src/github/read/configFile.js";
import * as queries from "../../src/github/read/queries.js";

const schema = buildSchema(published.idl, { assumeValidSDL: true });
const faults = (text: string) => validate(schema, parse(text)).map((error) => error.message);

const texts = Object.entries({ ...queries, ...configFile }).flatMap(([name, query]) =>
  typeof query === "string" ? [[name, query] as const] : [],
);

describe("what the clerk asks GitHub, against GitHub's published schema", () => {
  it("has texts to check", () => expect(texts.length).toBeGreaterThanOrEqual(8));

  it.each(texts)("%s is valid", (_, text) => expect(faults(text)).toEqual([]));

  it.each(["thread", "edits"] as const)("further pages of %s are valid", (of) => {
    expect(faults(queries.furtherPages(of, 3))).toEqual([]);
  });

  it.each([0, 3])("older runs, with %d commits that were pushed away, are valid", (count) => {
    expect(faults(queries.olderRuns(count))).toEqual([]);
  });

  it("notices a field that GitHub does not have", () => {
    expect(faults(queries.LOOK.replace("isDraft", "isDraught"))).not.toEqual([]);
  });
});
