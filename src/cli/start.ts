import { createClerk, WEBHOOK_PATH } from "../app.js";
import { readEnvironment } from "../environment/environment.js";
import { strayVariables } from "../environment/strayVariables.js";
import { serverVersion, tooOldSentence, unknownVersionSentence } from "../github/serverVersion.js";
import { addDotEnv, dotEnvRights, namesInDotEnv } from "../platform/dotEnv.js";
import { errorMessage } from "../platform/log.js";
import { readPackage } from "../platform/package.js";
import { logThrough, pinoLog } from "../platform/pinoLog.js";
import { systemClock } from "../platform/systemClock.js";
import { decodeHeard, encodeHeard, type HeardNews, heardTogether } from "../runtime/server/heard.js";
import { Recorder } from "../runtime/server/recorder.js";
import { serveSetUp } from "../runtime/server/setUp.js";
import { WebhookChannel } from "../runtime/server/webhookChannel.js";
import { webhookSecrets } from "../runtime/server/webhookSecrets.js";
import { openStore, whereIs } from "../store/open.js";
import { alone } from "../store/ownership.js";
import { PostgresOwnership } from "../store/postgresOwnership.js";

/**
 * The clerk as a process: reads the environment, refuses it in plain sentences, or starts what it describes, which then runs until the
 * process is asked to stop. Resolves with the exit code as far as it is known: 0 once it is at work.
 */
export async function start(): Promise<number> {
  try {
    return await started();
  } catch (thrown) {
    refuse([errorMessage(thrown)]);
    // What is open by now, such as the store, would keep the process alive.
    process.exit(1);
  }
}

async function started(): Promise<number> {
  const dotEnvFault = addDotEnv(process.env, ".env");
  const reading = readEnvironment(process.env);
  const stray = strayVariables(process.env, namesInDotEnv(".env"));
  const faults = [
    ...(dotEnvFault === null ? [] : [dotEnvFault]),
    ...stray.faults,
    ...(reading.kind === "faults" ? reading.faults : []),
  ];
  if (reading.kind === "faults" || faults.length > 0) return refuse(faults);
  if (reading.kind === "set_up") {
    const { server, logLevel, readableLog, kind: _kind, ...asked } = reading;
    const log = logThrough(pinoLog(logLevel, readableLog));
    for (const sentence of stray.warnings) log.warn(sentence);
    const setUp = await serveSetUp({ ...server, ...asked, log, directory: process.cwd() });
    await setUp.done;
    await setUp.close();
    return started();
  }
  const { environment } = reading;
  const server = await serverVersion(environment.baseUrl);
  if (server.kind === "known" && server.tooOld) return refuse([tooOldSentence(server.version)]);
  const opened = await openStore(environment.storage);
  if (opened.kind === "refused") return refuse([opened.why]);
  const { store } = opened;
  const logger = pinoLog(environment.logLevel, environment.readableLog);
  const rights = dotEnvRights(".env");
  for (const sentence of [...(rights === null ? [] : [rights]), ...stray.warnings]) logger.warn(sentence);
  if (server.kind === "unknown") logger.warn(unknownVersionSentence(environment.baseUrl, server.why));
  const { record, webhookSecret, privateKey, recordKeys, baseUrl, matrix } = environment;
  const recorder =
    record === undefined
      ? undefined
      : new Recorder({
          directory: record,
          clock: systemClock,
          log: logThrough(logger),
          baseUrl,
          version: readPackage().version,
          secrets: [
            ...webhookSecrets(webhookSecret),
            privateKey,
            ...(recordKeys ?? "").split(","),
            ...(matrix === undefined ? [] : [matrix.token]),
          ],
        });
  const { databaseUrl } = environment.storage;
  const ownership =
    databaseUrl === undefined
      ? alone<HeardNews>()
      : new PostgresOwnership<HeardNews>({
          url: databaseUrl,
          clock: systemClock,
          log: logThrough(logger),
          encode: encodeHeard,
          decode: decodeHeard,
          merge: heardTogether,
        });
  const clerk = createClerk({
    ...environment,
    ...{ clock: systemClock, logger, store, recorder, ownership, redeliver: true },
    storedIn: whereIs(environment.storage),
  });
  // Nothing should get here; if something does, it is told without the request or webhook it was about.
  process.on("unhandledRejection", (reason) => logger.error({ err: reason }, "A fault of the clerk's."));
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "A fault of the clerk's; it ends, and the next start looks at everything.");
    process.exit(1);
  });
  let channel: WebhookChannel | undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      channel?.stop();
      void clerk
        .stop()
        .then(() => ownership.stop())
        .then(() => store.close())
        .then(() => process.exit(0));
    });
  }
  const url = await clerk.start({ ...environment.server, pages: environment.pages });
  const { webhookProxyUrl } = environment;
  if (webhookProxyUrl === undefined) return 0;
  logger.warn(
    "Webhooks are fetched through the channel at WEBHOOK_PROXY_URL: for a trial only, as everybody who knows its address sees what GitHub sends, of private repositories too.",
  );
  channel = new WebhookChannel({
    from: webhookProxyUrl,
    to: `${url}${WEBHOOK_PATH}`,
    log: logThrough(logger),
  });
  void channel.start();
  return 0;
}

function refuse(faults: readonly string[]): 1 {
  process.stderr.write(faults.map((fault) => `msc-clerk does not start: ${fault}\n`).join(""));
  return 1;
}
