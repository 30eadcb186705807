import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { afterEach, describe, expect, it } from "vitest";
import { opened } from "../src/opening.js";
import { RevolvingStage } from "../src/revolvingStage.js";
import { readState } from "../src/savedFiles.js";
import type { LiveStage } from "../src/stage.js";
import { begunWith, OWN_HOME as HOME } from "./support/ownTrial.js";
import { served } from "./support/pageServer.js";
import { Visitor } from "./support/visitor.js";

const endings: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), "states-"));
  endings.push(() => rmSync(made, { recursive: true }));
  return made;
}

const begun = (): Promise<LiveStage> => begunWith("working-group.yml");

async function visit(first: LiveStage, states: string) {
  const stage = await RevolvingStage.around(first, { links: "http://127.0.0.1:1", directory: states });
  endings.push(() => stage.close());
  const page = await served(stage);
  endings.push(async () => page[Symbol.asyncDispose]());
  return { stage, visitor: new Visitor(page.address) };
}

/** A proposal with a motion and one more vote. */
async function moved(visitor: Visitor): Promise<void> {
  await visitor.send(`${HOME}/new`, { title: "Work on Fridays", text: "# Fridays\n" });
  await visitor.send(`${HOME}/pull/1/comment`, { body: "@mscbot fcp merge" });
  await visitor.as("bob");
  await visitor.send(`${HOME}/pull/1/approve`);
}

const PUSHED = "a config that nobody voted for";

describe("a state of the sandbox", () => {
  it("is gone back to from another, and the clerk counts on from there", async () => {
    const { stage, visitor } = await visit(await begun(), directory());
    await moved(visitor);
    expect(await visitor.send("/state/save", { name: "two-votes" })).toContain(
      "Its address is /state/two-votes",
    );
    await visitor.as("carol");
    await visitor.send(`${HOME}/pull/1/approve`);
    expect(await visitor.get(`${HOME}/pull/1`)).toContain("<strong>3 of 4 needed, of 6</strong>");

    expect(await visitor.get("/state/two-votes")).toContain("Go on from there");
    expect(await visitor.get(`${HOME}/pull/1`)).toContain("<strong>3 of 4 needed, of 6</strong>");
    await visitor.send("/state/two-votes/open");
    expect(await visitor.get(`${HOME}/pull/1`)).toContain("<strong>2 of 4 needed, of 6</strong>");
    await visitor.as("dora");
    expect(await visitor.send(`${HOME}/pull/1/approve`)).toContain("<strong>3 of 4 needed, of 6</strong>");
    const statuses = stage.sandbox
      .thread(1)
      .comments.filter(
        ({ body }) => body.includes("proposed to <strong>") || body.includes("proposed to **"),
      );
    expect(statuses).toHaveLength(1);
  });

  it("is how it began once that is asked for and confirmed, and the clerk has forgotten the rest", async () => {
    const { stage, visitor } = await visit(await begun(), directory());
    await moved(visitor);
    const url = stage.sandbox.url;
    expect(await visitor.send("/state/again")).toContain("Nothing was done");
    expect(stage.sandbox.repository.threads.size).toBe(1);
    expect(await visitor.send("/state/again", { sure: "yes" })).toContain("as it was at the beginning");
    expect(stage.sandbox.repository.threads.size).toBe(0);
    await visitor.as("alice");
    await visitor.send(`${HOME}/new`, { title: "Work on Mondays", text: "# Mondays\n" });
    expect(await visitor.get(`${HOME}/pull/1`)).toContain("In review: no Final Comment Period");
    // Whoever asks from a terminal is answered as before.
    expect(stage.sandbox.url).toBe(url);
    const headers = { authorization: `token ${stage.token}` };
    expect((await fetch(`${url}/repos/a-body/proposals/pulls/1`, { headers })).status).toBe(200);
  });

  it("outlives the sandbox, by its name and as a file, with what the clerk held for lawful", async () => {
    const states = directory();
    const before = await visit(await begun(), states);
    const config = before.stage.sandbox.fileText(CONFIG_FILE) ?? "";
    await before.visitor.send(`${HOME}/edit/${CONFIG_FILE}`, {
      text: config.replace("2/3", "1/2"),
      message: PUSHED,
      how: "push",
    });
    await before.visitor.send("/state/save", { name: "pushed" });
    expect(await before.visitor.get("/state/pushed.json")).toContain("state of an msc-clerk sandbox");

    const after = await visit(await begun(), states);
    expect(await after.visitor.get("/")).not.toContain("came to main without the votes it needs");
    await after.visitor.send("/state/pushed/open");
    expect(await after.visitor.get("/")).toContain("This file came to main without the votes it needs");

    const read = readState(join(states, "pushed.json"));
    if (read.kind === "none") throw new Error(read.why);
    const third = await visit(await opened({ kind: "saved", state: read.state }, null), states);
    expect(await third.visitor.get(`${HOME}/edit/${CONFIG_FILE}`)).toContain("issue #1</a>");
    await third.visitor.send(`${HOME}/propose-config`, { message: "Half of us" });
    expect(await third.visitor.get("/")).not.toContain("came to main without the votes it needs");
  });

  it("that cannot be gone on from is told, and everything is as it was, what was not saved too", async () => {
    const states = directory();
    const { stage, visitor } = await visit(await begun(), states);
    await visitor.send("/state/save", { name: "good" });
    const [first = "", body = ""] = readFileSync(join(states, "good.json"), "utf8").split("\n");
    const forge = (name: string, forged: string) => {
      const print = createHash("sha256").update(forged).digest("hex");
      const head = JSON.stringify({ ...JSON.parse(first), print });
      writeFileSync(join(states, `${name}.json`), `${head}\n${forged}\n`);
    };
    forge("empty", "{}");
    forge("keyless", JSON.stringify({ ...JSON.parse(body), secrets: { privateKey: "none" } }));
    forge("forgetful", JSON.stringify({ ...JSON.parse(body), memory: ["no line of a store"] }));
    await moved(visitor);
    const url = stage.sandbox.url;
    expect(await visitor.send("/state/empty/open")).toContain(
      "This saved state is not as a sandbox saves one.",
    );
    for (const name of ["keyless", "forgetful"]) {
      const answer = await visitor.send(`/state/${name}/open`);
      expect(answer).toContain(`The sandbox cannot go on from the state “${name}”`);
      expect(answer).not.toContain("This is the state");
      expect(await visitor.get(`${HOME}/pull/1`)).toContain("<strong>2 of 4 needed, of 6</strong>");
    }
    expect(stage.sandbox.url).toBe(url);
    await visitor.as("carol");
    expect(await visitor.send(`${HOME}/pull/1/approve`)).toContain("<strong>3 of 4 needed, of 6</strong>");
  });

  it("is none where a directory or a link to nowhere lies under such a name", async () => {
    const states = directory();
    mkdirSync(join(states, "folder.json"));
    symlinkSync(join(states, "nowhere"), join(states, "link.json"));
    const { visitor } = await visit(await begun(), states);
    expect(await visitor.get("/state")).toContain("None yet.");
    expect(await visitor.get("/state/folder.json")).toContain("There is nothing here");
  });

  it("is called as what was typed, as far as an address has letters for it", async () => {
    const { visitor } = await visit(await begun(), directory());
    expect(await visitor.send("/state/save", { name: " First Evening, März " })).toContain(
      "Saved. Its address is /state/first-evening-marz",
    );
  });

  it("is refused under a name that cannot be one, and nothing is saved", async () => {
    const states = directory();
    const { visitor } = await visit(await begun(), states);
    expect(await visitor.send("/state/save", { name: "…/" })).toContain("cannot be a name here");
    expect(await visitor.get("/state")).toContain("None yet.");
    expect(await visitor.get("/state/none")).toContain("There is nothing here");
    expect(await visitor.send("/state/none/open")).toContain("There is no saved state called none.");
  });
});
