import { expect } from "vitest";

/** A browser without scripts: it follows links, sends forms, looks again where it is told to, and keeps one cookie. */
export class Visitor {
  #you = "";
  constructor(readonly address: string) {}

  async get(path: string): Promise<string> {
    const answer = await fetch(this.address + path, { headers: this.#headers() });
    if (answer.headers.get("refresh") === null) return answer.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return this.get(path);
  }

  /** Sends a form and goes where it leads. */
  async send(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ): Promise<string> {
    const answer = await this.raw(path, fields, headers);
    expect(answer.status, await answer.clone().text()).toBe(303);
    const cookie = /^you=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
    if (cookie !== undefined) this.#you = cookie;
    return this.get(answer.headers.get("location") ?? "");
  }

  raw(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(this.address + path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { ...this.#headers(), ...headers },
      redirect: "manual",
    });
  }

  as(login: string): Promise<string> {
    return this.send("/you", { login, back: "/" });
  }

  #headers(): Record<string, string> {
    return this.#you === "" ? {} : { cookie: `you=${this.#you}` };
  }
}
