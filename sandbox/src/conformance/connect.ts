import { createInterface } from "node:readline";
import { type Credentials, readCredentials } from "msc-clerk/environment/credentials.js";
import type { Variables } from "msc-clerk/environment/variables.js";
import { ClerkOctokit } from "msc-clerk/github/connect.js";
import { asking } from "./octokit.js";
import type { Ask, Place, RepositoryName } from "./place.js";

/** On github.com, where anybody may read them: among the largest there are. */
const LARGE_PULLS = [
  { owner: "rust-lang", repo: "rfcs", number: 2394 },
  { owner: "rust-lang", repo: "rfcs", number: 243 },
  { owner: "kubernetes", repo: "kubernetes", number: 102884 },
  { owner: "matrix-org", repo: "matrix-spec-proposals", number: 1772 },
  { owner: "matrix-org", repo: "matrix-spec-proposals", number: 3861 },
] as const;

/** As many writes in as many milliseconds, a second each as GitHub asks for; a few in a row may come at once, or a probe would miss what passes within a second: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const PACE = { writes: 10, within: 10_000 };
const CHECKS = /check-runs/;

export type Connected = { readonly place: Place } | { readonly why: readonly string[] };

interface Wanted {
  readonly scratch: RepositoryName;
  readonly variables: Variables;
  readonly hands: boolean;
  readonly tell: (text: string) => void;
  readonly interrupted: () => boolean;
}

/** Signs in twice, as the App and as the second account, and sees that both have what they need. */
export async function connect({ scratch, variables, hands, tell, interrupted }: Wanted): Promise<Connected> {
  const credentials = readCredentials(variables);
  const faults = "faults" in credentials ? [...credentials.faults] : [];
  if ("token" in credentials)
    faults.push(
      "APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) are not set: give the App's, as for the clerk.",
    );
  const token = variables.KIT_TOKEN?.trim() ?? "";
  if (!/^[\x21-\x7e]{1,1000}$/.test(token))
    faults.push("KIT_TOKEN is not set, or is no token: give one of a second account.");
  if (!("appId" in credentials) || faults.length > 0) return { why: faults };
  const { appId, privateKey, baseUrl }: Credentials = credentials;
  const there = `${scratch.owner}/${scratch.repo}`;

  const asApp = asking(new ClerkOctokit({ baseUrl, auth: { appId, privateKey } }));
  const second = asking(new ClerkOctokit({ baseUrl, auth: { token } }));
  const app = await asApp("GET /app");
  if (app.status !== 200) return { why: [`GitHub does not take the App's credentials (${app.status}).`] };
  const installation = await asApp("GET /repos/{owner}/{repo}/installation", { ...scratch });
  if (installation.status !== 200)
    return { why: [`The App is not installed on ${there} (${installation.status}).`] };
  const user = await second("GET /user");
  if (user.status !== 200) return { why: [`GitHub does not take KIT_TOKEN (${user.status}).`] };
  const repository = await second("GET /repos/{owner}/{repo}", { ...scratch });
  if (repository.status !== 200)
    return { why: [`The account of KIT_TOKEN cannot read ${there} (${repository.status}).`] };
  const {
    permissions,
    html_url: page,
    owner,
  } = repository.data as {
    readonly permissions?: { readonly admin?: boolean };
    readonly html_url: string;
    readonly owner: { readonly login: string };
  };
  const { login } = user.data as { readonly login: string };
  if (permissions?.admin !== true)
    return { why: [`${login}, the account of KIT_TOKEN, is no admin of ${there}.`] };
  if (owner.login.toLowerCase() === login.toLowerCase())
    return {
      why: [
        `KIT_TOKEN is of the owner of ${there}, who cannot have a fork of it: give one of another account.`,
      ],
    };

  const installationId = (installation.data as { readonly id: number }).id;
  const asInstallation = asking(new ClerkOctokit({ baseUrl, auth: { appId, privateKey, installationId } }));
  const paced = pace();
  return {
    place: {
      flavour: flavourOf(baseUrl, app.headers["x-github-enterprise-version"]),
      scratch,
      appId,
      slug: (app.data as { readonly slug: string }).slug,
      page,
      app: paced(asInstallation),
      second: paced(second),
      largePulls: baseUrl === "https://api.github.com" ? LARGE_PULLS : [],
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => Date.now(),
      byHand: async (what, link) => {
        if (!hands) return false;
        tell(`\n      By hand: ${what}\n      ${link}\n      Press Enter when it is done.\n`);
        return entered(interrupted);
      },
    },
  };
}

/** true: somebody pressed Enter; false: nobody is there, or it was interrupted. */
function entered(interrupted: () => boolean): Promise<boolean> {
  const lines = createInterface({ input: process.stdin });
  return new Promise((resolve) => {
    const done = (was: boolean) => {
      clearInterval(look);
      resolve(was);
      lines.close();
    };
    const look = setInterval(() => interrupted() && done(false), 200);
    lines.once("line", () => done(true));
    lines.once("close", () => done(false));
  });
}

function flavourOf(baseUrl: string, version: string | number | undefined): string {
  if (baseUrl === "https://api.github.com") return "github.com";
  return version === undefined ? "GitHub Enterprise Cloud" : `GitHub Enterprise Server ${version}`;
}

/** What is refused by a limit is asked again when GitHub says, as nothing was made by it. */
function pace(): (ask: Ask) => Ask {
  const last: number[] = [];
  return (ask) => async (route, parameters) => {
    const isPaced = !route.startsWith("GET ") && !route.endsWith("/graphql") && !CHECKS.test(route);
    for (let tries = 0; ; tries += 1) {
      if (isPaced) {
        const wait = last.length < PACE.writes ? 0 : (last.shift() ?? 0) + PACE.within - Date.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        last.push(Date.now());
      }
      const answer = await ask(route, parameters);
      const after = Number(answer.headers["retry-after"]);
      if (![403, 429].includes(answer.status) || !(after > 0) || tries > 2) return answer;
      await new Promise((resolve) => setTimeout(resolve, after * 1000));
    }
  };
}
