import { parseConfig } from "../../config/parse.js";
import type { Meter } from "../../github/client/meter.js";
import type { DutyConnection } from "../../github/issues.js";
import type { ConfigHistoryReader, Reader } from "../../github/ports.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { Store } from "../../store/port.js";
import { GovernanceReader } from "./governanceReader.js";
import { Lawful } from "./lawful.js";
import type { MemberActivity } from "./memberActivity.js";
import { MergedRecords } from "./mergedRecords.js";
import type { Previews } from "./previews.js";

interface Parts {
  readonly reader: Reader;
  readonly texts: ConfigHistoryReader;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly activity: MemberActivity | null;
  readonly previews: Previews | null;
  /** Reading other pull requests is not counted for any one reconcile. */
  readonly meter?: Meter;
  /** The clerk's own issues, and its login; left out, none are asked for. */
  readonly issues?: { readonly of: DutyConnection; readonly login: () => string | null };
}

/** The governance reader over a connection to GitHub and a store. */
export function connectGovernance({ reader, store, log, issues, meter, ...parts }: Parts): GovernanceReader {
  const registers = new MergedRecords(reader);
  const lawful = new Lawful({
    store,
    log,
    registers,
    ...(meter === undefined ? {} : { meter }),
    texts: parts.texts,
    clock: parts.clock,
    parse: (text) => {
      const parsed = parseConfig(text);
      return parsed.ok ? parsed.rules : null;
    },
    hasIssues: async (ref) => {
      const login = issues?.login() ?? null;
      if (issues === undefined || login === null) return { kind: "read", any: false };
      const read = await issues.of.issues(ref, login);
      if (read.kind === "unreadable") return read;
      return { kind: "read", any: read.kind === "read" && read.issues.length > 0 };
    },
  });
  return new GovernanceReader({ ...parts, lawful, registers });
}
