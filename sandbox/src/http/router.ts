import { notFound } from "../refusal.js";
import type { Parts, Route } from "./exchange.js";

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** The first route that fits; fixed paths before those with parts in their place. */
export class Router {
  readonly #byMethod = new Map<string, Compiled[]>();

  constructor(routes: readonly Route[]) {
    const formed = routes.map((route) => ({ route, form: formOf(route.path) }));
    for (const { route, form } of formed.sort((a, b) => a.form.weight - b.form.weight)) {
      const compiled = this.#byMethod.get(route.method) ?? [];
      compiled.push({ route, pattern: form.pattern });
      this.#byMethod.set(route.method, compiled);
    }
  }

  find(method: string, path: string): { route: Route; parts: Parts } | null {
    for (const { route, pattern } of this.#byMethod.get(method) ?? []) {
      const match = pattern.exec(path);
      if (match)
        return {
          route,
          parts: Object.fromEntries(
            Object.entries(match.groups ?? {}).map(([name, value]) => [name, decoded(value)]),
          ),
        };
    }
    return null;
  }
}

interface Form {
  readonly weight: number;
  readonly pattern: RegExp;
}

/** The routes are the same of every sandbox. */
const forms = new Map<string, Form>();

function formOf(path: string): Form {
  const known = forms.get(path);
  if (known !== undefined) return known;
  const weight = path.replaceAll(/[^{]/g, "").length * 10 + (path.includes("+}") ? 1 : 0);
  const form = { weight, pattern: patternOf(path) };
  forms.set(path, form);
  return form;
}

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path.replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string, many: string) => `(?<${name}>${many ? ".+" : "[^/]+"})`)}$`,
  );

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw notFound();
  }
}
