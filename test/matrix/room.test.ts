import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MatrixSettings } from "../../src/matrix/homeserver.js";
import { MatrixRoom } from "../../src/matrix/room.js";
import { ALIAS, CLERK, type HomeserverFault, ROOM, StandInHomeserver, TOKEN } from "../support/homeserver.js";

let server: StandInHomeserver;
let homeserver: string;
beforeEach(async () => {
  server = new StandInHomeserver();
  homeserver = await server.listen();
});
afterEach(() => server.close());

const room = (differs: Partial<MatrixSettings> = {}) =>
  new MatrixRoom({ homeserver, token: TOKEN, room: ROOM, ...differs });
const PLACE = { id: ROOM, user: CLERK };
const MESSAGE = { subject: "#1 “Spaces”", sentence: "It is.", url: "https://github.com/o/r/pull/1" };

describe("the room", () => {
  test.each([ROOM, ALIAS])("is found by %s", async (name) => {
    expect(await room({ room: name }).look(false)).toEqual({ kind: "ready", place: PLACE });
  });

  test("an alias that nobody has is told", async () => {
    const look = await room({ room: "#other:example.org" }).look(true);
    expect(look).toEqual({ kind: "trouble", trouble: { kind: "no_room" } });
  });

  test("that is encrypted is told, and never sent to", async () => {
    server.encrypted = true;
    expect(await room().look(true)).toEqual({ kind: "trouble", trouble: { kind: "encrypted" } });
  });

  test.each([
    ["!next:example.org", "!next:example.org"],
    ["!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM", "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"],
    ["no room\n", null],
  ])("that another took the place of (%s) is told, and never sent to", async (replacedBy, by) => {
    server.replacedBy = replacedBy;
    expect(await room().look(true)).toEqual({ kind: "trouble", trouble: { kind: "replaced", by } });
  });

  test("an invitation is taken by the clerk, and by nobody who only looks", async () => {
    server.members.set(CLERK, "invite");
    const notIn = { kind: "trouble", trouble: { kind: "not_in_room", user: CLERK } };
    expect(await room().look(false)).toEqual(notIn);
    expect(await room({ room: ALIAS }).look(true)).toEqual({ kind: "ready", place: PLACE });
    expect(server.members.get(CLERK)).toBe("join");
  });

  test("an invitation to a room that is encrypted is taken, and the room is not sent to", async () => {
    server.members.set(CLERK, "invite");
    server.encrypted = true;
    expect(await room().look(true)).toEqual({ kind: "trouble", trouble: { kind: "encrypted" } });
  });

  test("nobody has invited the clerk", async () => {
    server.members.delete(CLERK);
    const notIn = { kind: "trouble", trouble: { kind: "not_in_room", user: CLERK } };
    expect(await room().look(true)).toEqual(notIn);
  });

  test("a token that the homeserver does not know is told", async () => {
    const unknown = { kind: "trouble", trouble: { kind: "unknown_token" } };
    expect(await room({ token: "other" }).look(true)).toEqual(unknown);
    expect(await room({ token: "other" }).send(PLACE, "t", MESSAGE)).toEqual(unknown);
    expect(await room({ token: "other" }).told(PLACE, 0)).toEqual(unknown);
  });

  test("who was removed from it finds that out when sending", async () => {
    server.members.set(CLERK, "leave");
    expect(await room().look(true)).toEqual({ kind: "ready", place: PLACE });
    const may = { kind: "trouble", trouble: { kind: "may_not_send", user: CLERK } };
    expect(await room().send(PLACE, "t", MESSAGE)).toEqual(may);
  });

  test.each([
    [{ users_default: 0, events_default: 0 }, true],
    [{ users_default: 0, events_default: 50 }, false],
    [{ users: { [CLERK]: 50 }, events_default: 50 }, true],
    [{ users: { [CLERK]: 49 }, events_default: 50 }, false],
    [{ users: { [CLERK]: 49 }, events_default: 0, events: { "m.room.message": 50 } }, false],
    [{}, true],
  ])("what its power levels let the clerk do: %j", async (levels, lets) => {
    server.levels = levels;
    expect(await room().lets(PLACE)).toBe(lets);
  });
});

test("in a room whose makers stand in no list of levels it is not said that the clerk may not send", async () => {
  server.version = "12";
  server.levels = { events_default: 50 };
  expect(await room().lets(PLACE)).toBeNull();
  server.levels = { users: { [CLERK]: 10 }, events_default: 50 };
  expect(await room().lets(PLACE)).toBe(false);
});

describe("a notice", () => {
  test("is one, as text and as HTML, and calls nobody", async () => {
    expect(await room().send(PLACE, "t1", MESSAGE)).toEqual({ kind: "sent" });
    expect(server.messages.map(({ content }) => content)).toEqual([
      {
        msgtype: "m.notice",
        body: "#1 “Spaces”: It is. https://github.com/o/r/pull/1",
        format: "org.matrix.custom.html",
        formatted_body: '<a href="https://github.com/o/r/pull/1">#1 “Spaces”</a>: It is.',
        "m.mentions": {},
        "org.matrix.msc_clerk.notice": "t1",
      },
    ]);
  });

  test("of the same transaction is said once", async () => {
    await room().send(PLACE, "t 1/%", MESSAGE);
    expect(await room().send(PLACE, "t 1/%", MESSAGE)).toEqual({ kind: "sent" });
    expect(server.said).toHaveLength(1);
  });

  test("is found in the room again, over several pages, and not by what others say of it", async () => {
    for (let n = 0; n < 20; n += 1) await room().send(PLACE, `t${n}`, MESSAGE);
    const forged = { "org.matrix.msc_clerk.notice": "t99" };
    server.messages.push({ sender: "@mallory:example.org", content: forged, at: Date.now() });
    const told = await room().told(PLACE, Date.now());
    if (told.kind !== "read") throw new Error(told.kind);
    expect([...told.transactions].sort()).toEqual(Array.from({ length: 20 }, (_, n) => `t${n}`).sort());
  });

  test("pages of before a day before are not read", async () => {
    for (let n = 0; n < 40; n += 1)
      server.messages.push({ sender: CLERK, content: {}, at: 1_000_000_000_000 + n });
    await room().told(PLACE, 1_000_000_000_000 + 25 * 3_600_000);
    expect(server.asked).toHaveLength(1);
  });
});

describe("what a homeserver may answer", () => {
  const unreachable = (why: RegExp) => ({
    kind: "trouble",
    trouble: { kind: "unreachable", why: expect.stringMatching(why) },
  });
  const limit = (body: object, headers: Record<string, string> = {}): HomeserverFault => ({
    ...{ kind: "status", status: 429, headers },
    body: { errcode: "M_LIMIT_EXCEEDED", error: "Too many", ...body },
  });
  test.each<[string, HomeserverFault, unknown]>([
    ["a limit in milliseconds", limit({ retry_after_ms: 1234.5 }), { kind: "limited", wait: 1235 }],
    ["a limit by its header", limit({}, { "retry-after": "7" }), { kind: "limited", wait: 7_000 }],
    [
      "both: the longer",
      limit({ retry_after_ms: 9_000 }, { "retry-after": "7" }),
      { kind: "limited", wait: 9_000 },
    ],
    ["a limit that says nothing", limit({}), { kind: "limited", wait: 5_000 }],
    [
      "a limit of nonsense",
      limit({ retry_after_ms: -1 }, { "retry-after": "soon" }),
      { kind: "limited", wait: 5_000 },
    ],
    ["a limit of a year", limit({ retry_after_ms: 3e10 }), { kind: "limited", wait: 86_400_000 }],
    ["nobody there", { kind: "down" }, unreachable(/^the connection fails/)],
    ["a gateway’s error", { kind: "status", status: 502 }, unreachable(/^it answers with status 502$/)],
    ["another server", { kind: "status", status: 404, body: {} }, unreachable(/is no homeserver$/)],
    ["success that is nothing", { kind: "status", status: 200, body: [] }, unreachable(/is no homeserver$/)],
    [
      "success of something else",
      { kind: "status", status: 200, body: {} },
      unreachable(/took the message$/),
    ],
    [
      "a code that would be a line of its own in a log",
      { kind: "status", status: 403, body: { errcode: "M_X\nforged" } },
      { kind: "trouble", trouble: { kind: "refused", status: 403, code: "an unknown code" } },
    ],
    [
      "a fault of the clerk’s",
      { kind: "status", status: 400, body: { errcode: "M_BAD_JSON" } },
      { kind: "unfit", code: "M_BAD_JSON" },
    ],
    [
      "it is too large",
      { kind: "status", status: 413, body: { errcode: "M_TOO_LARGE" } },
      { kind: "unfit", code: "M_TOO_LARGE" },
    ],
  ])("%s", async (_what, fault, outcome) => {
    server.fault = () => fault;
    expect(await room().send(PLACE, "t", MESSAGE)).toEqual(outcome);
    expect(server.said).toEqual([]);
  });

  test("a room that never comes to an end is not taken for one in which nothing was told", async () => {
    server.fault = () => ({ kind: "status", status: 200, body: { chunk: [], end: "more" } });
    expect(await room().told(PLACE, 1)).toEqual(unreachable(/read back far enough$/));
  });

  test("an answer without an end is not read to it", async () => {
    const endless = createServer((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write("x".repeat(1_000_000)));
        response.once("drain", more);
      };
      response.on("error", () => {});
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    const { port } = endless.address() as AddressInfo;
    const look = await room({ homeserver: `http://127.0.0.1:${port}` }).look(false);
    expect(look).toEqual(unreachable(/longer than any/));
    endless.closeAllConnections();
    endless.close();
  });

  test("it sends the clerk elsewhere: the token does not go there", async () => {
    const elsewhere = new StandInHomeserver();
    const location = `${await elsewhere.listen()}/_matrix/client/v3/account/whoami`;
    server.fault = () => ({ kind: "status", status: 307, headers: { location } });
    expect(await room().look(true)).toEqual(unreachable(/another address/));
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });

  test("once it is closed nothing leaves any more, and nobody is answered", async () => {
    const closed = room();
    closed.close();
    const answered = await Promise.race([
      closed.look(true),
      new Promise((resolve) => setTimeout(resolve, 30, "nothing")),
    ]);
    expect(answered).toBe("nothing");
    expect(server.asked).toEqual([]);
  });
});
