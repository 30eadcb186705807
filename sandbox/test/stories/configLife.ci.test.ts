import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Edit, seat, unseat } from "../support/constitution.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, type RehearsalOptions, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function atWork(options: RehearsalOptions = {}): Promise<number> {
  r = rehearsal(options);
  r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
  r.sandbox.addUser("clokep", { id: 50_000_001 });
  await r.start();
  return r.propose();
}

const text = () => r.sandbox.fileText(CONFIG) ?? "";
const issues = () => r.reports();

async function opened(login: string, edit: Edit): Promise<number> {
  let n = 0;
  await r.act(() => {
    const files = { [CONFIG]: edit(text()) };
    ({ number: n } = r.as(login).openPull({ title: "Config", body: "Why not", files }));
  });
  return n;
}

describe("the config through ordinary life", () => {
  it("amend.preview: a comment, an indent and another order get a neutral check, and merged they are as lawful as before", async () => {
    const p = await atWork();
    await r.act(() => r.as("KitsuneRal").comment(p, "@mscbot fcp merge"));
    const last: Edit = (config) => {
      const line = /\n {6}- \{ login: dbkr,[^\n]*/.exec(config)?.[0] ?? "";
      return unseat("dbkr")(config).replace(/(?=\n\n {2}guardians:)/, line);
    };
    for (const edit of [last, (config: string) => `# Ours\n${config.replaceAll("- {", "-   {")}`]) {
      const n = await opened("ShadowJonathan", edit);
      expect(r.check(n)).toMatchObject({ conclusion: "neutral" });
      expect(r.check(n)?.title).toContain("changes nothing that counts");
      await r.act(() => r.as("dbkr").merge(n));
      await r.advance(HOUR);
      expect(issues()).toEqual([]);
      expect(r.check(p)?.summary).not.toContain("approved amendment");
    }
    // An amendment goes on from there.
    const n = await opened("richvdh", seat("clokep", 50_000_001));
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    for (const login of [
      "ara4n",
      "erikjohnston",
      "dbkr",
      "uhoreg",
      "anoadragon453",
      "turt2live",
      "KitsuneRal",
    ])
      await r.act(() => r.as(login).approve(n));
    expect(r.check(n)).toMatchObject({ conclusion: "success" });
    await r.act(() => r.as("dbkr").merge(n));
    await r.advance(HOUR);
    expect(issues()).toEqual([]);
    expect(r.status(p).body).toContain("of 9");
  });

  it("config.lawful: pushed past its vote, every affected check and status comment names the commit, until it is reverted", async () => {
    const p = await atWork();
    await r.act(() => r.as("KitsuneRal").comment(p, "@mscbot fcp merge"));
    const inReview = r.propose("MSC2448: Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
    const before = text();
    let oid = "";
    await r.act(() => {
      oid = r.as("mallory").pushTo(null, { [CONFIG]: seat("clokep", 50_000_001)(before) }).oid;
    });
    // What came later leaves the file alone, and is not what is named.
    await r.act(() => r.as("mallory").pushTo(null, { "README.md": "# Hello\n" }));
    const said = () => [r.status(p).body, r.check(p)?.summary ?? "", r.check(inReview)?.summary ?? ""];
    for (const each of said()) expect(each).toContain(`/commit/${oid})) without an approved amendment`);
    expect(
      r
        .status(p)
        .body.match(/\d+ of \d+ needed, of \d+/g)
        ?.every((one) => one.endsWith("of 9")),
    ).toBe(true);
    // A clerk that is started anew says the same, and writes nothing.
    const told = said();
    r.kill();
    await r.start();
    await r.advance(HOUR);
    expect(said()).toEqual(told);
    await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: before }));
    await r.advance(HOUR);
    for (const each of said()) expect(each).not.toContain("approved amendment");
  });

  it("amend.identity: whoever is added without an id is looked up, and the check says which one to write", async () => {
    await atWork();
    const n = await opened("richvdh", (config) =>
      config.replace(/(?=\n\n {2}guardians:)/, "\n      - clokep\n      - nobody-at-all"),
    );
    expect(r.check(n)?.conclusion).toBe("failure");
    expect(r.check(n)?.summary).toContain("write id: 50000001");
    expect(r.check(n)?.summary).toContain("GitHub knows no person’s account of that name");
  });

  it("config.absent: a config of nearly its name is named in the log, and the right one makes it valid", async () => {
    await atWork({ config: null });
    expect(r.logged).toEqual([]);
    const config =
      "version: 1\nteams: { a: { members: [ara4n] } }\ndecisions: [{ name: all, approval: { a: 75% } }]\n";
    await r.act(() =>
      r.as("ara4n").pushTo(null, { ".github/msc-clerk.yaml": config, ".github/CODEOWNERS": "" }),
    );
    expect(r.logged).toHaveLength(1);
    expect(r.logged[0]).toContain("There is .github/msc-clerk.yaml:");
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: config.replace("75%", "175%") }));
    expect(r.logged).toHaveLength(2);
    expect(r.logged[1]).toContain("The config is invalid, so nothing is decided: 1 fault. line 3, column");
    await r.advance(2 * DAY);
    expect(r.logged).toHaveLength(2);
  });
});
