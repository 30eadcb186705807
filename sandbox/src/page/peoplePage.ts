import { memberInYaml } from "msc-clerk/domain/messages/memberInYaml.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Html, html } from "msc-clerk/platform/html.js";
import type { By } from "../doings/by.js";
import { addAccount, setLevel } from "../doings/repositories.js";
import { Refusal } from "../refusal.js";
import type { Level } from "../state.js";
import type { Sent } from "./deeds.js";
import { form, live } from "./pieces.js";
import { base, cast, editPath, rolesOf, type Scene } from "./scene.js";

/** What an account can be made as; the first is what most people are. */
const AS = [
  ["read", "anybody: reads, comments, opens pull requests"],
  ["write", "may write in the repository"],
] as const satisfies readonly (readonly [Level, string])[];

/** Everybody there is, with the number by which a config names them, and one more. */
export function peoplePage(scene: Scene): Html {
  return html`<h1>People</h1>
<p>Who has a seat is what <a href="${editPath(scene, CONFIG_FILE)}">the config</a> says. To elect somebody: add the account here if it is not there yet, open a pull request that adds <code>{ login: …, id: … }</code> to a team, propose it as a member, and vote.</p>
${live(
  "accounts",
  "div",
  "scroll",
  html`<table class="proposals"><thead><tr><th scope="col">Login</th><th scope="col">Id</th><th scope="col">In the process</th><th scope="col">In the repository</th></tr></thead><tbody>${cast(
    scene,
  ).map(
    (one) =>
      html`<tr><td><strong>${one.login}</strong></td><td><code>${one.id}</code></td><td>${rolesOf(scene, one).join("; ") || "no member"}</td><td>${scene.repository.levels.get(one.id) ?? "read"}</td></tr>`,
  )}</tbody></table>`,
)}
<h2 style="margin-top:1.2rem">Add an account</h2>
${form(
  scene,
  `${base(scene)}/people`,
  html`<div class="row"><label>Login <input type="text" name="login" required></label> <label>As <select name="level">${AS.map(([level, words]) => html`<option value="${level}">${words}</option>`)}</select></label> <button>Add</button></div>`,
)}`;
}

/** Makes an account; what there is to tell of it is returned. */
export function addAccountDeed({ store, repositoryId }: By, sent: Sent): string {
  const login = (sent.get("login") ?? "").trim();
  const level = AS.find(([known]) => known === sent.get("level"))?.[0] ?? "read";
  // https://docs.github.com/enterprise-cloud@latest/admin/concepts/identity-and-access-management/username-considerations
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/.test(login))
    throw new Refusal(422, `“${login}” is no login: letters, digits and single hyphens, 39 at most.`);
  for (const one of store.state.accounts.values())
    if (one.login.toLowerCase() === login.toLowerCase())
      throw new Refusal(422, `Username ${one.login} is not available: it has the id ${one.id}.`);
  const { id } = addAccount(store, { login });
  if (level !== "read") setLevel(store, repositoryId, id, level);
  return `${login} is there, with the id ${id}. In a config: ${memberInYaml(login, id)}`;
}
