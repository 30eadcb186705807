import type { Command } from "./command.js";
import { check } from "./commands/check.js";
import { doctor } from "./commands/doctor.js";
import { explain } from "./commands/explain.js";
import { mine } from "./commands/mine.js";
import { record } from "./commands/record.js";
import { recordKey } from "./commands/recordKey.js";
import { replay } from "./commands/replay.js";
import { roster } from "./commands/roster.js";
import { schema } from "./commands/schema.js";
import { shadow } from "./commands/shadow.js";
import { site } from "./commands/site.js";
import { start } from "./commands/start.js";
import { store } from "./commands/store.js";
import { verify } from "./commands/verify.js";

/** Every command, in the order in which `help` has them within their groups. A new one is a file of `commands` and a line here. */
export const COMMANDS: readonly Command[] = [
  start,
  doctor,
  check,
  shadow,
  schema,
  explain,
  roster,
  mine,
  verify,
  record,
  replay,
  site,
  store,
  recordKey,
];
