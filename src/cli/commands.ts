import type { CliCommand } from "./command.js";
import { actionRow } from "./commands/action.js";
import { checkRow } from "./commands/check.js";
import { doctorRow } from "./commands/doctor.js";
import { explainRow } from "./commands/explain.js";
import { initRow } from "./commands/init.js";
import { mineRow } from "./commands/mine.js";
import { recordRow } from "./commands/record.js";
import { recordKeyRow } from "./commands/recordKey.js";
import { replayRow } from "./commands/replay.js";
import { rosterRow } from "./commands/roster.js";
import { schemaRow } from "./commands/schema.js";
import { shadowRow } from "./commands/shadow.js";
import { simulateRow } from "./commands/simulate.js";
import { siteRow } from "./commands/site.js";
import { startRow } from "./commands/start.js";
import { storeRow } from "./commands/store.js";
import { verifyRow } from "./commands/verify.js";

/** Every command, in the order in which `help` has them within their groups. A new one is a file of `commands` and a line here. */
export const CLI_COMMANDS: readonly CliCommand[] = [
  startRow,
  actionRow,
  doctorRow,
  initRow,
  checkRow,
  simulateRow,
  shadowRow,
  schemaRow,
  explainRow,
  rosterRow,
  mineRow,
  verifyRow,
  recordRow,
  replayRow,
  siteRow,
  storeRow,
  recordKeyRow,
];
