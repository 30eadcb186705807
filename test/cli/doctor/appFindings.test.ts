import { describe, expect, test } from "vitest";
import {
  credentialsFinding,
  eventFindings,
  hookFindings,
  installationFindings,
  type Manifest,
  permissionFindings,
} from "../../../src/cli/doctor/appFindings.js";
import type { AppFacts, HookFacts, InstallationFacts } from "../../../src/github/read/checkup.js";
import { allTold, codes, told } from "./told.js";

const WANTED = { metadata: "read", contents: "read", issues: "write", merge_queues: "read" };
const EVENTS = ["push", "merge_group"];
const MANIFEST: Manifest = { file: "app.yml", permissions: new Map(Object.entries(WANTED)), events: EVENTS };
const SETTINGS = "https://github.example/organizations/body/settings/apps/clerk";

const app = (changed: Partial<AppFacts> = {}): AppFacts => ({
  id: 99,
  slug: "clerk",
  url: "https://github.example/apps/clerk",
  settings: SETTINGS,
  permissions: new Map(Object.entries(WANTED)),
  events: EVENTS,
  ...changed,
});
const permitted = (changed: Record<string, string>) => new Map(Object.entries({ ...WANTED, ...changed }));
const without = (name: string) => new Map(Object.entries(WANTED).filter(([of]) => of !== name));

describe("the App's credentials", () => {
  test("are good", () => {
    expect(told(credentialsFinding({ kind: "read", app: app() }))).toBe(
      "ok | GitHub knows the App by its key: clerk (number 99), https://github.example/apps/clerk.",
    );
  });

  test.each([
    { kind: "gone", why: "Integration not found" },
    { kind: "unreadable", why: "GitHub does not accept the App's credentials: Bad credentials", retryAt: 0 },
  ] as const)("are none: $why", (read) => {
    expect(told(credentialsFinding(read))).toMatch(
      /^wrong \| GitHub does not take APP_ID and the private key for an App's: .+\. \| The clerk cannot sign in, so it reads and writes nothing\. \| Compare APP_ID /,
    );
  });

  test("cannot be tried, where GitHub does not answer: that says nothing of them", () => {
    const read = { kind: "unreadable", why: "GitHub cannot be reached", retryAt: null } as const;
    expect(credentialsFinding(read).state).toBe("not_known");
  });
});

describe("the App's webhook", () => {
  const path = "/api/github/webhooks";
  const url = `https://clerk.example${path}`;
  const found = (
    changed: Partial<HookFacts>,
    expected: string | null = null,
    by: "PUBLIC_URL" | "WEBHOOK_PROXY_URL" = "PUBLIC_URL",
  ) =>
    hookFindings(
      { kind: "read", hook: { url, contentType: "json", verifiesSsl: true, hasSecret: true, ...changed } },
      app(),
      { url: expected, path, by },
    );

  test("is as it should be, as far as GitHub shows it", () => {
    const fine = `ok | Webhooks go to ${url}, as JSON and signed. GitHub does not show whether by the same secret as WEBHOOK_SECRET: the deliveries tell.`;
    expect(allTold(found({}))).toEqual([fine]);
    expect(allTold(found({}, url))).toEqual([fine]);
  });

  test("there is none", () => {
    expect(allTold(found({ url: null }))).toEqual([
      `wrong | The App has no webhook. | Without webhooks the clerk acts every ten minutes only. | Set the webhook URL to https://YOUR.HOST/api/github/webhooks on ${SETTINGS}, and see that it is active.`,
    ]);
  });

  test("goes elsewhere than PUBLIC_URL says, or to another path", () => {
    expect(allTold(found({}, `https://other.example${path}`))).toEqual([
      `warning | Webhooks go to ${url}, and by PUBLIC_URL the clerk is at https://other.example${path}. | If they do not arrive: without webhooks the clerk acts every ten minutes only. | Set one of the two right: the webhook URL on ${SETTINGS}, or PUBLIC_URL.`,
    ]);
    expect(allTold(found({}, "https://smee.io/abc", "WEBHOOK_PROXY_URL"))[0]).toMatch(
      /by WEBHOOK_PROXY_URL the clerk is at https:\/\/smee\.io\/abc\. .* or WEBHOOK_PROXY_URL\.$/,
    );
    expect(
      allTold(found({ url: "https://smee.io/abc" }, "https://smee.io/abc", "WEBHOOK_PROXY_URL")),
    ).toEqual([expect.stringMatching(/^ok \| /)]);
    expect(allTold(found({ url: "https://clerk.example/" }))).toEqual([
      `warning | Webhooks go to https://clerk.example/, which does not end with /api/github/webhooks. | The clerk takes them there only; unless a proxy hands them on, none arrives. Without webhooks the clerk acts every ten minutes only. | Correct the webhook URL on ${SETTINGS}.`,
    ]);
  });

  test("is a form's, is not signed, and GitHub does not look whom it speaks to", () => {
    expect(allTold(found({ contentType: "form", hasSecret: false, verifiesSsl: false }))).toEqual([
      `wrong | Webhooks are sent as form. | The clerk answers them with 415. Without webhooks the clerk acts every ten minutes only. | Set the content type to application/json on ${SETTINGS}.`,
      `wrong | The App's webhook has no secret. | What is not signed anybody could send, and the clerk answers it with 400. Without webhooks the clerk acts every ten minutes only. | Set the secret that is in WEBHOOK_SECRET on ${SETTINGS}.`,
      `warning | GitHub does not verify the certificate of the address it sends webhooks to. | Somebody on the way could keep them back. They can forge none, as each is signed. | Switch SSL verification on: ${SETTINGS}.`,
    ]);
  });
});

describe("what the App asks for, against its manifest", () => {
  test("is just that", () => {
    expect(allTold(permissionFindings(app(), MANIFEST))).toEqual([
      "ok | The App asks for the permissions of app.yml, and no more.",
    ]);
    expect(allTold(eventFindings(app(), MANIFEST))).toEqual([
      "ok | The App is told of the events of app.yml, and no more.",
    ]);
  });

  test("a permission that lacks, or that only reads, is wrong, and what it costs is said", () => {
    expect(allTold(permissionFindings(app({ permissions: without("merge_queues") }), MANIFEST))).toEqual([
      `wrong | The App does not ask for merge_queues: read. | Without \`merge_queues\` it does not hear of a merge queue's commits, which then wait for the check until GitHub throws them out. | Set it on ${SETTINGS}/permissions, and accept that on each installation.`,
    ]);
    expect(codes(permissionFindings(app({ permissions: permitted({ issues: "read" }) }), MANIFEST))).toEqual([
      "wrong permissions_missing",
    ]);
  });

  test("a permission more than that is a warning, and the one for merging says whom it is for", () => {
    expect(
      allTold(
        permissionFindings(app({ permissions: permitted({ contents: "write", members: "read" }) }), MANIFEST),
      ),
    ).toEqual([
      `warning | The App asks for more than the clerk uses: contents: write and members: read. | Whoever gets hold of its key may do all of that. To write contents is for configs that let the clerk merge, and none of those looked at does. | Take them back to what app.yml has, on ${SETTINGS}/permissions.`,
    ]);
  });

  test("an event that lacks is wrong, one more is a warning", () => {
    expect(allTold(eventFindings(app({ events: ["push", "star"] }), MANIFEST))).toEqual([
      `wrong | The App is not told of merge_group. | What they tell is found at the next resync only, within ten minutes, or a day later. A merge queue is not answered at all without merge_group: GitHub throws its entries out after an hour. | Tick them under “Subscribe to events” on ${SETTINGS}/permissions. One that is not shown there needs its permission first.`,
      `warning | The App is told of events that the clerk does not use: star. | It costs nothing but traffic. | Untick them on ${SETTINGS}/permissions.`,
    ]);
  });
});

describe("where the App is installed", () => {
  const URL_ = "https://github.example/organizations/body/settings/installations/7";
  const one = (changed: Partial<InstallationFacts> = {}): InstallationFacts => ({
    ...{ id: 7, owner: "body", url: URL_, suspended: false, permissions: new Map(Object.entries(WANTED)) },
    ...changed,
  });
  const found = (installations: readonly InstallationFacts[], of = app()) =>
    allTold(installationFindings({ kind: "read", installations }, of, MANIFEST));

  test("well", () => {
    expect(found([one()])).toEqual([`ok | The App is installed for body, with all it needs: ${URL_}.`]);
  });

  test("nowhere, or not there", () => {
    const nowhere =
      "wrong | The App is not installed there. | The clerk sees and does nothing where it is not. | Install it: https://github.example/apps/clerk/installations/new. On a repository of an organization that takes one of its owners.";
    expect(found([])).toEqual([nowhere]);
    expect(allTold(installationFindings({ kind: "gone", why: "Not Found" }, app(), MANIFEST))).toEqual([
      nowhere,
    ]);
  });

  test("suspended", () => {
    expect(found([one({ suspended: true })])).toEqual([
      `wrong | The installation of body is suspended. | The clerk can neither read nor write there; what is due waits. | An owner of body ends that on ${URL_}.`,
    ]);
  });

  test("with permissions that wait for an owner: wrong where the clerk needs them, else a warning", () => {
    expect(found([one({ permissions: permitted({ issues: "read" }) })])).toEqual([
      `wrong | The installation of body has not granted issues: write. | Without \`issues\` it can put on no label, write no comment and open no issue of a duty. | An owner of body accepts it on ${URL_}/permissions/update.`,
    ]);
    expect(found([one()], app({ permissions: permitted({ contents: "write" }) }))).toEqual([
      `warning | The App's settings ask for contents: write, and body has granted something else. | The clerk has all it needs. Until an owner accepts, GitHub asks them about it again. | An owner of body accepts it on ${URL_}/permissions/update.`,
    ]);
    const both = app({ permissions: without("issues") });
    expect(found([one({ permissions: without("issues") })], both)[0]).toContain(
      `Set it on ${SETTINGS}/permissions first. An owner of body`,
    );
  });
});
