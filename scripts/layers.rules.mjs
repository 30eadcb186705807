// @ts-check
/**
 * Which room may import which (dependency-cruiser). The rooms and their jobs are in docs/architecture.md.
 * Types count like values: a domain that only knows a type of Octokit's is tied to Octokit all the same.
 */

/**
 * The rooms of a house from the bottom up (`a|b`: side by side): each knows itself and those below it.
 * @param {string} house @param {readonly string[]} rooms
 * @returns {import("dependency-cruiser").IForbiddenRuleType[]}
 */
const floors = (house, rooms) =>
  rooms.slice(0, -1).map((room, at) => ({
    name: `${house}-${room}-knows-nothing-above`,
    comment: `src/${house} is read from the bottom up: ${rooms.join(", ")}. What a lower room needs of a higher one, it is handed.`,
    severity: "error",
    from: { path: `^src/${house}/(${room})/` },
    to: { path: `^src/${house}/(${rooms.slice(at + 1).join("|")})/` },
  }));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "domain-imports-only-itself",
      comment:
        "src/domain holds the rules as plain functions on plain data. Hand it what it needs as an argument; reading files, " +
        "GitHub, the config or a library belongs to the room that calls it. The one exception is src/platform/sha256.ts: a pure " +
        "function, over the digest that Node brings.",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { pathNot: ["^src/domain/", "^src/platform/sha256\\.ts$"] },
    },
    ...floors("domain", [
      "text",
      "model",
      "form",
      "spec",
      "acts|gates",
      "decide",
      "amendment",
      "reminders",
      "messages",
      "desired|duties",
      "views",
    ]),
    {
      name: "the-front-door-of-the-domain",
      comment:
        "src/domain/decide.ts tells proposals and amendments apart and hands each to its own room. The rooms that read and judge " +
        "do not know it: amend.preview is handed it as a function.",
      severity: "error",
      from: {
        path: "^src/domain/(text|model|form|spec|acts|gates|decide|amendment|reminders|messages|desired|duties|views)/",
      },
      to: { path: "^src/domain/decide\\.ts$" },
    },
    {
      name: "platform-imports-nothing-of-ours",
      comment: "src/platform lies under everything: what it needs of the clerk, it is handed.",
      severity: "error",
      from: { path: "^src/platform/" },
      to: { path: "^src/", pathNot: "^src/platform/" },
    },
    {
      name: "store-keeps-what-it-is-handed",
      comment:
        "src/store keeps texts and numbers, and does not know what they mean: what a record says is src/github/record's.",
      severity: "error",
      from: { path: "^src/store/" },
      to: { path: "^src/", pathNot: ["^src/store/", "^src/platform/", "^src/domain/text/time\\.ts$"] },
    },
    {
      name: "markdown-imports-only-itself",
      comment:
        "src/markdown tells what a person said in their own voice. It imports no library: comments come from strangers, and its work is " +
        "in proportion to a body's length, which no parser at hand promises.",
      severity: "error",
      from: { path: "^src/markdown/" },
      to: { pathNot: "^src/markdown/" },
    },
    {
      name: "config-imports-only-domain",
      comment:
        "src/config turns the text of the config file into the domain's rules. Fetching that text is src/github's job.",
      severity: "error",
      from: { path: "^src/config/" },
      to: { path: "^src/", pathNot: ["^src/config/", "^src/domain/"] },
    },
    {
      name: "config-reads-no-files",
      comment:
        "The config is the text it is handed, whole and from the default branch: never a file of this machine (config.source).",
      severity: "error",
      from: { path: "^src/config/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "github-knows-no-runtime",
      comment:
        "src/github reads and writes when told; when to look is src/runtime's. Both share the clock and the log of src/platform, so " +
        "that the sandbox and the tests can move time for both.",
      severity: "error",
      from: { path: "^src/github/" },
      to: { path: "^src/", pathNot: "^src/(github|domain|config|markdown|platform)/" },
    },
    {
      name: "matrix-sends-what-it-is-handed",
      comment:
        "src/matrix asks a homeserver and sends to a room. What there is to tell, when, and how often, is src/runtime's; its words are the domain's.",
      severity: "error",
      from: { path: "^src/matrix/" },
      to: { path: "^src/", pathNot: "^src/(matrix|platform)/" },
    },
    {
      name: "decisions-sign-and-verify",
      comment:
        "src/decisions turns a decision into a signed record and back. Whoever verifies one years later needs no GitHub and no store for it.",
      severity: "error",
      from: { path: "^src/decisions/" },
      to: { path: "^src/", pathNot: "^src/(decisions|domain|platform)/" },
    },
    {
      name: "the-clerk-believes-signatures",
      comment:
        "Who has no key of the App's believes a record by who saved it (src/github/record/trust.ts). That is for readers on the command " +
        "line: the clerk itself goes by its key.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { path: "^src/github/connectByToken\\.ts$" },
    },
    ...floors("github", ["client", "record", "read|write"]),
    ...floors("runtime", ["reconcile", "schedule|server"]),
    {
      name: "pages-show-what-they-are-handed",
      comment:
        "src/pages turns views of proposals into pages, data and feeds. Where these come from, the clerk's store or what a reader has gathered, is " +
        "PagesSource: it asks GitHub nothing and decides nothing, so that a page cannot cost or change anything.",
      severity: "error",
      from: { path: "^src/pages/" },
      to: { path: "^src/", pathNot: "^src/(pages|decisions|domain|platform|store)/" },
    },
    {
      name: "nothing-hangs-on-the-pages",
      comment: "Whoever shows the pages puts them together (app.ts, cli): no part of the clerk needs one.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(pages|cli)/|^src/app\\.ts$" },
      to: { path: "^src/pages/" },
    },
    {
      name: "runtime-knows-no-stage",
      comment:
        "src/runtime is the same against GitHub and against the sandbox, and must not be able to tell.",
      severity: "error",
      from: { path: "^src/runtime/" },
      to: {
        path: "^src/",
        pathNot: "^src/(runtime|github|matrix|decisions|domain|config|markdown|platform|store)/",
      },
    },
    {
      name: "sandbox-is-a-stage",
      comment:
        "The sandbox may start the clerk; no part of the clerk may know the sandbox. What it learns of it, it learns over HTTP.",
      severity: "error",
      from: { path: "^(src|test)/" },
      to: { path: "^sandbox/" },
    },
    {
      name: "no-cycles",
      comment: "Two files that need each other to run are one file, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-cycles-in-the-domain",
      comment: "In the domain not even types go round in a circle: it is read from the bottom up.",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { circular: true },
    },
    {
      name: "runs-without-dev-dependencies",
      comment:
        "What src needs when it runs is a dependency, not a devDependency. Types alone are gone by then and may be one.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resolves",
      comment:
        "An import that leads nowhere. Packages of types alone have no file to lead to; the compiler looks after those.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^@octokit/(openapi-|types$)" },
    },
    {
      name: "declared",
      comment:
        "A package used without being in package.json works until somebody else's update takes it away.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "types", "node", "default"],
    },
  },
};
