import { createPrivateKey } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Bodies } from "./bodies.js";
import { type AppDraft, LONGEST_NAME } from "./setUpPages.js";

/** What the set-up page's own forms send, read within bounds and checked. */

/** A key takes 2 KB. */
const MOST_BYTES = 64 * 1024;
const bodies = new Bodies(1024 * 1024);

export type SentForm =
  | { readonly kind: "form"; readonly form: FormData }
  | { readonly kind: "refused"; readonly status: number; readonly why: string }
  /** Whoever sent it is gone. */
  | { readonly kind: "gone" };

const no = (status: number, why: string): SentForm => ({ kind: "refused", status, why });

export async function readForm(request: IncomingMessage): Promise<SentForm> {
  const { headers } = request;
  const type = headers["content-type"] ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(type))
    return no(415, "it is not a form");
  const length = Number(headers["content-length"] ?? Number.NaN);
  if (headers["transfer-encoding"] !== undefined || !Number.isSafeInteger(length))
    return no(411, "it does not say how long it is");
  if (length > MOST_BYTES) return no(413, "it is too long");
  const body = await bodies.read(request, length, () => {});
  if (body.kind !== "whole") return body;
  const bytes = new Uint8Array(body.bytes);
  body.release();
  try {
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    return { kind: "form", form };
  } catch {
    return no(400, "it is no form that can be read");
  }
}

/** What was typed, to be shown again, and what is wrong with it in one sentence each. */
export function draftIn(form: FormData): { readonly draft: AppDraft; readonly faults: readonly string[] } {
  const draft: AppDraft = {
    name: textOf(form, "name").trim(),
    organization: textOf(form, "organization").trim().replace(/^@/, ""),
    webhooks: form.get("webhooks") === "channel" ? "channel" : "direct",
  };
  const faults: string[] = [];
  const letters = [...draft.name].length;
  if (letters === 0) faults.push("The App needs a name.");
  if (letters > LONGEST_NAME)
    faults.push(`The name has ${letters} characters, and GitHub takes ${LONGEST_NAME} at most.`);
  if (draft.organization !== "" && !/^[a-z0-9_-]{1,39}$/i.test(draft.organization))
    faults.push(
      "The organisation is not the name of one: give it alone, as it stands in its address on GitHub.",
    );
  return { draft, faults };
}

/** How GitHub writes it in addresses and mentions, nearly: letters it has its own way with are left out. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

export interface TypedCredentials {
  readonly appId: string;
  readonly secret: string;
  /** PEM. */
  readonly privateKey: string;
}

export async function credentialsIn(
  form: FormData,
): Promise<{ readonly credentials: TypedCredentials; readonly faults: readonly string[] }> {
  const file = form.get("pemFile");
  const chosen = typeof file === "object" && file !== null ? (await file.text()).trim() : "";
  const pem = chosen === "" ? textOf(form, "pem").trim() : chosen;
  const credentials = {
    appId: textOf(form, "appId").trim(),
    secret: textOf(form, "secret").trim(),
    privateKey: pem === "" ? "" : `${pem.replaceAll("\r\n", "\n")}\n`,
  };
  const faults: string[] = [];
  if (!/^[1-9]\d{0,14}$/.test(credentials.appId))
    faults.push("The App ID is not a whole number: it stands at the top of the App's settings page.");
  if (credentials.secret === "" || credentials.secret === "development")
    faults.push(
      "The webhook secret is missing, or is one that everybody knows: set one on the App's settings page, for example from `openssl rand -hex 32`.",
    );
  if (!isRsaKey(credentials.privateKey))
    faults.push(
      "The private key is missing or cannot be read: choose the .pem file that GitHub made for the App, or paste all that stands in it.",
    );
  return { credentials, faults };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
