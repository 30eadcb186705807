import { parseConfig } from "../../config/parse.js";
import type { Meter } from "../../github/client/meter.js";
import type { DutyConnection } from "../../github/issues.js";
import type { ConstitutionReader, Reader } from "../../github/ports.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { Store } from "../../store/port.js";
import { Constitution } from "./governanceReader.js";
import { Lawful } from "./lawful.js";
import type { Activity } from "./memberActivity.js";
import { Registers } from "./mergedRecords.js";
import type { Previews } from "./previews.js";

interface Parts {
  readonly reader: Reader;
  readonly texts: ConstitutionReader;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly activity: Activity | null;
  readonly previews: Previews | null;
  /** What is read of other pull requests is no one look's cost. */
  readonly meter?: Meter;
  /** The clerk's own issues, and its login; left out, none are asked for. */
  readonly issues?: { readonly of: DutyConnection; readonly login: () => string | null };
}

/** The constitution over a connection to GitHub and a store. */
export function constitutionOf({ reader, store, log, issues, meter, ...parts }: Parts): Constitution {
  const registers = new Registers(reader);
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
  return new Constitution({ ...parts, lawful, registers });
}
