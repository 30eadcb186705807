import { expect, test } from "vitest";
import { roomFinding } from "../../../src/cli/doctor/matrixFindings.js";
import type { RoomLook } from "../../../src/matrix/room.js";
import type { RoomTrouble } from "../../../src/matrix/trouble.js";
import { byText } from "../../support/titles.js";

const NAMED = { homeserver: "https://matrix.example.org", room: "#decisions:example.org" };
const READY: RoomLook = { kind: "ready", place: { id: "!r:example.org", user: "@clerk:example.org" } };
const user = "@clerk:example.org";

test.each([true, null])("all is well, where the room lets the clerk write or does not say (%s)", (lets) => {
  expect(roomFinding(NAMED, READY, lets)).toMatchObject({
    state: "ok",
    what: "Notices go to the Matrix room #decisions:example.org, as @clerk:example.org.",
  });
});

test("the room does not let the clerk write", () => {
  expect(roomFinding(NAMED, READY, false)).toMatchObject({
    state: "wrong",
    what: "@clerk:example.org may not send messages to the room #decisions:example.org.",
    fix: "Give it the power level that messages need there; where it was removed from the room, invite it again.",
  });
});

test.each(
  byText<RoomTrouble>([
    [{ kind: "unknown_token" }, "The homeserver https://matrix.example.org does not take MATRIX_TOKEN."],
    [{ kind: "no_room" }, "The homeserver https://matrix.example.org knows no room #decisions:example.org."],
    [
      { kind: "not_in_room", user },
      "@clerk:example.org is not in the room #decisions:example.org, and may not join it.",
    ],
    [
      { kind: "encrypted" },
      "The room #decisions:example.org is encrypted, and the clerk cannot encrypt, so nothing is sent to it.",
    ],
    [
      { kind: "replaced", by: "!next:example.org" },
      "The room #decisions:example.org is closed: it was upgraded, and people have gone on to !next:example.org, so nothing is sent to it.",
    ],
    [
      { kind: "refused", status: 403, code: "M_CONSENT_NOT_GIVEN" },
      "The homeserver https://matrix.example.org refuses what the clerk asks of it, with status 403 (M_CONSENT_NOT_GIVEN).",
    ],
  ]),
)("one line says what is wrong, and another what to do: %s", (what, trouble) => {
  expect(roomFinding(NAMED, { kind: "trouble", trouble }, null)).toMatchObject({
    ...{ code: "matrix", state: "wrong", what },
    why: expect.stringMatching(/told once this is mended, for a week/),
    fix: expect.stringMatching(/\.$/),
  });
});

test.each<[RoomLook, string]>([
  [
    { kind: "trouble", trouble: { kind: "unreachable", why: "it answers with status 502" } },
    "cannot be asked",
  ],
  [{ kind: "limited", wait: 1 }, "limits how much it is asked"],
])("what cannot be asked now is not known to be wrong: %j", (look, what) => {
  expect(roomFinding(NAMED, look, null)).toMatchObject({
    state: "not_known",
    what: expect.stringContaining(what),
  });
});
