import { createClerk } from "msc-clerk/app.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import { afterEach, describe, expect, test } from "vitest";
import { RECORD_KEYS } from "../../src/clerk.js";
import { MEMBERS, matrixConfig, withoutForm } from "../../src/roster.js";
import { asApp, OWNER, REPO, smallGitHub } from "../small.js";

let github: ReturnType<typeof smallGitHub>["github"];
afterEach(() => github.close());

const repository = { installation: 1, owner: OWNER, name: REPO };

/** A clerk with nothing but a token, on a GitHub with one proposal. */
async function clerk() {
  const small = smallGitHub({ clock: systemClock });
  ({ github } = small);
  await github.listen();
  for (const { login, id, level } of MEMBERS)
    if (!["ara4n", "richvdh", "uhoreg"].includes(login)) github.addUser(login, { id, level });
  const ids = new Map(["ara4n", "richvdh", "uhoreg"].map((login) => [login, github.as(login).id]));
  const config = withoutForm(matrixConfig()).replace(/login: (\w+), id: \d+/g, (all, login: string) =>
    ids.has(login) ? `login: ${login}, id: ${ids.get(login)}` : all,
  );
  small.admin.pushTo(null, { [CONFIG_FILE]: config });
  small.triager.label(small.number, "proposal");
  const { data } = await asApp(github).request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: github.app.installationId,
  });
  const made = createClerk({
    ...{ appId: github.app.id, privateKey: "", webhookSecret: "", recordKeys: RECORD_KEYS },
    alone: { token: data.token, app: { id: github.app.id, slug: github.app.slug }, repository },
    ...{ baseUrl: github.url, clock: systemClock, dryRun: false, store: inMemoryStore() },
    logger: pinoLog("fatal", true),
  });
  return { ...small, made };
}

describe("one round with a token in place of the App's key", () => {
  test("where GitHub asks to wait longer than there is time, it ends at once and says that not everything was reached", async () => {
    const { made } = await clerk();
    github.limits.exhaust("graphql", systemClock.now() + HOUR);
    const began = Date.now();
    made.begin();
    expect(await made.restOnce(repository, systemClock.now() + 10 * MINUTE)).toEqual({
      reached: false,
      left: 0,
    });
    expect(Date.now() - began).toBeLessThan(4 * SECOND);
    await made.stop();
  });

  test("when its time is up it leaves the rest, and begins nothing more", async () => {
    const { made, number } = await clerk();
    made.begin();
    const { reached, left } = await made.restOnce(repository, systemClock.now());
    expect(reached && left === 0).toBe(false);
    await made.stop();
    const check = github.checkOn(number);
    await systemClock.sleep(SECOND);
    expect(github.checkOn(number)).toEqual(check);
  });
});
