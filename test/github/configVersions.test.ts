import { createHash } from "node:crypto";
import fc from "fast-check";
import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { type ConfigVersion, lawfulState } from "../../src/domain/amendment/history.js";
import { configVersions } from "../../src/github/read/configVersions.js";
import { parsedOnce } from "../../src/github/read/parsedOnce.js";
import { MATRIX as RULES } from "../support/rules.js";
import { API, connect, iso, REF, START } from "./fakeGitHub.js";

const VERSIONS = 300;
const PAGE = 50;

/** So long that all of them together are more than a parser remembers. */
const textOf = (at: number) =>
  `version: 1\nteams: { a: { title: Version ${at}, members: [x] } }\ndecisions: [{ name: d, approval: { a: 75% } }]\n${"# much\n".repeat(4000)}`;
const file = (at: number) => {
  const text = textOf(at);
  return {
    oid: createHash("sha1").update(text).digest("hex"),
    mode: 0o100644,
    type: "blob",
    object: { __typename: "Blob", isBinary: false, isTruncated: false, byteSize: text.length, text },
  };
};
const commit = (at: number) => ({
  oid: String(at).padStart(40, "0"),
  committedDate: iso(START + at * 1000),
  author: null,
  // Each is what the one before it was, every tenth time.
  file: file(at % 10 === 9 ? at - 1 : at),
  associatedPullRequests: { nodes: [] },
});

describe("a config with three hundred versions", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("is parsed once for each that differs, with room for others between any two", async () => {
    nock.disableNetConnect();
    nock(API)
      .persist()
      .post("/graphql")
      .reply((_, body) => {
        const { after } = (body as { readonly variables: { readonly after: string | null } }).variables;
        const first = VERSIONS - 1 - Number(after ?? 0);
        const nodes = Array.from({ length: PAGE }, (_, at) => commit(first - at));
        const read = Number(after ?? 0) + PAGE;
        const history = { pageInfo: { hasNextPage: read < VERSIONS, endCursor: String(read) }, nodes };
        const target = { __typename: "Commit", ...commit(VERSIONS - 1), history };
        return [200, { data: { repository: { defaultBranchRef: { name: "main", target } } } }];
      });
    let turn = 0;
    let goesOn = true;
    const count = () => {
      turn += 1;
      if (goesOn) setImmediate(count);
    };
    const turns: number[] = [];
    const parse = parsedOnce((text) => {
      turns.push(turn);
      const title = /title: ([^,]*)/.exec(text)?.[1] ?? "";
      return { ok: true, rules: { ...RULES, teams: RULES.teams.map((team) => ({ ...team, title })) } };
    });
    count();
    const read = await configVersions(connect().caller, REF, parse);
    goesOn = false;
    expect(read.kind === "read" && read.versions.length).toBe(VERSIONS);
    expect(read.kind === "read" && read.versions.at(-1)?.rules?.teams[0]?.title).toBe("Version 298");
    expect(turns).toHaveLength(VERSIONS * 0.9);
    expect(new Set(turns).size).toBe(turns.length);
  });
});

describe("config.lawful: which version was last lawful", () => {
  const ALL = [RULES, { ...RULES, gates: [] }, { ...RULES, teams: [] }];
  const version = fc.record({ approved: fc.boolean(), rules: fc.constantFrom(...ALL, null) }).map(
    ({ approved, rules }): ConfigVersion => ({
      ...{ commit: "c", at: START, rules, approved },
      ...{ pull: null, mergedHead: null, author: null, by: null },
    }),
  );

  /** From the first version on, as it is defined. */
  function fromTheFirst(versions: readonly ConfigVersion[]) {
    let lawful: ConfigVersion | null = null;
    let unlawful: ConfigVersion[] = [];
    for (const one of versions) {
      const reverts: boolean = lawful?.rules != null && one.rules === lawful.rules;
      if (lawful === null ? one.rules !== null : one.approved || reverts) {
        lawful = one;
        unlawful = [];
      } else unlawful.push(one);
    }
    return { present: versions.at(-1) ?? null, lawful, unlawful };
  }

  it("is found from the last approved one on as from the first", () => {
    fc.assert(
      fc.property(fc.array(version, { maxLength: 12 }), (versions) => {
        expect(lawfulState(versions, (a, b) => a === b)).toEqual(fromTheFirst(versions));
      }),
      { numRuns: 500 },
    );
  });

  it("takes no comparison with what came before the last approved one", () => {
    let compared = 0;
    const many = Array.from({ length: 300 }, (_, at) => ({
      ...{ commit: `${at}`, at: START, rules: ALL[at % 3] ?? null, approved: at === 298 },
      ...{ pull: null, mergedHead: null, author: null, by: null },
    }));
    lawfulState(many, () => {
      compared += 1;
      return false;
    });
    expect(compared).toBe(1);
  });
});
