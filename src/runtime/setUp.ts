import { type Logger, run, type Server } from "probot";
import { WEBHOOK_PATH } from "./webhooks.js";

export interface SetUpOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
}

/**
 * Without credentials: Probot's set-up page, which makes the App from `app.yml` (read from the working directory) and writes its
 * credentials to `.env`.
 *
 * It works offline: without `NO_SMEE_SETUP` Probot would look for a package on the network that this project does not bring.
 * With `PUBLIC_URL` the new App sends its webhooks there; Probot knows that address as `WEBHOOK_PROXY_URL`, of the process
 * (for the manifest) and not of the settings (or it would try to connect to it).
 */
export async function serveSetUp({ port, host, publicUrl, logger }: SetUpOptions): Promise<Server> {
  process.env.NO_SMEE_SETUP ??= "true";
  const { WEBHOOK_PROXY_URL, ...settings } = process.env;
  if (publicUrl !== undefined) {
    process.env.WEBHOOK_PROXY_URL = WEBHOOK_PROXY_URL ?? `${publicUrl}${WEBHOOK_PATH}`;
  }
  const server = await run(() => {}, {
    env: { ...settings, PORT: String(port), HOST: host },
    log: logger,
  });
  logger.info(
    `No credentials yet. Open http://${host}:${server.port} to make the App or to enter them, then start again.`,
  );
  return server;
}
