/** What stands in place of what was taken out. */
export const TAKEN_OUT = "(taken out)";

/** Whatever stands under one of these names in a JSON body of GitHub's is a secret. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  "access_token",
  "authorization",
  "client_secret",
  "password",
  "pem",
  "private_key",
  "refresh_token",
  "secret",
  "temp_clone_token",
  "token",
  "webhook_secret",
]);

/**
 * What secrets look like, wherever they stand. Each looks at a bounded stretch from where it begins: texts come from strangers.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?/g,
  /\b(?:gh[a-z]_|github_pat_)[\w.-]{16,2000}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[\w-]{8,2000}\.[\w-]{8,4000}\.[\w-]{8,2000}/g,
];

/** Stands where an e-mail address stood, and is one by its form, as the place may ask for one. */
export const ADDRESS_TAKEN_OUT = "taken.out@example.invalid";

/** `git@…` is what programs are told, and names nobody. */
const ADDRESS =
  /(?<![\p{L}\p{N}_.!#$%&'*+/=?^`{|}~[\]-])(?!git@)[\p{L}\p{N}_.!#$%&'*+/=?^`{|}~[\]-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}[\p{L}\p{N}-]{1,62}/gu;

export interface WithoutSecrets {
  text(text: string): string;
  /** Of a JSON value, a copy; a file that GitHub gives in base64 is looked into as well. */
  value(value: unknown): unknown;
}

/** `known`: secrets of this process, which are found wherever they stand and whatever they look like. */
export function withoutSecrets(known: readonly string[]): WithoutSecrets {
  const literal = known.map((secret) => secret.trim()).filter((secret) => secret.length >= 8);
  const text = (from: string): string => {
    let to = from;
    for (const secret of literal) to = to.replaceAll(secret, TAKEN_OUT);
    for (const pattern of PATTERNS) to = to.replace(pattern, TAKEN_OUT);
    return to.replace(ADDRESS, ADDRESS_TAKEN_OUT);
  };
  const value = (from: unknown): unknown => {
    if (typeof from === "string") return text(from);
    if (typeof from !== "object" || from === null) return from;
    if (Array.isArray(from)) return from.map(value);
    const inBase64 = "encoding" in from && from.encoding === "base64";
    return Object.fromEntries(
      Object.entries(from).map(([name, held]: [string, unknown]) => {
        if (SECRET_NAMES.has(name.toLowerCase())) return [name, held === null ? null : TAKEN_OUT];
        if (inBase64 && name === "content" && typeof held === "string") return [name, base64(held, text)];
        return [text(name), value(held)];
      }),
    );
  };
  return { text, value };
}

function base64(held: string, text: (from: string) => string): string {
  const file = Buffer.from(held, "base64").toString();
  const without = text(file);
  return without === file ? held : Buffer.from(without).toString("base64");
}
