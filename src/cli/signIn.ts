import { readCredentials } from "../environment/credentials.js";
import { addDotEnv } from "../platform/dotEnv.js";
import { systemClock } from "../platform/systemClock.js";
import { asApp } from "./asApp.js";
import { asReader } from "./asReader.js";
import type { SignedIn, Wanted } from "./session.js";

/**
 * With what the environment or a `.env` file says: as the App, or as a reader. `app`: `--app`, which only a reader needs. `mayBeNone`: also
 * where no clerk is at work yet.
 */
export async function signIn(wanted: Wanted, app: string | null, mayBeNone = false): Promise<SignedIn> {
  const dotEnvFault = addDotEnv(process.env, ".env");
  if (dotEnvFault !== null) return { kind: "not", why: dotEnvFault };
  const credentials = readCredentials(process.env);
  if ("faults" in credentials) return { kind: "not", why: credentials.faults.join("\nmsc-clerk: ") };
  if ("token" in credentials) return asReader(wanted, credentials, app, systemClock, mayBeNone);
  if (app !== null)
    return {
      kind: "not",
      why: "--app tells a reader which App is the clerk; with APP_ID it is that one. Leave one of them out.",
    };
  return asApp(wanted, credentials, systemClock);
}
