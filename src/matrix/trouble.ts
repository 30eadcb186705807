import type { MatrixSettings } from "./homeserver.js";

/** Why no notice can be sent. But for `unreachable`, somebody has to do something. */
export type RoomTrouble =
  | { readonly kind: "unreachable"; readonly why: string }
  | { readonly kind: "unknown_token" }
  | { readonly kind: "no_room" }
  | { readonly kind: "not_in_room"; readonly user: string }
  | { readonly kind: "encrypted" }
  /** `by`: the room that took its place; null: none is named. */
  | { readonly kind: "replaced"; readonly by: string | null }
  | { readonly kind: "may_not_send"; readonly user: string }
  | { readonly kind: "refused"; readonly status: number; readonly code: string };

/** What stands in the way, and what to do about it: a sentence or two each. For the log and the doctor. */
export function troubleWords(
  trouble: RoomTrouble,
  { homeserver, room }: Pick<MatrixSettings, "homeserver" | "room">,
): { readonly what: string; readonly fix: string } {
  switch (trouble.kind) {
    case "unreachable":
      return {
        what: `The homeserver ${homeserver} cannot be asked: ${trouble.why}.`,
        fix: "It is asked again by itself. If it stays so, see that MATRIX_HOMESERVER is the base URL that /.well-known/matrix/client of its domain tells.",
      };
    case "unknown_token":
      return {
        what: `The homeserver ${homeserver} does not take MATRIX_TOKEN.`,
        fix: "Log in as the clerk's account once more, set MATRIX_TOKEN to the new access token, and start the clerk again.",
      };
    case "no_room":
      return {
        what: `The homeserver ${homeserver} knows no room ${room}.`,
        fix: "Correct MATRIX_ROOM: the room's alias, such as #decisions:example.org, or its id, which begins with an exclamation mark.",
      };
    case "not_in_room":
      return {
        what: `${trouble.user} is not in the room ${room}, and may not join it.`,
        fix: `Invite ${trouble.user} to the room: the clerk joins it within ten minutes.`,
      };
    case "encrypted":
      return {
        what: `The room ${room} is encrypted, and the clerk cannot encrypt, so nothing is sent to it.`,
        fix: "Encryption cannot be switched off again: make a room without it, invite the clerk's account, and set MATRIX_ROOM to it.",
      };
    case "replaced":
      return {
        what: `The room ${room} is closed: it was upgraded, and people have gone on${trouble.by === null ? " elsewhere" : ` to ${trouble.by}`}, so nothing is sent to it.`,
        fix: `Invite the clerk’s account to the room that took its place, and set MATRIX_ROOM to ${trouble.by === null ? "that" : "it"}, or move the alias there if that is how the room is named.`,
      };
    case "may_not_send":
      return {
        what: `${trouble.user} may not send messages to the room ${room}.`,
        fix: "Give it the power level that messages need there; where it was removed from the room, invite it again.",
      };
    case "refused":
      return {
        what: `The homeserver ${homeserver} refuses what the clerk asks of it, with status ${trouble.status} (${trouble.code}).`,
        fix: "Look up the code in Matrix's client-server specification, and ask whoever runs the homeserver.",
      };
  }
}
