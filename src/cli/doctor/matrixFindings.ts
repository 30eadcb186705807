import type { MatrixSettings } from "../../matrix/homeserver.js";
import type { RoomLook } from "../../matrix/room.js";
import { troubleWords } from "../../matrix/trouble.js";
import { type DoctorFinding, notKnown, ok, wrong } from "./finding.js";

const WHY =
  "The room is told nothing meanwhile. Nothing is lost: what happens is told once this is mended, for a week.";

/** @param lets whether the room lets the clerk send messages; null: it cannot be told */
export function roomFinding(
  named: Pick<MatrixSettings, "homeserver" | "room">,
  look: RoomLook,
  lets: boolean | null,
): DoctorFinding {
  switch (look.kind) {
    case "ready": {
      if (lets !== false)
        return ok("matrix", `Notices go to the Matrix room ${named.room}, as ${look.place.user}.`);
      const { what, fix } = troubleWords({ kind: "may_not_send", user: look.place.user }, named);
      return wrong("matrix", what, WHY, fix);
    }
    case "limited":
      return notKnown(
        "matrix",
        `The homeserver ${named.homeserver} limits how much it is asked.`,
        WHY,
        `Ask again in ${Math.ceil(look.wait / 1000)} seconds.`,
      );
    case "trouble": {
      const { what, fix } = troubleWords(look.trouble, named);
      return (look.trouble.kind === "unreachable" ? notKnown : wrong)("matrix", what, WHY, fix);
    }
  }
}
