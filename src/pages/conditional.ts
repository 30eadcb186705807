import type { IncomingHttpHeaders } from "node:http";
import { sha256 } from "../platform/sha256.js";

/** At the end of the tag of a body that was packed: as bytes it is another one (RFC 9110, 8.8.3.3). */
const PACKED = "-gzip";

/** The strong tag of a body: the same text has the same, and no other text has it. */
export const etagOf = (body: string): string => `"${sha256(body).slice(0, 32)}"`;

export const packedTag = (etag: string): string => etag.replace(/"$/, `${PACKED}"`);

/** Whether who asks has the answer of this tag already, packed or not: then 304 says so, and the body stays here (RFC 9110, 13.1.2). */
export function conditional(headers: IncomingHttpHeaders, etag: string): boolean {
  const asked = headers["if-none-match"];
  if (asked === undefined) return false;
  if (asked.trim() === "*") return true;
  return asked
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === packedTag(etag));
}

/** Whether a client takes gzip (RFC 9110, 12.5.3): by its name or as any, and not with a weight of nothing. */
export function takesGzip(headers: IncomingHttpHeaders): boolean {
  const weights = new Map(
    String(headers["accept-encoding"] ?? "")
      .split(",")
      .map((coding): [string, boolean] => {
        const [name, ...parameters] = coding.split(";").map((part) => part.trim().toLowerCase());
        return [name ?? "", !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))];
      }),
  );
  return weights.get("gzip") ?? weights.get("*") ?? false;
}
