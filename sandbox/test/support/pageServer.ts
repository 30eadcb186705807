import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { Site, type Stage } from "../../src/page/site.js";
import { adopt, foundRepository, openProposal, SEED_START } from "../../src/seed.js";
import { PROPOSALS } from "../../src/seedTexts.js";
import { LiveStage } from "../../src/stage.js";

export const HOME = "/matrix-org/matrix-spec-proposals";
export const NUMBER = 1772;
export const PULL = `${HOME}/pull/${NUMBER}`;

export interface PageServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly address: string;
}

/** The page of a stage; on the port that is asked for, or any. */
export async function served(stage: Stage, port = 0): Promise<PageServer> {
  const site = new Site(stage);
  const server = createServer((request, response) => void site.handle(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      site.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Two proposals in review, and the config in force. */
export async function smallStage({ clerk = true } = {}): Promise<LiveStage> {
  const stage = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  await stage.open();
  foundRepository(stage.sandbox);
  adopt(stage.sandbox);
  await stage.moveClock(60_000);
  for (const proposal of PROPOSALS)
    if (proposal.number === NUMBER || proposal.number === 2965) openProposal(stage.sandbox, proposal);
  if (clerk) await stage.startClerk();
  return stage;
}
