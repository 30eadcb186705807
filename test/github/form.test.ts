import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FORM_CHECK_KEYS } from "../../src/domain/model/form.js";
import { HOUR, MINUTE } from "../../src/domain/text/time.js";
import { rules } from "../support/rules.js";
import { connect, FakeGitHub, HEAD, iso, REF, snapshot, user } from "./fakeGitHub.js";

const ON = rules({ form: FORM_CHECK_KEYS, prefix: "MSC" });
const PATH = "proposals/1779-x.md";
const AUTHOR = user("author", 500);

let github: FakeGitHub;
beforeEach(() => {
  nock.disableNetConnect();
  github = new FakeGitHub().serve();
  github.texts.set(PATH, { oid: "1".repeat(40), text: "# MSC1779: x\n" });
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** The queries asked since. */
const asked = async (doing: () => Promise<unknown>): Promise<readonly string[]> => {
  const before = github.asked.length;
  await doing();
  return github.asked.slice(before);
};

describe("what the form goes by", () => {
  test("form.check: with the key off nothing more is asked for than ever", async () => {
    const connected = connect();
    expect(await asked(() => snapshot(connected))).toEqual(["Cold"]);
    expect(await asked(() => snapshot(connected))).toEqual(["Warm"]);
    expect((await snapshot(connected)).form).toBeUndefined();
  });

  test("form.check: it is asked for once, and a text once for its blob", async () => {
    const connected = connect();
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Cold", "Form", "Blobs"]);
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm"]);
    github.comment(user("dbkr", 3), "Nice");
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm"]);
    // Of a description that has changed the texts are known.
    github.pull.body = "New";
    github.pull.lastEditedAt = iso(github.tick());
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm", "Form"]);
    github.pull.title = "MSC1779: y";
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm", "Form"]);
    expect((await snapshot(connected, ON)).form).toEqual({
      kind: "read",
      description: "New",
      branch: "change",
      headRepository: "author/proposals",
      texts: [{ path: PATH, text: "# MSC1779: x\n" }],
      signedOff: "nowhere",
      shown: null,
    });
  });

  test("form.check: a pull request that adds no text costs nothing", async () => {
    github.files = [{ path: PATH, changeType: "MODIFIED" }];
    expect(await asked(() => snapshot(connect(), ON))).toEqual(["Cold"]);
  });

  test.each([
    ["a text that is too long", { oid: "2".repeat(40), text: "a".repeat(400_001) }, "too_large"],
    ["a symbolic link", { oid: "2".repeat(40), text: "other.md", mode: 0o120000 }, "not_text"],
    ["no text", { oid: "2".repeat(40), text: "", blob: { isBinary: true, text: null } }, "not_text"],
    ["half a text", { oid: "2".repeat(40), text: "a", blob: { isTruncated: true } }, "not_text"],
  ])("form.check: %s is not known", async (_, file, unread) => {
    github.texts.set(PATH, file);
    expect((await snapshot(connect(), ON)).form).toMatchObject({ texts: [{ path: PATH, unread }] });
  });

  test("form.check: a text of exactly the most that is read is read", async () => {
    github.texts.set(PATH, { oid: "2".repeat(40), text: "a".repeat(400_000) });
    expect((await snapshot(connect(), ON)).form).toMatchObject({ texts: [{ text: "a".repeat(400_000) }] });
  });

  test("form.check: of many texts the first five are read", async () => {
    const paths = ["1", "2", "3", "4", "5", "6"].map((at) => `proposals/${at}.md`);
    github.files = paths.map((path) => ({ path, changeType: "ADDED" }));
    for (const [at, path] of paths.entries()) github.texts.set(path, { oid: `${at}`.repeat(40), text: path });
    const { form } = await snapshot(connect(), ON);
    expect(
      form?.kind === "read" && form.texts.map((text) => ("text" in text ? "read" : text.unread)),
    ).toEqual([...["read", "read", "read", "read", "read"], "too_many"]);
  });
});

describe("sign-offs", () => {
  const SIGNED = "Words\n\nSigned-off-by: Ada <ada@engine.org>";
  const signedOff = async () => {
    const { form } = await snapshot(connect(), ON);
    return form?.kind === "read" ? form.signedOff : null;
  };

  test("form.sign-off: in a commit of the author's, or of nobody GitHub knows", async () => {
    github.messages.set(HEAD, { message: SIGNED, user: AUTHOR });
    expect(await signedOff()).toBe("commit");
    github.messages.set(HEAD, { message: SIGNED });
    expect(await signedOff()).toBe("commit");
    github.messages.set(HEAD, { message: SIGNED, user: user("dbkr", 3) });
    expect(await signedOff()).toBe("nowhere");
  });

  test("form.sign-off: in a comment of the author's, and of nobody else's", async () => {
    github.comment(user("dbkr", 3), SIGNED);
    expect(await signedOff()).toBe("nowhere");
    github.comment(AUTHOR, SIGNED);
    expect(await signedOff()).toBe("comment");
  });

  test("form.sign-off: a comment that comes later is seen without another request", async () => {
    const connected = connect();
    await snapshot(connected, ON);
    github.comment(AUTHOR, SIGNED);
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm"]);
    expect((await snapshot(connected, ON)).form).toMatchObject({ signedOff: "comment" });
  });

  test("form.sign-off: of many commits the first and the last are read; what lies between is not known", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => String(at).padStart(40, "e"));
    github.commits = [...many(49), HEAD];
    expect(await signedOff()).toBe("nowhere");
    github.commits = [...many(50), HEAD];
    expect(await signedOff()).toBe("unknown");
    github.messages.set(many(1)[0] ?? "", { message: SIGNED });
    expect(await signedOff()).toBe("commit");
  });
});

describe("the run that shows it", () => {
  const run = {
    name: "msc-clerk: form",
    externalId: "form:1779",
    status: "COMPLETED",
    conclusion: "NEUTRAL",
  };

  test("form.check: its own run is found, and is never the decision's; nor is the decision's taken for it", async () => {
    github.run(HEAD, { ...run, title: "3 things", summary: "Such." });
    github.run(HEAD, { ...run, externalId: "form:1780", title: "Another's" });
    const shown = await snapshot(connect(), ON);
    expect(shown.form?.shown).toMatchObject({ verdict: "neutral", title: "3 things", summary: "Such." });
    expect(shown.check).toBeNull();
    expect(shown.siblings).toEqual([]);
    github.run(HEAD);
    const both = await snapshot(connect(), ON);
    expect(both.check).toMatchObject({ verdict: "in_progress" });
    expect(both.check).not.toHaveProperty("coveredBy");
    expect(both.form?.shown?.title).toBe("3 things");
  });

  test("form.check: what was just written is known without asking, and for that head only", async () => {
    const connected = connect();
    await snapshot(connected, ON);
    let sent: unknown;
    nock("https://api.github.com")
      .post("/repos/matrix-org/proposals/check-runs", (body) => {
        sent = body;
        return true;
      })
      .reply(201, { id: 77 });
    const written = { verdict: "neutral", title: "1 thing", summary: "Such." } as const;
    const annotations = [{ path: PATH, line: 3, message: "Long." }];
    const outcome = await connected.writer.apply(REF, {
      kind: "put_form",
      head: HEAD,
      ...written,
      annotations,
    });
    expect(outcome).toEqual({ kind: "done", id: "77" });
    expect(sent).toEqual({
      name: "msc-clerk: form",
      head_sha: HEAD,
      external_id: "form:1779",
      status: "completed",
      conclusion: "neutral",
      output: {
        title: "1 thing",
        summary: "Such.",
        annotations: [
          { path: PATH, start_line: 3, end_line: 3, annotation_level: "warning", message: "Long." },
        ],
      },
    });
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm"]);
    expect((await snapshot(connected, ON)).form?.shown).toEqual({ id: 77, ...written });
    github.pull.headRefOid = "f".repeat(40);
    github.commits = ["f".repeat(40)];
    expect((await snapshot(connected, ON)).form?.shown).toBeNull();
  });
});

describe("what cannot be read", () => {
  test("form.check: it keeps no proposal from being read, is not known, and is asked for again after ten minutes", async () => {
    const connected = connect();
    await snapshot(connected, rules());
    github.tick();
    const { asked: queries } = github;
    github.warp = (body) => (queries.at(-1) === "Form" ? { errors: [{ type: "X", message: "no" }] } : body);
    const shown = await snapshot(connected, ON);
    expect(shown.form).toEqual({ kind: "unread", retryAt: connected.clock.now() + 10 * MINUTE, shown: null });
    expect(shown.pull.head).toBe(HEAD);
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm"]);
    github.warp = null;
    connected.clock.at += 10 * MINUTE;
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Warm", "Form", "Blobs"]);
    expect((await snapshot(connected, ON)).form?.kind).toBe("read");
  });

  test("form.check: another head than the one that was read is not mixed with it", async () => {
    github.warp = (body) => {
      const pull = (body.data?.repository as { pullRequest?: { headRefName?: string; headRefOid?: string } })
        ?.pullRequest;
      if (pull?.headRefName !== undefined) pull.headRefOid = "f".repeat(40);
      return body;
    };
    expect((await snapshot(connect(), ON)).form?.kind).toBe("unread");
  });

  test("form.check: everything is read anew about once a day", async () => {
    const connected = connect();
    await snapshot(connected, ON);
    connected.clock.at += 21 * HOUR;
    expect(await asked(() => snapshot(connected, ON))).toEqual(["Cold", "Form"]);
  });
});
