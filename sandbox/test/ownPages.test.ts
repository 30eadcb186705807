import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { afterEach, describe, expect, it } from "vitest";
import { OWN_HOME as HOME, ownTrial } from "./support/ownTrial.js";

const EDIT = `${HOME}/edit/${CONFIG_FILE}`;
const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function visit(file = "working-group.yml", more = "") {
  const trial = await ownTrial(file, more);
  endings.push(trial.close);
  return { ...trial, config: trial.stage.sandbox.fileText(CONFIG_FILE) ?? "" };
}

describe("a body's own rules on the sandbox's page", () => {
  it("are tried by its own people, with the labels the clerk makes and the commands it knows", async () => {
    const { visitor, stage } = await visit();
    const page = await visitor.get("/");
    expect(page).toContain("docs/examples/working-group.yml");
    expect(page).toContain("Working Group (6)");
    expect(page).toMatch(/value="alice" aria-pressed="true"/);
    expect(page).not.toContain("richvdh");
    const labels = [...stage.sandbox.repository.labels.values()].map(({ name }) => name);
    expect(labels).toEqual(expect.arrayContaining(["editorial", "final-comment-period", "vote:approve"]));
    expect(labels).not.toContain("spec-pr-missing");
  });

  it("show an amendment with the command that proposes it first, and say whose id has to be written", async () => {
    const { visitor, config } = await visit();
    const zoe = await visitor.send(`${HOME}/people`, { login: "zoe", level: "write" });
    const id = /zoe is there, with the id (\d+)/.exec(zoe)?.[1] ?? "";
    expect(zoe).toContain(`In a config: { login: zoe, id: ${id} }`);
    expect(await visitor.get(EDIT)).toContain(`<li>zoe: <code>${id}</code></li>`);
    const added = (seat: string) =>
      visitor.send(EDIT, { text: config.replace("fay]", `fay, ${seat}]`), message: "Add zoe", how: "pull" });
    expect(await added("zoe")).toContain(`id: ${id}`);
    const amendment = await added(`{ login: zoe, id: ${id} }`);
    expect(/class="command" name="body" value="([^"]*)"/.exec(amendment)?.[1]).toBe("@mscbot propose");
    expect(amendment).toContain("a member has to stand behind it with the command propose");
  });

  it("say at once of a push that nobody voted for that it elects nobody, and make an amendment of it", async () => {
    const { visitor, stage, config } = await visit();
    const text = config.replace("2/3", "1/2");
    const page = await visitor.send(EDIT, { text, message: "Half", how: "push" });
    expect(page).toContain("nobody has voted on it: it elects nobody and changes no rule by itself.");
    expect(page).toMatch(/The clerk reports it in <a href="[^"]*\/issues\/1">issue #1<\/a>/);
    expect(await visitor.get("/")).toContain("came to main without the votes it needs");

    const amendment = await visitor.send(`${HOME}/propose-config`, { message: "Half of us" });
    expect(amendment).toContain("<h1>Half of us ");
    expect(stage.sandbox.fileText(CONFIG_FILE)).toBe(config);
    const { headOid } = stage.sandbox.pull(2).pull;
    expect(stage.sandbox.store.state.commits.get(headOid)?.files.get(CONFIG_FILE)?.text).toBe(text);
    expect(await visitor.get(EDIT)).not.toContain("without the votes it needs");
    expect(stage.sandbox.thread(1).state).toBe("closed");
    expect((await visitor.raw(`${HOME}/propose-config`, { message: "Again" })).status).toBe(404);
  });

  it("say nothing of the kind of a push that changes no meaning, nor of one that puts the lawful rules back", async () => {
    const { visitor, config } = await visit();
    const push = (text: string) => visitor.send(EDIT, { text, message: "Push", how: "push" });
    expect(await push(`# Ours\n${config}`)).toContain("The clerk looks at every open proposal again.");
    expect(await push(config.replace("2/3", "1/2"))).toContain("without the votes it needs");
    expect(await push(config)).not.toContain("without the votes it needs");
  });

  it("refuse the way out to who may not push, and leave all as it is", async () => {
    const { visitor, stage, config } = await visit();
    await visitor.send(EDIT, { text: config.replace("2/3", "1/2"), message: "Half", how: "push" });
    await visitor.as("passer-by");
    expect(await visitor.send(`${HOME}/propose-config`)).toContain("GitHub refuses:");
    expect(stage.sandbox.fileText(CONFIG_FILE)).toContain("working-group: 1/2 }\n\nfinal");
  });
});

describe("a file that somebody else has pushed to meanwhile", () => {
  /** What the form of an edit is drawn with. */
  const baseIn = (page: string, action: string) =>
    new RegExp(`<form method="post" action="${action}">.*?name="base" value="([^"]*)"`, "s").exec(
      page,
    )?.[1] ?? "none";
  const CHANGED = /GitHub refuses:<\/strong> \S+ has changed since you started editing\./;

  it.each(["push", "pull"])(
    "is not written over by a %s; what was typed is still there, and can be sent again",
    async (how) => {
      const { visitor, stage, config } = await visit();
      const base = baseIn(await visitor.get(EDIT), EDIT);
      stage.sandbox.as("bob").pushTo(null, { [CONFIG_FILE]: `# Bob\n${config}` });
      const typed = { text: `# Alice\n${config}`, message: "Mine", how, base, form: EDIT };
      const refused = await visitor.send(EDIT, typed);
      expect(refused).toMatch(CHANGED);
      expect(refused).toContain("# Alice\n");
      expect(stage.sandbox.fileText(CONFIG_FILE)).toMatch(/^# Bob/);
      const seen = baseIn(refused, EDIT);
      expect(seen).not.toBe(base);
      expect(await visitor.send(EDIT, { ...typed, base: seen })).not.toMatch(CHANGED);
    },
  );

  it("that is new to both is refused to the second", async () => {
    const { visitor, stage } = await visit();
    const path = `${HOME}/edit/texts/new.md`;
    const base = baseIn(await visitor.get(path), path);
    expect(base).toBe("");
    stage.sandbox.as("bob").pushTo(null, { "texts/new.md": "Bob's.\n" });
    expect(await visitor.send(path, { text: "Alice's.\n", how: "push", base })).toMatch(CHANGED);
  });

  it.each(["", "yes"])("of a pull request is left as it is likewise (by force: %j)", async (force) => {
    const { visitor, stage } = await visit();
    await visitor.send(`${HOME}/new`, { title: "A text", text: "Mine.\n" });
    const [pull, push] = [`${HOME}/pull/1`, `${HOME}/pull/1/push`];
    const base = baseIn(await visitor.get(pull), push);
    const path = "texts/a-text.md";
    stage.sandbox.as("bob").push(1, { [path]: "Bob's.\n" });
    expect(await visitor.send(push, { path, text: "Alice's.\n", base, force })).toMatch(CHANGED);
    const { headOid } = stage.sandbox.pull(1).pull;
    expect(stage.sandbox.store.state.commits.get(headOid)?.files.get(path)?.text).toBe("Bob's.\n");
  });
});

describe("rules that let the clerk merge", () => {
  it("are carried out: it merges when the time is up, and the page says so beforehand", async () => {
    const { visitor, stage } = await visit("foundation.yml", "conclude: { merge: squash }\n");
    expect(await visitor.get("/")).toContain("Move the clock until the time is up: the clerk merges.");
    await visitor.send(`${HOME}/new`, { title: "Buy a press", text: "# A press\n" });
    const pull = `${HOME}/pull/1`;
    await visitor.send(`${pull}/comment`, { body: "@mscbot fcp merge" });
    for (const login of ["bob", "carol", "dora", "emil", "fay"]) {
      await visitor.as(login);
      await visitor.send(`${pull}/comment`, { body: "@mscbot reviewed" });
    }
    await visitor.send("/clock", { hours: String(24 * 7), back: pull });
    expect(stage.sandbox.pull(1).pull.mergedAt).not.toBeNull();
    expect(await visitor.get(pull)).toContain("msc-clerk merged <code>");
  });
});

describe("the clock of a body's own trial", () => {
  it("can be moved on by its own Final Comment Period", async () => {
    const { visitor } = await visit();
    expect(await visitor.get("/")).toMatch(
      /value="1">\+1 hour<.*value="24">\+1 day<.*value="240">\+10 days</s,
    );
    const short = await visit("smallest.yml", "final_comment_period: 1 day\n");
    const page = await short.visitor.get("/");
    expect(page.match(/name="hours"/g)).toHaveLength(2);
  });
});

describe("issues on the sandbox's page", () => {
  it("are listed, read, commented on, closed and opened again", async () => {
    const { visitor, stage } = await visit();
    expect(await visitor.get(`${HOME}/issues`)).toContain("There is none.");
    await visitor.as("passer-by");
    expect(await visitor.send(`${HOME}/issues`, { title: " ", body: "" })).toContain("GitHub refuses:");
    const issue = await visitor.send(`${HOME}/issues`, { title: "A <question>", body: "May *I* ask?" });
    expect(issue).toContain("<h1>A &lt;question&gt; ");
    expect(issue).toContain("May <em>I</em> ask?");
    expect(await visitor.get(`${HOME}/issues`)).toContain(`href="${HOME}/issues/1"`);
    await visitor.as("alice");
    expect(await visitor.send(`${HOME}/issues/1/comment`, { body: "You may." })).toContain("You may.");
    expect(await visitor.send(`${HOME}/issues/1/close`)).toContain('class="state closed"');
    expect(await visitor.send(`${HOME}/issues/1/reopen`)).toContain('class="state open"');
    expect(stage.sandbox.thread(1).comments).toHaveLength(1);
    expect(await visitor.send(`${HOME}/issues/1/approve`)).toContain("GitHub refuses:");
  });

  it("and pull requests lead to each other under either address, as on GitHub", async () => {
    const { visitor, address } = await visit();
    await visitor.send(`${HOME}/issues`, { title: "An issue", body: "" });
    await visitor.send(`${HOME}/new`, { title: "A text", text: "# A text\n" });
    const led = async (path: string) => {
      const answer = await fetch(address + path, { redirect: "manual" });
      return [answer.status, answer.headers.get("location")];
    };
    expect(await led(`${HOME}/pull/1`)).toEqual([303, `${HOME}/issues/1`]);
    expect(await led(`${HOME}/issues/2`)).toEqual([303, `${HOME}/pull/2`]);
    for (const path of ["issues/3", "issues/1/files", "issues/x", "pull/2/nothing", "pull/02"])
      expect(await led(`${HOME}/${path}`), path).toEqual([404, null]);
  });
});

describe("the files of a pull request on the sandbox's page", () => {
  it("are shown as they will read, and line by line as they change, with the counts of git", async () => {
    const { visitor } = await visit();
    const text = ["# Order", ...Array.from({ length: 20 }, (_, at) => `Rule ${at + 1}.`), ""].join("\n");
    await visitor.send(`${HOME}/edit/texts/order.md`, { text, message: "Order", how: "push" });
    const changed = text.replace("Rule 10.\n", "").replace("Rule 15.", "Rule **15** & more.");
    await visitor.send(`${HOME}/edit/texts/order.md`, { text: changed, message: "Less order", how: "pull" });
    expect(await visitor.get(`${HOME}/pull/1`)).toContain("modified, +1 −2");
    const page = await visitor.get(`${HOME}/pull/1/files`);
    expect(page).toContain("<strong>15</strong> &amp; more.");
    expect(page).toContain("<del>− Rule 10.</del>");
    expect(page).toContain("<del>− Rule 15.</del><ins>+ Rule **15** &amp; more.</ins>");
    expect(page).toContain("⋯ 7 unchanged");
    expect(page.match(/<del>/g)).toHaveLength(2);
  });
});

describe("people on the sandbox's page", () => {
  it("are told with their ids, and one who is there already is not made twice", async () => {
    const { visitor, stage } = await visit();
    const page = await visitor.get(`${HOME}/people`);
    expect(page).toContain(`<td><code>${stage.sandbox.as("bob").id}</code></td><td>Working Group</td>`);
    const add = (login: string) => visitor.send(`${HOME}/people`, { login, level: "read" });
    expect(await add("BOB")).toContain(`it has the id ${stage.sandbox.as("bob").id}`);
    expect(await add("no login")).toContain("is no login");
    await add("zoe");
    await visitor.as("zoe");
    // Who asks from a terminal is nobody to be played.
    stage.sandbox.tokenFor("a-reader");
    expect(await visitor.get("/")).not.toContain("a-reader");
    expect(await visitor.get("/")).toMatch(/value="zoe" aria-pressed="true"/);
  });
});
