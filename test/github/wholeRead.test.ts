import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { connect, FakeGitHub, iso, REF, REPOSITORY_ID, START } from "./fakeGitHub.js";

const TEXT = `version: 1
teams:
  spec-core-team:
    members: [richvdh, dbkr]
decisions:
  - name: spec change
    approval: { spec-core-team: 75% }
`;

describe("one call brings the whole snapshot", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    github.config = { oid: "f1", text: TEXT };
    github.history = [{ oid: "c1", committedDate: iso(START - 1), associatedPullRequests: { nodes: [] } }];
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  async function connected() {
    const made = connect();
    const config = await made.reader.config(REF);
    if (config.kind !== "valid") throw new Error(JSON.stringify(config));
    github.asked.length = 0;
    return { ...made, config };
  }

  it("config.source: it tells by which commit's roster it was read, and which config is lawful", async () => {
    const { reader, lawful, config } = await connected();
    const { rules, commit, text, adoptedAt } = config;
    const note = { number: 3, fingerprint: rulesFingerprint(rules), commit, adoptedAt };
    await lawful.putLawful(REPOSITORY_ID, { ...note, text }, null);
    const read = await reader.proposal(REF, config, () => null);
    expect(read).toMatchObject({
      kind: "read",
      snapshot: { rosterCommit: commit, lawful: note, lawfulRules: null, amendment: null },
    });
    expect(github.asked).toEqual(["Cold"]);
  });

  it("comment.once: where it does not show yet what was written, nothing more is asked for", async () => {
    const { reader, config } = await connected();
    const lagging = { kind: "lagging", why: "GitHub does not show yet a comment", readAt: 7 } as const;
    // Nothing is kept as lawful: whoever asked on would search the whole repository.
    expect(await reader.proposal(REF, config, () => lagging)).toEqual(lagging);
    expect(github.asked).toEqual(["Cold"]);
  });
});
