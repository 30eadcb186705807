import { describe, expect, test } from "vitest";
import {
  clockFinding,
  environmentFindings,
  limitFindings,
  ofTheClerkAlone,
  serverFinding,
  storeFinding,
  tokenFinding,
} from "../../../src/cli/doctor/machineFindings.js";
import { allTold, told } from "./told.js";

const RIGHT = { faults: [], stray: [], webhookSecrets: 1, unsigned: false, rights: null };

describe("the environment", () => {
  test("is complete", () => {
    expect(allTold(environmentFindings({ ...RIGHT, webhookSecrets: 1 }))).toEqual([
      "ok | The environment has all that the clerk starts with.",
    ]);
  });

  test("each of its faults is wrong; a stray variable and a .env that others can read are warnings", () => {
    const faults = ["APP_ID is not set.", "PORT is not a port."];
    const stray = ["COLOUR in .env is no variable of the clerk's, and does nothing."];
    expect(
      allTold(
        environmentFindings({
          ...RIGHT,
          faults,
          stray,
          rights: "The file .env can be read by others.",
        }),
      ),
    ).toEqual([
      "wrong | APP_ID is not set. | The clerk is not at work like this. | Set it in the environment or in .env (docs/operating.md, Environment), and ask again.",
      "wrong | PORT is not a port. | The clerk is not at work like this. | Set it in the environment or in .env (docs/operating.md, Environment), and ask again.",
      "warning | COLOUR in .env is no variable of the clerk's, and does nothing. | What was meant by it is not done. | See which variables there are (docs/operating.md, Environment).",
      "warning | The file .env can be read by others. | Who has the App's key can sign in as the App. | Do what the sentence says.",
    ]);
  });

  test("with several webhook secrets is complete, and says until when", () => {
    expect(allTold(environmentFindings({ ...RIGHT, webhookSecrets: 2 }))[1]).toBe(
      "warning | WEBHOOK_SECRET has 2 secrets, and a webhook signed by any of them is taken. | Several are for the days in which one takes the place of another: whoever has got hold of the old one can still sign. | Once the newest is set in the App's settings, and the log has not told of an older one for three days, leave that one only.",
    );
  });

  test("without keys for the records of decisions is complete, and says what is missing then", () => {
    expect(allTold(environmentFindings({ ...RIGHT, unsigned: true }))[1]).toBe(
      "warning | RECORD_KEYS is not set, so the records of decisions are not signed. | Whoever verifies one finds its signature missing, and a new private key of the App has open motions held until members confirm them. | `msc-clerk record-key` makes one, and tells where its two halves go.",
    );
  });

  test("is not seen by a reader, and a token that is void is wrong", () => {
    expect(allTold(ofTheClerkAlone("GH_TOKEN"))[0]).toMatch(
      /^not_known \| You ask with the token in GH_TOKEN: /,
    );
    expect(told(tokenFinding("GH_TOKEN"))).toMatch(
      /^wrong \| GitHub does not accept the token in GH_TOKEN: /,
    );
  });
});

describe("the clock", () => {
  test.each([
    [0, "ok | This machine's clock and GitHub's agree to within a minute (0 seconds apart)."],
    [-1, "ok | This machine's clock and GitHub's agree to within a minute (1 second apart)."],
    [60, "ok | This machine's clock and GitHub's agree to within a minute (60 seconds apart)."],
    [
      61,
      "warning | The clock of this machine is 61 seconds ahead of GitHub's. | Decisions go by GitHub's time, so none is early or late; but GitHub lets nobody sign in whose clock is much too late or too early. | Set this machine's clock right (NTP).",
    ],
    [
      -7200,
      "warning | The clock of this machine is 2 hours (7200 seconds) behind GitHub's. | Decisions go by GitHub's time, so none is early or late; but GitHub lets nobody sign in whose clock is much too late or too early. | Set this machine's clock right (NTP).",
    ],
    [
      null,
      "not_known | GitHub has not told its time, so it is not known whether this machine's clock is right. | To sign in at GitHub takes a clock that is about right. | See that GitHub can be reached from here, and ask again.",
    ],
  ])("%j seconds ahead", (ahead, text) => {
    expect(told(clockFinding(ahead))).toBe(text);
  });
});

describe("which GitHub it is", () => {
  const BASE = "https://ghe.example/api/v3";
  test.each([
    [{ kind: "none" } as const, "ok | GitHub is at https://ghe.example/api/v3."],
    [
      { kind: "known", version: "3.13.1", tooOld: false } as const,
      "ok | GitHub Enterprise Server 3.13.1 is at https://ghe.example/api/v3.",
    ],
    [
      { kind: "known", version: "3.12.1", tooOld: true } as const,
      "wrong | This is GitHub Enterprise Server 3.12.1, and the clerk needs 3.13 or newer: an older one cannot tell it the ids of comments and reviews. Update the server. | No query of the clerk's works there, so it does not start. | Update the server.",
    ],
    [
      { kind: "unknown", why: "it does not say" } as const,
      "not_known | Which version of GitHub Enterprise Server is at https://ghe.example/api/v3 is not known: it does not say. The clerk needs 3.13 or newer, and reads nothing on an older one. | An older server answers, but not with what the clerk needs. | See that GHE_HOST or GITHUB_API_URL is right (docs/operating.md, GitHub Enterprise), and which version your administrators run.",
    ],
  ])("%j", (version, text) => {
    expect(told(serverFinding(version, BASE))).toBe(text);
  });
});

describe("the store", () => {
  const where = "SQLite, data/msc-clerk.db";
  test.each([
    [
      { where, kind: "there", toDo: "nothing" } as const,
      "ok | The store can be read and written (SQLite, data/msc-clerk.db).",
    ],
    [
      { where, kind: "there", toDo: "update" } as const,
      "ok | The store is an older clerk's (SQLite, data/msc-clerk.db); the next start of this one brings its tables up to date.",
    ],
    [
      { where, kind: "not_yet" } as const,
      "warning | There is no store yet (SQLite, data/msc-clerk.db). | Before the first start that is as it should be. If the clerk has run before, it ran on another one, or this one was lost: then it goes by what GitHub holds. | If it has run before, see that DATA_DIR or DATABASE_URL is the one it runs with, and that DATA_DIR outlives a container (docs/operating.md, The store).",
    ],
    [
      { where, kind: "refused", why: "The store in data was written by a newer msc-clerk." } as const,
      "wrong | The store in data was written by a newer msc-clerk. | The clerk does not start without its store, and what it remembers alone is not known. | Do what the sentence says (docs/operating.md, The store).",
    ],
  ])("%j", (look, text) => {
    expect(told(storeFinding(look))).toBe(text);
  });
});

describe("the limits of this hour", () => {
  const resetAt = Date.parse("2026-03-03T15:00:00Z");
  const left = (remaining: number) => ({ limit: 5000, remaining, resetAt });

  test("a tenth of them is enough, one less is few", () => {
    const read = { kind: "read", core: left(500), graphql: left(499) } as const;
    expect(allTold(limitFindings({ ...read, graphql: left(4000) }, "This token"))).toEqual([
      "ok | This token has requests left this hour: REST 500 of 5000, GraphQL 4000 of 5000.",
    ]);
    expect(allTold(limitFindings(read, "The installation of body"))).toEqual([
      "warning | The installation of body has 499 of 5000 requests to GraphQL left until 2026-03-03T15:00:00Z. | With none left the clerk waits until then; nothing is lost. | If it happens again and again, see what costs so much (docs/operating.md, What a webhook costs), or whether another program uses the same App.",
    ]);
    expect(allTold(limitFindings({ ...read, graphql: null }, "This token"))).toEqual([
      "ok | This token has requests left this hour: REST 500 of 5000.",
    ]);
  });

  test("a server may have none, or not answer", () => {
    expect(
      allTold(limitFindings({ kind: "gone", why: "Rate limiting is not enabled." }, "This token")),
    ).toEqual(["ok | This GitHub counts no requests: its administrators have not switched limits on."]);
    expect(
      allTold(limitFindings({ kind: "unreadable", why: "the line broke", retryAt: resetAt }, "x")),
    ).toEqual([
      "not_known | What is left of this hour's requests cannot be read: the line broke. | With none left the clerk waits. | Ask again after 2026-03-03T15:00:00Z.",
    ]);
  });
});
