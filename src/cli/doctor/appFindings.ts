import { plain } from "../../domain/messages/escape.js";
import { series, withFullStop } from "../../domain/messages/grammar.js";
import type { AppFacts, Grades, HookFacts, InstallationFacts } from "../../github/read/checkup.js";
import type { ReadResult } from "../../github/readResult.js";
import { type DoctorFinding, ok, unread, warning, wrong } from "./finding.js";

/** How the App is set up on GitHub, against the manifest it is registered from. */

/** `app.yml`, or `app.merge.yml` where a config lets the clerk merge. */
export interface Manifest {
  readonly file: string;
  readonly permissions: Grades;
  readonly events: readonly string[];
}

/** What does not work without. https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const NEEDED_FOR: ReadonlyMap<string, string> = new Map([
  ["metadata", "it does not see which repositories it is installed on"],
  ["contents", "it cannot read the config, nor what a proposal changes; with read only it cannot merge"],
  ["issues", "it can put on no label, write no comment and open no issue of a duty"],
  ["pull_requests", "it can read no review, answer none, and close nothing that is decided"],
  ["checks", "it cannot post the check that a merge waits for"],
  [
    "merge_queues",
    "it does not hear of a merge queue's commits, which then wait for the check until GitHub throws them out",
  ],
]);

export function credentialsFinding(read: ReadResult<{ app: AppFacts }>): DoctorFinding {
  if (read.kind === "read") {
    const { slug, url, id } = read.app;
    return ok("credentials", `GitHub knows the App by its key: ${slug} (number ${id}), ${url}.`);
  }
  if (read.kind === "unreadable" && !/credentials/.test(read.why))
    return unread("credentials", "Who the App is", read, "Nothing of the App can be looked at.");
  return wrong(
    "credentials",
    withFullStop(`GitHub does not take APP_ID and the private key for an App's: ${plain(read.why)}`),
    "The clerk cannot sign in, so it reads and writes nothing.",
    "Compare APP_ID with the number on the App's settings page, and see that the key listed there is the one that is given here. A clock that is wrong by minutes does the same.",
  );
}

export function hookFindings(
  read: ReadResult<{ hook: HookFacts }>,
  app: AppFacts,
  expected: {
    readonly url: string | null;
    readonly path: string;
    /** Which variable says so. */
    readonly by: "PUBLIC_URL" | "WEBHOOK_PROXY_URL";
  },
): readonly DoctorFinding[] {
  const why = "Without webhooks the clerk acts every ten minutes only.";
  if (read.kind !== "read") return [unread("webhook", "The App's webhook", read, why)];
  const { url, contentType, verifiesSsl, hasSecret } = read.hook;
  const settings = `on ${app.settings}`;
  if (url === null)
    return [
      wrong(
        "webhook_url",
        "The App has no webhook.",
        why,
        `Set the webhook URL to https://YOUR.HOST${expected.path} ${settings}, and see that it is active.`,
      ),
    ];
  const shown = plain(withoutSecret(url));
  const findings = [
    ...(expected.url !== null && url !== expected.url
      ? [
          warning(
            "webhook_url",
            `Webhooks go to ${shown}, and by ${expected.by} the clerk is at ${expected.url}.`,
            `If they do not arrive: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
            `Set one of the two right: the webhook URL ${settings}, or ${expected.by}.`,
          ),
        ]
      : expected.url === null && !url.endsWith(expected.path)
        ? [
            warning(
              "webhook_url",
              `Webhooks go to ${shown}, which does not end with ${expected.path}.`,
              `The clerk takes them there only; unless a proxy hands them on, none arrives. ${why}`,
              `Correct the webhook URL ${settings}.`,
            ),
          ]
        : []),
    ...(contentType === "json"
      ? []
      : [
          wrong(
            "webhook_content_type",
            `Webhooks are sent as ${plain(contentType)}.`,
            `The clerk answers them with 415. ${why}`,
            `Set the content type to application/json ${settings}.`,
          ),
        ]),
    ...(hasSecret
      ? []
      : [
          wrong(
            "webhook_secret",
            "The App's webhook has no secret.",
            `What is not signed anybody could send, and the clerk answers it with 400. ${why}`,
            `Set the secret that is in WEBHOOK_SECRET ${settings}.`,
          ),
        ]),
    ...(verifiesSsl
      ? []
      : [
          warning(
            "webhook_ssl",
            "GitHub does not verify the certificate of the address it sends webhooks to.",
            "Somebody on the way could keep them back. They can forge none, as each is signed.",
            `Switch SSL verification on: ${app.settings}.`,
          ),
        ]),
  ];
  return findings.length > 0
    ? findings
    : [
        ok(
          "webhook",
          `Webhooks go to ${shown}, as JSON and signed. GitHub does not show whether by the same secret as WEBHOOK_SECRET: the deliveries tell.`,
        ),
      ];
}

const RANK: readonly string[] = ["none", "read", "write", "admin"];
const atLeast = (has: string | undefined, wanted: string): boolean =>
  RANK.indexOf(has ?? "none") >= RANK.indexOf(wanted);

const missingIn = (has: Grades, { permissions }: Manifest): readonly (readonly [string, string])[] =>
  [...permissions].filter(([name, grade]) => !atLeast(has.get(name), grade));

const named = (permissions: readonly (readonly [string, string])[]): string =>
  series(permissions.map(([name, grade]) => `${plain(name)}: ${plain(grade)}`));

const lacks = (permissions: readonly (readonly [string, string])[]): string =>
  permissions
    .map(([name]) => `Without \`${name}\` ${NEEDED_FOR.get(name) ?? "something the clerk does is refused"}.`)
    .join(" ");

export function permissionFindings(app: AppFacts, manifest: Manifest): readonly DoctorFinding[] {
  const missing = missingIn(app.permissions, manifest);
  const more = [...app.permissions].filter(
    ([name, grade]) => !atLeast(manifest.permissions.get(name), grade),
  );
  const page = `${app.settings}/permissions`;
  if (missing.length + more.length === 0)
    return [ok("permissions", `The App asks for the permissions of ${manifest.file}, and no more.`)];
  return [
    ...(missing.length === 0
      ? []
      : [
          wrong(
            "permissions_missing",
            `The App does not ask for ${named(missing)}.`,
            lacks(missing),
            `Set ${missing.length === 1 ? "it" : "them"} on ${page}, and accept that on each installation.`,
          ),
        ]),
    ...(more.length === 0
      ? []
      : [
          warning(
            "permissions_more",
            `The App asks for more than the clerk uses: ${named(more)}.`,
            `Whoever gets hold of its key may do all of that.${
              more.some(([name]) => name === "contents")
                ? " To write contents is for configs that let the clerk merge, and none of those looked at does."
                : ""
            }`,
            `Take ${more.length === 1 ? "it" : "them"} back to what ${manifest.file} has, on ${page}.`,
          ),
        ]),
  ];
}

export function eventFindings(app: AppFacts, manifest: Manifest): readonly DoctorFinding[] {
  const missing = manifest.events.filter((event) => !app.events.includes(event));
  const more = app.events.filter((event) => !manifest.events.includes(event));
  const page = `${app.settings}/permissions`;
  if (missing.length + more.length === 0)
    return [ok("events", `The App is told of the events of ${manifest.file}, and no more.`)];
  return [
    ...(missing.length === 0
      ? []
      : [
          wrong(
            "events_missing",
            `The App is not told of ${series(missing)}.`,
            `What they tell is found at the next resync only, within ten minutes, or a day later.${
              missing.includes("merge_group")
                ? " A merge queue is not answered at all without merge_group: GitHub throws its entries out after an hour."
                : ""
            }`,
            `Tick them under “Subscribe to events” on ${page}. One that is not shown there needs its permission first.`,
          ),
        ]),
    ...(more.length === 0
      ? []
      : [
          warning(
            "events_more",
            `The App is told of events that the clerk does not use: ${series(more.map(plain))}.`,
            "It costs nothing but traffic.",
            `Untick them on ${page}.`,
          ),
        ]),
  ];
}

/** Of all installations, or of the one that was asked for. */
export function installationFindings(
  read: ReadResult<{ installations: readonly InstallationFacts[] }>,
  app: AppFacts,
  manifest: Manifest,
): readonly DoctorFinding[] {
  if (read.kind === "unreadable")
    return [
      unread("installation", "Where the App is installed", read, "Where it is not, the clerk does nothing."),
    ];
  if (read.kind === "gone" || read.installations.length === 0)
    return [
      wrong(
        "installation",
        "The App is not installed there.",
        "The clerk sees and does nothing where it is not.",
        `Install it: ${app.url}/installations/new. On a repository of an organization that takes one of its owners.`,
      ),
    ];
  return read.installations.map((installation) => installationFinding(installation, app, manifest));
}

function installationFinding(
  installation: InstallationFacts,
  app: AppFacts,
  manifest: Manifest,
): DoctorFinding {
  const { owner, url, suspended, permissions } = installation;
  const there = plain(owner);
  if (suspended)
    return wrong(
      "installation_suspended",
      `The installation of ${there} is suspended.`,
      "The clerk can neither read nor write there; what is due waits.",
      `An owner of ${there} ends that on ${url}.`,
    );
  const missing = missingIn(permissions, manifest);
  const waiting = [...app.permissions].filter(([name, grade]) => permissions.get(name) !== grade);
  const accept = `An owner of ${there} accepts it on ${url}/permissions/update.`;
  if (missing.length > 0)
    return wrong(
      "installation_permissions",
      `The installation of ${there} has not granted ${named(missing)}.`,
      lacks(missing),
      waiting.length > 0 ? accept : `Set it on ${app.settings}/permissions first. ${accept}`,
    );
  if (waiting.length > 0)
    return warning(
      "installation_permissions",
      `The App's settings ask for ${named(waiting)}, and ${there} has granted something else.`,
      "The clerk has all it needs. Until an owner accepts, GitHub asks them about it again.",
      accept,
    );
  return ok("installation", `The App is installed for ${there}, with all it needs: ${url}.`);
}

/** A name, a password or a query in the address may be a secret. */
function withoutSecret(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
