import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { OWN_HOME as HOME, ownTrial } from "./support/ownTrial.js";

const FOLDER = "docs/examples";
const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function trialOf(file: string) {
  const trial = await ownTrial(file);
  endings.push(trial.close);
  return trial;
}

/** What a form begins with. */
const beginsWith = (page: string, name: string): string =>
  new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? "";

describe("npm run sandbox -- --config FILE", () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".yml")))(
    "carries a first proposal under %s from its opening to the merge by the page's own forms",
    async (file) => {
      const { stage, visitor } = await trialOf(file);
      expect(await visitor.get("/")).toContain("Your own rules, on trial");
      await visitor.as("newcomer");
      const form = await visitor.get(`${HOME}/new`);
      const number = stage.sandbox.repository.nextNumber;
      await visitor.send(`${HOME}/new`, {
        title: `${beginsWith(form, "title")}Work on Fridays`,
        path: beginsWith(form, "path"),
        label: form.includes('name="label"') ? "yes" : "no",
        text: "# Work on Fridays\n\nWe do.\n",
      });
      const pull = `${HOME}/pull/${number}`;
      const { rules } = stage.scene(stage.sandbox.store.account(stage.sandbox.as("newcomer").id));
      const members = new Set(rules?.teams.flatMap((team) => team.members.map(({ login }) => login)));
      expect(await visitor.get(pull)).not.toContain("Not a proposal");

      const [mover = "", ...others] = members;
      await visitor.as(mover);
      const [motion = ""] =
        /<button class="command" name="body" value="([^"]*)"/.exec(await visitor.get(pull))?.slice(1) ?? [];
      expect(motion).toMatch(/^@\S+ fcp merge$/);
      await visitor.send(`${pull}/comment`, { body: motion });
      for (const login of others) {
        await visitor.as(login);
        await visitor.send(`${pull}/approve`);
      }
      const accepted = () => stage.sandbox.checkOn(number)?.conclusion === "success";
      for (let days = 0; days < 60 && !accepted(); days += 5)
        await visitor.send("/clock", { hours: "120", back: "/" });
      expect(await visitor.get(pull)).toMatch(/Accepted: the Final Comment Period has concluded/);
      await visitor.as(mover);
      expect(await visitor.send(`${pull}/merge`)).toContain("This is merged.");
      expect(stage.sandbox.checkOn(number)?.title).toBe("Merged after its Final Comment Period.");
    },
  );
});
