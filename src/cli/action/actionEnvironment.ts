import { readFileSync } from "node:fs";
import { readBaseUrl } from "../../environment/gitHubApi.js";
import { type Variables, yesOrNo } from "../../environment/variables.js";

/** What the runner and the action's own inputs say. Holds a secret: never log it. https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export interface ActionEnvironment {
  readonly owner: string;
  readonly name: string;
  readonly token: string;
  /** GitHub's REST API. */
  readonly baseUrl: string;
  /** What made the workflow run, and what GitHub said with it. */
  readonly event: string;
  readonly payload: object;
}

type Asked = { readonly kind: "read"; readonly environment: ActionEnvironment } | Faults;
interface Faults {
  readonly kind: "faults";
  readonly faults: readonly string[];
}

/** Of a checkout in the workspace nothing is read, a `.env` least of all: it may be anybody's. */
export function actionEnvironment(variables: Variables): Asked {
  const faults: string[] = [];
  const set = new Map(Object.entries(variables));
  const value = (name: string) => set.get(name)?.trim() ?? "";
  const [, owner = "", name = ""] = /^([^/\s]+)\/([^/\s]+)$/.exec(value("GITHUB_REPOSITORY")) ?? [];
  if (owner === "")
    faults.push("GITHUB_REPOSITORY names no repository: this runs in GitHub Actions, whose runner sets it.");
  const token = value("GITHUB_TOKEN");
  if (!/^[\x21-\x7e]{1,2000}$/.test(token))
    faults.push("There is no token: give one with the input `token` (docs/actions.md).");
  const payload = payloadIn(value("GITHUB_EVENT_PATH"));
  if (payload === null)
    faults.push(
      "What made the workflow run cannot be read: GITHUB_EVENT_PATH names no file with JSON in it.",
    );
  if (faults.length > 0 || payload === null) return { kind: "faults", faults };
  return {
    kind: "read",
    environment: {
      ...{ owner, name, token, payload },
      baseUrl: readBaseUrl(variables),
      event: value("GITHUB_EVENT_NAME"),
    },
  };
}

/** `RECORD_KEYS`: without the App's key there is nothing else to sign with. */
export function recordKeysIn(variables: Variables): { readonly recordKeys: string } | Faults {
  const recordKeys = variables.RECORD_KEYS?.trim() ?? "";
  if (recordKeys !== "") return { recordKeys };
  return {
    kind: "faults",
    faults: [
      "There are no record keys: give them with the input `record-keys`, from a secret of the environment (`npx msc-clerk record-key` makes one). Without the App's private key there is nothing else to sign the record with, and the record is all the memory there is.",
    ],
  };
}

/** For how many minutes it may work before it leaves the rest to the next run. */
export function minutesIn(variables: Variables): { readonly minutes: number } | Faults {
  const text = variables.MINUTES?.trim() || "10";
  const minutes = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  // The App's token is good for an hour.
  if (minutes >= 1 && minutes <= 50) return { minutes };
  return { kind: "faults", faults: ["The input `minutes` is no whole number from 1 to 50."] };
}

/** A rehearsal that was meant and not understood would write. */
export function dryRunIn(variables: Variables): { readonly dryRun: boolean } | Faults {
  const faults: string[] = [];
  const dryRun = yesOrNo("The input `dry-run`", variables.DRY_RUN?.trim() || undefined, faults);
  return faults.length > 0 ? { kind: "faults", faults } : { dryRun };
}

function payloadIn(path: string): object | null {
  try {
    const payload: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof payload === "object" && payload !== null && !Array.isArray(payload) ? payload : null;
  } catch {
    return null;
  }
}
