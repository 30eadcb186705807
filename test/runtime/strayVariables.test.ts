import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { strayVariables } from "../../src/environment/strayVariables.js";

const told = (variables: Record<string, string>, inDotEnv: readonly string[] = []) => {
  const { faults, warnings } = strayVariables(variables, inDotEnv);
  return [...faults.map((fault) => `fault: ${fault}`), ...warnings.map((one) => `warning: ${one}`)];
};

describe("a variable that is nearly one of the clerk's", () => {
  test.each([
    ["WEBHOOKS_SECRET", "WEBHOOK_SECRET"],
    ["WEBHOOK_SECRETS", "WEBHOOK_SECRET"],
    ["WEBHOK_SECRET", "WEBHOOK_SECRET"],
    ["WEBHOOK-SECRET", "WEBHOOK_SECRET"],
    ["webhook_secret", "WEBHOOK_SECRET"],
    ["WEBHOOK_SECRET_FILE", "WEBHOOK_SECRET"],
    ["GITHUB_WEBHOOK_SECRET", "WEBHOOK_SECRET"],
    ["WEBHOOK_PROXY_URI", "WEBHOOK_PROXY_URL"],
    ["APPID", "APP_ID"],
    ["AppId", "APP_ID"],
    ["GITHUB_APP_ID", "APP_ID"],
    ["PRIVATE_KEY_FILE", "PRIVATE_KEY_PATH"],
    ["PRIVATEKEY", "PRIVATE_KEY"],
    ["PRIVTAE_KEY", "PRIVATE_KEY"],
    ["GITHUB_APP_PRIVATE_KEY", "PRIVATE_KEY"],
    ["DATADIR", "DATA_DIR"],
    ["DATA_DIRS", "DATA_DIR"],
    ["DATA_DIRECTORY", "DATA_DIR"],
    ["MATRIX_ACCESS_TOKEN", "MATRIX_TOKEN"],
    ["MATRIX_ROMM", "MATRIX_ROOM"],
    ["DRYRUN", "DRY_RUN"],
    ["RECORD_KEY", "RECORD_KEYS"],
    ["PUBLIC_URI", "PUBLIC_URL"],
    ["GHORG", "GH_ORG"],
    ["GHE_HOSTS", "GHE_HOST"],
  ])(
    "%s: a fault that names %s where that is missing, and nothing but a warning where it is set",
    (name, meant) => {
      const sentence = (where: string) =>
        `fault: ${name} in ${where} is no variable of the clerk's: if ${meant} is meant, correct the name, else take it out.`;
      expect(told({ [name]: "hunter2" })).toEqual([sentence("the environment")]);
      expect(told({ [name]: "hunter2" }, [name])).toEqual([sentence(".env")]);
      expect(told({ [name]: "hunter2", [meant]: "x" })).toEqual([
        `warning: ${name} in the environment is no variable of the clerk's, and does nothing: ${meant} is set, and is taken.`,
      ]);
      expect(told({ [name]: " " })).toEqual([]);
    },
  );

  test("a key that comes by the other of its two variables is not missing", () => {
    expect(told({ PRIVATE_KEY_FILE: "x", PRIVATE_KEY: "y" })).toEqual([
      "warning: PRIVATE_KEY_FILE in the environment is no variable of the clerk's, and does nothing: PRIVATE_KEY is set, and is taken.",
    ]);
  });

  test.each([
    ["LOGLEVEL", "LOG_LEVEL"],
    ["DATABASE_URI", "DATABASE_URL"],
    ["GITHUB_TOKENS", "GITHUB_TOKEN"],
    ["port", "PORT"],
  ])("%s, which another program may have: a warning in the environment, a fault in .env", (name, meant) => {
    expect(told({ [name]: "x" })).toEqual([
      `warning: ${name} in the environment is no variable of the clerk's, and does nothing: if ${meant} is meant, correct the name.`,
    ]);
    expect(told({ [name]: "x" }, [name])).toEqual([expect.stringMatching(/^fault: /)]);
  });
});

describe(".env is the clerk's own file", () => {
  test("every unknown name in it is told, near to one of the clerk's or not; PostgreSQL's library has its own", () => {
    const names = ["COLOUR", "PGSSLROOTCERT", "APP_ID", "PATH"];
    expect(told({ COLOUR: "x", PGSSLROOTCERT: "x", APP_ID: "1", PATH: "/bin" }, names)).toEqual([
      "warning: COLOUR in .env is no variable of the clerk's, and does nothing.",
      "warning: PATH in .env is no variable of the clerk's, and does nothing.",
    ]);
  });

  test("its example has no stray name, and every variable of the documentation is known", () => {
    const page = readFileSync(new URL("../../docs/operating.md", import.meta.url), "utf8");
    const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
    const table = page.slice(page.indexOf("\n## Environment"), page.indexOf("\n## The store"));
    const names = [
      ...[...table.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, cell = ""]) =>
        cell.split(", ").map((name) => name.replaceAll("`", "")),
      ),
      ...[...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = ""]) => name),
    ];
    expect(names.length).toBeGreaterThan(40);
    expect(told(Object.fromEntries(names.map((name) => [name, "x"])), names)).toEqual([]);
  });
});

describe("no false alarm", () => {
  /** Names as they are found, without their values. */
  test.each<[string, string]>([
    [
      "of a shell and a desktop",
      "PATH HOME USER LOGNAME SHELL TERM LANG LC_ALL PWD OLDPWD SHLVL HOSTNAME HOSTTYPE MAIL EDITOR DISPLAY XDG_DATA_DIRS XDG_DATA_HOME XDG_CONFIG_DIRS DBUS_SESSION_BUS_ADDRESS SSH_AUTH_SOCK GPG_KEY APPDIR APPDATA APPIMAGE HTTP_PROXY https_proxy NO_PROXY TZ TMPDIR",
    ],
    [
      "of Node and npm",
      "NODE NODE_OPTIONS NODE_PATH NODE_VERSION NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED NVM_DIR NVM_BIN YARN_VERSION INIT_CWD COLOR npm_config_cache npm_config_node_version npm_lifecycle_event npm_package_json npm_package_name npm_node_execpath npm_command",
    ],
    [
      "of gh, and of a job of GitHub's",
      "GH_TOKEN GH_HOST GH_REPO GH_CONFIG_DIR GITHUB_TOKEN CI RUNNER_OS RUNNER_TEMP RUNNER_TOOL_CACHE GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTOR GITHUB_ACTOR_ID GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_OUTPUT GITHUB_PATH GITHUB_REF GITHUB_REF_NAME GITHUB_REPOSITORY GITHUB_REPOSITORY_OWNER GITHUB_RUN_ID GITHUB_SERVER_URL GITHUB_SHA GITHUB_STEP_SUMMARY GITHUB_WORKFLOW GITHUB_WORKSPACE ACTIONS_RUNTIME_URL",
    ],
    [
      "of systemd",
      "INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID MAINPID MANAGERPID NOTIFY_SOCKET LISTEN_FDS LISTEN_PID WATCHDOG_USEC STATE_DIRECTORY RUNTIME_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY CREDENTIALS_DIRECTORY EXIT_CODE",
    ],
    [
      "of containers and of those who host them",
      "APP_UID APP_HOME APP_NAME APP_ENV APP_URL APP_KEY PORT HOST HOSTS KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT KUBERNETES_PORT_443_TCP_ADDR container DYNO DATABASE_USER DATABASE_HOST DATABASE_NAME DATABASE_PASSWORD PGDATA PGHOST POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB FLY_APP_NAME RENDER_EXTERNAL_URL RAILWAY_STATIC_URL K_SERVICE WEBSITE_HOSTNAME PYTHONPATH JAVA_HOME GOPATH LOG_FILE LOG_DIR RECORDS PUBLIC_DIR PUBLIC_KEY SECRET_KEY",
    ],
  ])("%s", (_what, names) => {
    expect(told(Object.fromEntries(names.split(" ").map((name) => [name, "x"])))).toEqual([]);
  });

  test("of the machine that this runs on", () => {
    const variables = Object.fromEntries(Object.keys(process.env).map((name) => [name, "x"]));
    expect(told(variables)).toEqual([]);
  });
});

test("a name is not more than a name in what is said of it", () => {
  expect(told({ "DATA\u001b[31mDIR\n": "x" }, ["DATA\u001b[31mDIR\n"]).join()).not.toMatch(/\p{Cc}/u);
  expect(told({ __proto__x: "x" })).toEqual([]);
});
