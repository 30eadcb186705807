import { connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { afterEach, describe, expect, it } from "vitest";
import { OutsideStage } from "../src/outsideStage.js";
import type { Stage } from "../src/page/site.js";
import type { LiveStage } from "../src/stage.js";
import { HOME, NUMBER, PULL, served as pageServer, smallStage } from "./support/pageServer.js";
import { Visitor as AnyVisitor } from "./support/visitor.js";

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Of a stage that a test looks into as well. */
class Visitor extends AnyVisitor {
  constructor(
    readonly stage: LiveStage,
    address: string,
  ) {
    super(address);
  }
}

async function served(stage: Stage): Promise<string> {
  const server = await pageServer(stage);
  endings.push(async () => server[Symbol.asyncDispose]());
  return server.address;
}

async function visit(options: { readonly clerk?: boolean } = {}): Promise<Visitor> {
  const stage = await smallStage(options);
  endings.push(() => stage.close());
  const address = await served(stage);
  stage.sandbox.linksTo(address);
  return new Visitor(stage, address);
}

describe("the sandbox page", () => {
  it("tells on its first screen what it is, what to try, and how each proposal stands", async () => {
    const visitor = await visit();
    const page = await visitor.get("/");
    expect(page).toContain("You play everybody else");
    expect(page).toContain("Try it: five minutes");
    expect(page).toContain(`<a href="${PULL}">#1772 Matrix spaces</a>`);
    expect(page).toContain("In review: no Final Comment Period has been proposed yet.");
    expect(page).toMatch(/value="richvdh" aria-pressed="true"/);
  });

  it("says by which clock the clerk asks what has changed, where it runs here and where somebody else starts it", async () => {
    const visitor = await visit({ clerk: false });
    expect(await visitor.get("/")).toContain("here every six hours of the clock above");

    const outside = new OutsideStage();
    await outside.open("http://127.0.0.1:9/");
    endings.push(() => outside.close());
    const page = await (await fetch(await served(outside))).text();
    expect(page).toContain("It runs in another process.");
    expect(page).toContain("also asks what has changed, every ten minutes by its own machine’s clock.");
    expect(page).not.toContain("six hours");
  });

  it("carries a proposal from motion to merge by forms alone, without a script", async () => {
    const visitor = await visit();
    let page = await visitor.send(`${PULL}/comment`, { body: "@mscbot fcp merge" });
    expect(page).toContain("<strong>1 of 6 needed, of 8</strong>");

    await visitor.as("erikjohnston");
    await visitor.send(`${PULL}/approve`, { body: "" });
    await visitor.as("dbkr");
    page = await visitor.send(`${PULL}/comment`, { body: "@mscbot reviewed" });

    await visitor.as("uhoreg");
    page = await visitor.get(PULL);
    const box = /name="at" value="(\d+)" role="checkbox" aria-checked="false" aria-label="@uhoreg/.exec(page);
    const action = [...page.slice(0, box?.index).matchAll(/action="([^"]*\/tick)"/g)].at(-1)?.[1] ?? "";
    const length = /name="length" value="(\d+)"/.exec(page.slice(box?.index))?.[1] ?? "";
    const at = box?.[1] ?? "";
    page = await visitor.send(action, { at, length });
    expect(page).toContain("<strong>4 of 6 needed, of 8</strong>");

    await visitor.as("anoadragon453");
    await visitor.send(`${PULL}/label`, { name: "vote:approve" });
    await visitor.as("ara4n");
    page = await visitor.send(`${PULL}/comment`, { body: "@mscbot reviewed" });
    expect(visitor.stage.sandbox.labelsOn(NUMBER)).toContain("final-comment-period");
    expect(page).toContain("this has begun");

    page = await visitor.send("/clock", { hours: "120", back: PULL });
    expect(page).toContain("Accepted: the Final Comment Period has concluded");
    page = await visitor.send(`${PULL}/merge`);
    expect(page).toContain("This is merged.");
    expect(visitor.stage.sandbox.labelsOn(NUMBER)).toContain("spec-pr-missing");
  });

  it("shows the form check below the decision's own, with what to change", async () => {
    const visitor = await visit();
    await visitor.send(`${PULL}/comment`, { body: "@mscbot status" });
    const page = await visitor.get(PULL);
    const [own, form] = [
      page.indexOf("<strong>msc-clerk</strong>"),
      page.indexOf("<strong>msc-clerk: form</strong>"),
    ];
    expect(own).toBeGreaterThan(0);
    expect(form).toBeGreaterThan(own);
    expect(page).toContain("[Rendered](");
  });

  it("shows what GitHub refuses, in GitHub's words, and changes nothing", async () => {
    const visitor = await visit({ clerk: false });
    await visitor.as("ara4n");
    expect(await visitor.send(`${PULL}/approve`)).toMatch(
      /GitHub refuses:<\/strong> Can not approve your own pull request \(422\)/,
    );
    await visitor.as("passer-by");
    expect(await visitor.send(`${PULL}/label`, { name: "proposal" })).toContain(
      "Must have write access to repository",
    );
    expect(await visitor.send(`${PULL}/request-changes`)).toContain("Can not request changes without a body");
    expect(await visitor.send(`${PULL}/comment`, { body: "x".repeat(65_537) })).toContain("Body is too long");
    expect(await visitor.send(`${PULL}/merge`)).toContain("Must have write access");
    const { comments, pull } = visitor.stage.sandbox.pull(NUMBER);
    expect([comments.length, pull.reviews.length, pull.mergedAt]).toEqual([0, 0, null]);
  });

  it("does not tick a box in a text that has changed meanwhile", async () => {
    const visitor = await visit({ clerk: false });
    const { sandbox } = visitor.stage;
    const comment = sandbox.as("richvdh").comment(NUMBER, "- [ ] one");
    const length = String(comment.body.length);
    sandbox.as("richvdh").editComment(comment.id, "more\n- [ ] one");
    expect(await visitor.send(`${PULL}/comments/${comment.id}/tick`, { at: "3", length })).toContain(
      "has changed meanwhile",
    );
    expect(sandbox.thread(NUMBER).comments[0]?.body).toBe("more\n- [ ] one");
  });

  it("lets a visitor edit the roster on the default branch or by pull request, and the clerk counts anew", async () => {
    const visitor = await visit();
    const config = visitor.stage.sandbox.fileText(CONFIG_FILE) ?? "";
    await visitor.send(`${PULL}/comment`, { body: "@mscbot fcp merge" });
    const smaller = config
      .replace(/ {6}- \{ login: (KitsuneRal|turt2live|dbkr|uhoreg),.*\n/g, "")
      .replace("minimum_members: 5", "minimum_members: 2");
    const page = await visitor.send(`${HOME}/edit/${CONFIG_FILE}`, {
      text: smaller,
      message: "Fewer",
      how: "push",
    });
    expect(page).toContain("nobody has voted on it: it elects nobody and changes no rule by itself.");
    // Nobody voted on it: of the last lawful config's count and the present one's, the one that lacks more is shown.
    expect(await visitor.get(PULL)).toContain(
      "<strong>1 of 6 needed, of 8</strong> (75%), by the last lawful config.",
    );
    expect(await visitor.send(`${HOME}/edit/${CONFIG_FILE}`, { text: smaller, how: "push" })).toContain(
      "nothing to commit",
    );
    const proposed = await visitor.send(`${HOME}/edit/${CONFIG_FILE}`, {
      text: config,
      message: "All back",
      how: "pull",
    });
    expect(proposed).toContain("<h1>All back ");
  });

  it("says what is wrong with a config that was pushed, and where", async () => {
    const visitor = await visit();
    const config = visitor.stage.sandbox.fileText(CONFIG_FILE) ?? "";
    const text = config.replace("minimum_members:", "minimum_membrs:");
    const page = await visitor.send(`${HOME}/edit/${CONFIG_FILE}`, { text, how: "push" });
    expect(page).toMatch(/<li>line \d+, column \d+: [^<]*minimum_membrs/);
    expect(page).toContain("No roster: the config is not valid");
    expect(await visitor.get(PULL)).toContain("nothing is decided until it is right");
  });

  it("opens a proposal for anybody, from a fork where they may not push", async () => {
    const visitor = await visit();
    await visitor.as("passer-by");
    const page = await visitor.send(`${HOME}/new`, {
      title: "MSC2966: Louder rooms",
      text: "# Louder",
      label: "yes",
      draft: "yes",
    });
    expect(page).toContain("<h1>MSC2966: Louder rooms ");
    expect(page).toContain("passer-by wants to merge");
    expect(page).toContain("A draft: nothing is decided before it is marked ready for review.");
  });

  it("works on a comment: edit, delete, dismiss, push, draft, close, reopen, lock", async () => {
    const visitor = await visit({ clerk: false });
    const { sandbox } = visitor.stage;
    await visitor.send(`${PULL}/comment`, { body: "first" });
    const id = sandbox.thread(NUMBER).comments[0]?.id;
    expect(await visitor.send(`${PULL}/comments/${id}/edit`, { body: "second" })).toContain("<p>second</p>");
    expect(await visitor.send(`${PULL}/comments/${id}/delete`)).toContain("deleted a comment of");
    await visitor.send(`${PULL}/approve`);
    const review = sandbox.pull(NUMBER).pull.reviews[0]?.id;
    expect(await visitor.send(`${PULL}/reviews/${review}/dismiss`, { message: "Too early" })).toContain(
      "dismissed the review of",
    );
    const before = sandbox.pull(NUMBER).pull.headOid;
    const path = "proposals/1772-groups-as-rooms.md";
    expect(await visitor.send(`${PULL}/push`, { path, text: "# New\r\n", message: "Say more" })).toContain(
      "Say more",
    );
    expect(await visitor.get(`${HOME}/compare/${before}...${sandbox.pull(NUMBER).pull.headOid}`)).toContain(
      "<ins>+ # New</ins>",
    );
    await visitor.send(`${PULL}/push`, { path, text: "# Rewritten", message: "Rewrite", force: "yes" });
    expect(await visitor.get(PULL)).toContain("force-pushed from");
    expect(await visitor.send(`${PULL}/inline`, { path, line: "2", body: "Say *why*." })).toContain(
      "Say <em>why</em>.",
    );
    const first = sandbox.pull(NUMBER).pull.inline[0]?.id;
    expect(await visitor.send(`${PULL}/threads/${first}/resolve`)).toContain("Unresolve");
    expect(await visitor.send(`${PULL}/draft`)).toContain('class="state draft"');
    expect(await visitor.send(`${PULL}/ready`)).toContain('class="state open"');
    expect(await visitor.send(`${PULL}/close`)).toContain('class="state closed"');
    expect(await visitor.send(`${PULL}/reopen`)).toContain('class="state open"');
    expect(await visitor.send(`${PULL}/lock`)).toContain("locked the conversation");
    expect(await visitor.send(`${PULL}/retitle`, { title: "MSC1772: Spaces" })).toContain(
      "changed the title",
    );
  });

  it("gets to the same end when every webhook is lost", async () => {
    const visitor = await visit();
    await visitor.send("/faults", { lose: "yes", lag: "0", back: PULL });
    await visitor.send(`${PULL}/comment`, { body: "@mscbot fcp merge" });
    expect(visitor.stage.sandbox.labelsOn(NUMBER)).not.toContain("disposition-merge");
    await visitor.send("/clock", { hours: "24", back: PULL });
    expect(visitor.stage.sandbox.labelsOn(NUMBER)).toContain("disposition-merge");
  });

  it("gets to the same end when answers lag, without saying anything twice", async () => {
    const visitor = await visit();
    await visitor.send("/faults", { lag: "3", back: PULL });
    await visitor.send(`${PULL}/comment`, { body: "@mscbot fcp merge" });
    await visitor.send("/clock", { hours: "24", back: PULL });
    const { sandbox } = visitor.stage;
    expect(sandbox.labelsOn(NUMBER)).toContain("disposition-merge");
    const said = sandbox.thread(NUMBER).comments.filter(({ authorId }) => authorId === sandbox.app.botId);
    expect(said).toHaveLength(1);
    expect(await visitor.get(PULL)).toContain('name="lag" min="0" max="60" value="3"');
  });

  it("answers to itself alone: no other host name, no other site's forms", async () => {
    const visitor = await visit({ clerk: false });
    const asked = (host: string) =>
      new Promise<number>((resolve, reject) => {
        void import("node:http").then(({ get }) =>
          get(visitor.address, { headers: { host } }, (answer) => {
            answer.resume();
            resolve(answer.statusCode ?? 0);
          }).on("error", reject),
        );
      });
    expect(await asked("evil.example")).toBe(403);
    expect(await asked(new URL(visitor.address).host)).toBe(200);
    expect(
      (await visitor.raw(`${PULL}/comment`, { body: "x" }, { origin: "https://evil.example" })).status,
    ).toBe(403);
    const answer = await fetch(visitor.address);
    expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'self'/);
    const away = await visitor.raw("/you", { login: "dbkr", back: "//evil.example" });
    expect(away.headers.get("location")).toBe("/");
  });

  it("escapes what people write everywhere: titles, labels, names of files, messages", async () => {
    const visitor = await visit({ clerk: false });
    const { sandbox } = visitor.stage;
    const evil = '"><script>alert(1)</script>';
    sandbox.as("richvdh").edit(NUMBER, { title: evil });
    sandbox.as("richvdh").label(NUMBER, evil);
    sandbox.as("richvdh").comment(NUMBER, evil);
    sandbox.as("ara4n").push(NUMBER, { [`proposals/${evil}.md`]: evil }, { message: evil });
    for (const path of ["/", PULL, `${HOME}/edit/${encodeURIComponent(evil)}`]) {
      const page = await visitor.get(path);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).toContain("&lt;script&gt;alert(1)");
    }
  });

  it("tells what happened in the order in which it happened, and label by label only neighbours in one line", async () => {
    const visitor = await visit({ clerk: false });
    const { sandbox } = visitor.stage;
    const doings = [
      () => sandbox.as("richvdh").label(NUMBER, "disposition-merge"),
      () => sandbox.as("dbkr").comment(NUMBER, "Wait!"),
      () => sandbox.as("richvdh").unlabel(NUMBER, "disposition-merge"),
      () => sandbox.as("richvdh").label(NUMBER, "disposition-close"),
      () => sandbox.as("richvdh").label(NUMBER, "disposition-merge"),
      () => sandbox.as("richvdh").unlabel(NUMBER, "disposition-merge"),
    ];
    for (const doing of doings) await visitor.stage.act(doing);
    const page = await visitor.get(PULL);
    const told = [...page.matchAll(/<li id="(?:event|issuecomment)-[\s\S]*?<\/li>/g)]
      .slice(1)
      .map(([entry]) => entry.replace(/<[^>]*>/g, " ").replace(/\s+/g, " "))
      .map((words) => /Wait!|(?:added|removed) .*?(?= (?:\d|just))/.exec(words)?.[0]);
    expect(told).toEqual([
      "added disposition-merge",
      "Wait!",
      "added disposition-close and removed disposition-merge",
      "added disposition-merge",
      "removed disposition-merge",
    ]);
  });

  it("says that the clerk is at work while it is, to whoever looks", async () => {
    const visitor = await visit();
    const stream = (await fetch(`${visitor.address}/live`)).body?.getReader();
    await stream?.read();
    expect(await visitor.get("/")).toContain("has nothing to do");
    const moved = visitor.raw("/clock", { hours: "120", back: PULL });
    // The first news is that it begins.
    expect(new TextDecoder().decode((await stream?.read())?.value)).toContain("data: changed");
    const page = await visitor.get("/");
    expect(page).toContain("at work…");
    expect(page).not.toContain("has nothing to do");
    await moved;
    await stream?.cancel();
  });

  it("does once what is sent twice, does it again when it was refused, and never drops another wish", async () => {
    const visitor = await visit({ clerk: false });
    const said = () => visitor.stage.sandbox.thread(NUMBER).comments.map(({ body }) => body);
    const once = /name="once" value="([^"]+)"/.exec(await visitor.get(PULL))?.[1] ?? "";
    const first = { body: "first", once, as: "richvdh" };
    const answers = await Promise.all([
      visitor.raw(`${PULL}/comment`, first),
      visitor.raw(`${PULL}/comment`, first),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(said()).toEqual(["first"]);
    expect(await visitor.send(`${PULL}/comment`, first)).toContain("This was sent already, and done once.");
    expect(said()).toEqual(["first"]);
    // Back in the browser's history, something else written, and sent.
    await visitor.send(`${PULL}/comment`, { ...first, body: "second" });
    expect(said()).toEqual(["first", "second"]);
    visitor.stage.sandbox.as("richvdh").lock(NUMBER);
    const third = { ...first, body: "third", as: "passer-by" };
    expect(await visitor.send(`${PULL}/comment`, third)).toContain("GitHub refuses");
    visitor.stage.sandbox.as("richvdh").unlock(NUMBER);
    await visitor.send(`${PULL}/comment`, third);
    expect(said()).toEqual(["first", "second", "third"]);
  });

  it("does nothing in the name of nobody, and lets nobody play a bot, also where the config is broken", async () => {
    const visitor = await visit({ clerk: false });
    expect(await visitor.get("/")).not.toContain('value="mscbot"');
    await visitor.send(`${HOME}/edit/${CONFIG_FILE}`, { text: "version: [", how: "push" });
    const page = await visitor.get("/");
    expect(page).toContain("No roster: the config is not valid");
    expect(page).not.toContain('value="mscbot"');
    for (const login of ["mscbot", "nobody", "", "msc-clerk[bot]"]) {
      const answer = await visitor.raw("/you", { login, back: "/" });
      expect([answer.status, await answer.text()]).toEqual([
        422,
        `There is nobody here who is called “${login}”.\n`,
      ]);
      expect(await visitor.send(`${PULL}/comment`, { body: "x", as: login })).toContain("nothing was done");
    }
    expect(visitor.stage.sandbox.thread(NUMBER).comments).toEqual([]);
  });

  it("answers in a sentence to every address and every form that means nothing", async () => {
    const visitor = await visit({ clerk: false });
    const { sandbox } = visitor.stage;
    sandbox.as("richvdh").comment(NUMBER, "- [ ] one");
    sandbox.as("dbkr").approve(NUMBER);
    const { port } = new URL(visitor.address);
    // As a plain connection: what stands in for http's own client in other tests takes no such addresses.
    const asked = async (path: string, method: string, body = "") => {
      const socket = connect(Number(port), "127.0.0.1");
      const head = `cookie: you=%E0%A4%A\r\ncontent-length: ${Buffer.byteLength(body)}`;
      socket.write(`${method} ${path} HTTP/1.0\r\nhost: 127.0.0.1:${port}\r\n${head}\r\n\r\n${body}`);
      const answer = (await buffer(socket)).toString();
      const [first = "", text = ""] = answer.split(/\r\n\r\n(.*)/s);
      return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]), text };
    };
    const strange = [
      "%E0%A4%A",
      "%",
      "%00",
      "%2F..%2F",
      "..",
      "__proto__",
      "constructor",
      "1e9",
      "-1",
      "0x10",
      "",
    ];
    const paths = ["//", "/%", "//evil.example", "/working/x", "/working/%", HOME, `${HOME}/`].concat(
      strange.flatMap((part) =>
        [
          "pull/",
          "pull/1772/",
          "edit/",
          "blob/",
          "blob/main/",
          "commit/",
          "compare/",
          "compare/a...",
          "new/",
          "",
        ].map((place) => `${HOME}/${place}${part}`),
      ),
    );
    for (const path of paths) {
      const { status, text } = await asked(path, "GET");
      expect([200, 303, 400, 404], `GET ${path}: ${text}`).toContain(status);
      if (status >= 400) expect(text, path).toMatch(/There is nothing here|no address of this page/);
    }
    // Every form there is, with nothing in it and with nonsense.
    const page =
      (await visitor.get(PULL)) + (await visitor.get(`${HOME}/new`)) + (await visitor.get(`${HOME}/edit/x`));
    const forms = new Set([...page.matchAll(/ (?:form)?action="([^"]+)"/g)].map(([, action = ""]) => action));
    const names = [...new Set([...page.matchAll(/ name="([^"]+)"/g)].map(([, name = ""]) => name))];
    expect(forms.size).toBeGreaterThan(20);
    const values = [null, "", "%E0%A4%A", "-1", "1e400", "__proto__", "\u0000", "//evil.example"];
    const sendings = [...forms].flatMap((action) => values.map((value) => ({ action, value })));
    for (const { action, value } of [...sendings, ...paths.map((path) => ({ action: path, value: "x" }))]) {
      const fields = new URLSearchParams();
      for (const name of value === null ? [] : names) if (name !== "as") fields.set(name, value ?? "");
      const { status, text } = await asked(action, "POST", fields.toString());
      expect([303, 400, 404, 422], `POST ${action} ${value}: ${text}`).toContain(status);
      if (status >= 400) expect(text, action).toMatch(/^[A-Z].+\.\n$/);
    }
  });

  it("says plainly that there is nothing at an unknown address", async () => {
    const visitor = await visit({ clerk: false });
    for (const path of [
      "/nothing",
      `${HOME}/pull/5`,
      `${HOME}/pull/x`,
      `${HOME}/commit/abc`,
      `${HOME}/compare/a...b`,
    ]) {
      expect(await visitor.get(path), path).toContain("There is nothing here");
    }
    expect((await visitor.raw(`${PULL}/explode`)).status).toBe(404);
    expect((await visitor.raw("/clock", { hours: "-1" })).status).toBe(422);
  });
});
