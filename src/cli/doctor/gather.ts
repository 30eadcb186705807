import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import type { ConfigOutcome } from "../../config/outcome.js";
import { DAY } from "../../domain/text/time.js";
import { readEnvironment } from "../../environment/environment.js";
import { strayVariables } from "../../environment/strayVariables.js";
import type { Variables } from "../../environment/variables.js";
import type { AppConnection } from "../../github/connect.js";
import type { RepositoryRef } from "../../github/ports.js";
import type { AppFacts, CheckupReader, InstallationFacts } from "../../github/read/checkup.js";
import { NO_INSTALLATION } from "../../github/read/whoIsTheClerk.js";
import { serverVersion } from "../../github/serverVersion.js";
import type { MatrixSettings } from "../../matrix/homeserver.js";
import { MatrixRoom } from "../../matrix/room.js";
import type { GitHubClock } from "../../platform/clock.js";
import { dotEnvRights, namesInDotEnv } from "../../platform/dotEnv.js";
import { askForMissed, failedWebhooks } from "../../runtime/schedule/redeliveries.js";
import { webhookSecrets } from "../../runtime/server/webhookSecrets.js";
import { WEBHOOK_PATH } from "../../runtime/server/webhooks.js";
import { lookAtStore } from "../../store/look.js";
import type { Wanted } from "../session.js";
import {
  credentialsFinding,
  eventFindings,
  hookFindings,
  installationFindings,
  type Manifest,
  permissionFindings,
} from "./appFindings.js";
import { deliveryFindings } from "./deliveryFindings.js";
import { type DoctorFinding, notKnown, type Section, unread } from "./finding.js";
import {
  clockFinding,
  environmentFindings,
  limitFindings,
  ofTheClerkAlone,
  serverFinding,
  storeFinding,
  tokenFinding,
} from "./machineFindings.js";
import { roomFinding } from "./matrixFindings.js";
import { protectionFindings } from "./protectionFindings.js";
import { type RepositoryAsked, repositoryFindings, unseenFinding } from "./repositoryFindings.js";

/** Reads what the findings are made of. Writes nothing, but for webhooks that are asked for again (`redeliver`). */

export interface AsApp {
  readonly github: Pick<AppConnection, "checkup" | "webhooks">;
  readonly clock: GitHubClock;
  readonly baseUrl: string;
  readonly variables: Variables;
  /** Ask GitHub to send again what did not arrive. */
  readonly redeliver: boolean;
}

/** Repositories looked at where none is named. */
const MOST_REPOSITORIES = 20;

/** As the clerk itself. `wanted`: null: wherever the App is installed. */
export async function asTheApp(wanted: Wanted | null, asked: AsApp): Promise<readonly Section[]> {
  const { github, clock, baseUrl } = asked;
  const { checkup } = github;
  const read = await checkup.app();
  if (read.kind !== "read") {
    const machine = await machineFindings(asked);
    return [machine, section("The App", [credentialsFinding(read)])];
  }
  const { app } = read;
  const installed = await installations(checkup, wanted);
  const { looked, left, unlisted } = await repositoriesOf(checkup, wanted, installed);
  const merges = looked.some(
    ({ asked: { config } }) => config.kind === "valid" && config.rules.conclude.merge !== "manual",
  );
  const manifest = manifestOf(merges ? "app.merge.yml" : "app.yml");
  const theApp = [
    credentialsFinding(read),
    ...hookFindings(await checkup.hook(), app, webhookUrl(asked.variables)),
    ...permissionFindings(app, manifest),
    ...eventFindings(app, manifest),
    ...installationFindings(installed, app, manifest),
    ...(await webhooks(asked, app)),
    ...(await limits(checkup, installed)),
    ...unlisted,
    ...(left === 0 ? [] : [notLookedAt(left)]),
  ];
  const repositories = await Promise.all(
    looked.map(async ({ ref, asked: facts }) =>
      ofRepository(ref, [
        ...repositoryFindings(facts),
        ...(facts.repository.archived ? [] : await protectionOf(checkup, ref, facts, app)),
      ]),
    ),
  );
  return [await machineFindings({ ...asked, clock, baseUrl }), section("The App", theApp), ...repositories];
}

/** As somebody with a token, who sees the repository and nothing of the App. */
export async function asAReader(
  wanted: Wanted,
  checkup: CheckupReader,
  {
    clock,
    baseUrl,
    variable,
  }: { readonly clock: GitHubClock; readonly baseUrl: string; readonly variable: string },
): Promise<readonly Section[]> {
  const ref = { ...wanted, installation: NO_INSTALLATION };
  // It is not counted, and tells whether the token is good.
  const left = await checkup.limits(NO_INSTALLATION);
  if (left.kind === "unreadable" && /credentials/.test(left.why))
    return [section("This machine, and GitHub", [tokenFinding(variable), clockFinding(clock.aheadSeconds)])];
  const found = await lookAt(checkup, ref, null);
  const repository =
    "unread" in found
      ? found.unread
      : [
          ...repositoryFindings(found.asked),
          ...(found.asked.repository.archived ? [] : await protectionOf(checkup, ref, found.asked, null)),
        ];
  return [
    section("This machine, and GitHub", [
      clockFinding(clock.aheadSeconds),
      serverFinding(await serverVersion(baseUrl), baseUrl),
      ...limitFindings(left, "This token"),
    ]),
    section("The App", ofTheClerkAlone(variable)),
    ofRepository(ref, repository),
  ];
}

const section = (title: string, findings: readonly DoctorFinding[]): Section => ({
  title,
  repository: null,
  findings,
});

function ofRepository({ owner, name }: RepositoryRef, findings: readonly DoctorFinding[]): Section {
  const repository = `${owner}/${name}`;
  return { title: repository, repository, findings };
}

/** Last, when GitHub has told its time. */
async function machineFindings({ variables, clock, baseUrl }: AsApp): Promise<Section> {
  const reading = readEnvironment(variables);
  const store = reading.kind === "ready" ? await lookAtStore(reading.environment.storage) : null;
  const matrix = reading.kind === "ready" ? reading.environment.matrix : undefined;
  const stray = strayVariables(variables, namesInDotEnv(".env"));
  return section("This machine, and GitHub", [
    ...environmentFindings({
      faults: [...stray.faults, ...(reading.kind === "faults" ? reading.faults : [])],
      stray: stray.warnings,
      webhookSecrets: reading.kind === "ready" ? webhookSecrets(reading.environment.webhookSecret).length : 0,
      unsigned: reading.kind === "ready" && reading.environment.recordKeys === undefined,
      rights: dotEnvRights(".env"),
    }),
    ...(store === null ? [] : [storeFinding(store)]),
    ...(matrix === undefined ? [] : [await roomOf(matrix)]),
    clockFinding(clock.aheadSeconds),
    serverFinding(await serverVersion(baseUrl), baseUrl),
  ]);
}

/** It takes no invitation: the doctor changes nothing. */
async function roomOf(matrix: MatrixSettings): Promise<DoctorFinding> {
  const room = new MatrixRoom(matrix);
  const look = await room.look(false);
  return roomFinding(matrix, look, look.kind === "ready" ? await room.lets(look.place) : null);
}

function webhookUrl(variables: Variables): Parameters<typeof hookFindings>[2] {
  const reading = readEnvironment(variables);
  const { publicUrl, webhookProxyUrl } = reading.kind === "ready" ? reading.environment : {};
  if (webhookProxyUrl !== undefined)
    return { url: webhookProxyUrl, path: WEBHOOK_PATH, by: "WEBHOOK_PROXY_URL" };
  const url = publicUrl === undefined ? null : `${publicUrl}${WEBHOOK_PATH}`;
  return { url, path: WEBHOOK_PATH, by: "PUBLIC_URL" };
}

function manifestOf(file: string): Manifest {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
  const { default_permissions: permissions, default_events: events } = load(text) as {
    readonly default_permissions: Readonly<Record<string, string>>;
    readonly default_events: readonly string[];
  };
  return { file, permissions: new Map(Object.entries(permissions)), events };
}

type Installed = Awaited<ReturnType<CheckupReader["installations"]>>;

async function installations(checkup: CheckupReader, wanted: Wanted | null): Promise<Installed> {
  if (wanted === null) return checkup.installations();
  const read = await checkup.installationOn(wanted.owner, wanted.name);
  return read.kind === "read" ? { kind: "read", installations: [read.installation] } : read;
}

const atWork = (installed: Installed): readonly InstallationFacts[] =>
  installed.kind === "read" ? installed.installations.filter(({ suspended }) => !suspended) : [];

async function limits(checkup: CheckupReader, installed: Installed): Promise<readonly DoctorFinding[]> {
  const told = atWork(installed).map(async ({ id, owner }) =>
    limitFindings(await checkup.limits(id), `The installation of ${owner}`),
  );
  return (await Promise.all(told)).flat();
}

async function webhooks(
  {
    github: {
      checkup,
      webhooks: { askAgain },
    },
    clock,
    redeliver,
  }: AsApp,
  app: AppFacts,
): Promise<readonly DoctorFinding[]> {
  const read = await checkup.deliveries(clock.now() - DAY);
  if (!redeliver || read.kind !== "read") return deliveryFindings(read, app, null);
  const again = failedWebhooks(read.deliveries).filter(({ mayBeTaken }) => mayBeTaken);
  const redelivered = await askForMissed(again, askAgain);
  return deliveryFindings(read, app, redelivered);
}

interface Looked {
  readonly ref: RepositoryRef;
  readonly asked: RepositoryAsked;
}

/** `unlisted`: what could not be looked at, a finding each. */
async function repositoriesOf(
  checkup: CheckupReader,
  wanted: Wanted | null,
  installed: Installed,
): Promise<{
  readonly looked: readonly Looked[];
  readonly left: number;
  readonly unlisted: readonly DoctorFinding[];
}> {
  const refs: RepositoryRef[] = [];
  const unlisted: DoctorFinding[] = [];
  for (const { id, owner } of atWork(installed)) {
    if (wanted !== null) {
      refs.push({ ...wanted, installation: id });
      continue;
    }
    const listed = await checkup.repositories(id);
    if (listed.kind === "read") refs.push(...listed.repositories);
    else
      unlisted.push(
        unread(
          "repositories",
          `The repositories of ${owner}`,
          listed,
          "What is wrong there is not told here.",
        ),
      );
  }
  const looked: Looked[] = [];
  const app = await checkup.app();
  const login = app.kind === "read" ? `${app.app.slug}[bot]` : null;
  for (const ref of refs.slice(0, MOST_REPOSITORIES)) {
    const found = await lookAt(checkup, ref, login);
    if ("unread" in found) unlisted.push(...found.unread);
    else looked.push({ ref, asked: found.asked });
  }
  return { looked, left: Math.max(refs.length - MOST_REPOSITORIES, 0), unlisted };
}

const notLookedAt = (left: number): DoctorFinding =>
  notKnown(
    "repositories",
    `${left} more ${left === 1 ? "repository was" : "repositories were"} not looked at.`,
    `Where none is named, the first ${MOST_REPOSITORIES} are.`,
    "Name the one you mean: msc-clerk doctor OWNER/REPO.",
  );

/** `login`: the clerk's, by which its issues are known; null: not known. */
async function lookAt(
  checkup: CheckupReader,
  ref: RepositoryRef,
  login: string | null,
): Promise<{ readonly asked: RepositoryAsked } | { readonly unread: readonly DoctorFinding[] }> {
  const read = await checkup.repository(ref);
  if (read.kind !== "read") return { unread: [unseenFinding(`${ref.owner}/${ref.name}`, read)] };
  const { repository } = read;
  const config = await checkup.config(ref);
  const beside = config.kind === "absent" && !repository.archived ? await checkup.besideConfig(ref) : null;
  return {
    asked: {
      repository,
      config,
      besideConfig: beside?.kind === "read" ? beside.paths : null,
      labels: await checkup.labels(ref),
      issues: login === null || !repository.hasIssues ? null : await checkup.issues(ref, login),
      specification: login === null ? null : await specificationOf(checkup, config),
    },
  };
}

async function specificationOf(
  checkup: CheckupReader,
  config: ConfigOutcome,
): Promise<RepositoryAsked["specification"]> {
  const name = config.kind === "valid" ? config.rules.specRepository?.name : undefined;
  if (name === undefined) return null;
  const [owner = "", repository = ""] = name.split("/");
  const there = await checkup.installationOn(owner, repository);
  if (there.kind !== "read") return { name, installed: there };
  const read = await checkup.repository({ owner, name: repository, installation: there.installation.id });
  if (read.kind !== "read") return { name, installed: read };
  const leadsTo = `${read.repository.owner}/${read.repository.name}`;
  return { name, installed: { kind: "read", leadsTo } };
}

async function protectionOf(
  checkup: CheckupReader,
  ref: RepositoryRef,
  { repository }: RepositoryAsked,
  app: AppFacts | null,
): Promise<readonly DoctorFinding[]> {
  const { defaultBranch } = repository;
  return protectionFindings({
    repository,
    app,
    rules: await checkup.rules(ref, defaultBranch),
    protection: await checkup.protection(ref, defaultBranch),
  });
}
