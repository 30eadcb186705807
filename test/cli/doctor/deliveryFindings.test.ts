import { describe, expect, test } from "vitest";
import { deliveryFindings } from "../../../src/cli/doctor/deliveryFindings.js";
import type { AppFacts, DeliveryFacts } from "../../../src/github/read/checkup.js";
import { failedWebhooks } from "../../../src/runtime/schedule/redeliveries.js";
import { allTold, codes } from "./told.js";

const NOON = Date.parse("2026-03-03T12:00:00Z");
const APP: AppFacts = {
  ...{
    id: 99,
    slug: "clerk",
    url: "https://github.com/apps/clerk",
    settings: "https://github.com/settings/apps/clerk",
  },
  ...{ permissions: new Map(), events: [] },
};
let at = NOON;
/** Each a minute before the one named before it, as GitHub lists them. */
const sent = (
  guid: string,
  status = 200,
  said = status < 300 ? "OK" : `Invalid HTTP Response: ${status}`,
): DeliveryFacts => {
  at -= 60_000;
  return { id: `${at}`, guid, at, redelivery: false, status, said };
};
const found = (deliveries: readonly DeliveryFacts[], cutOff = false) =>
  deliveryFindings({ kind: "read", deliveries, cutOff }, APP, null);

describe("webhooks of the last day", () => {
  test("none was due, or all arrived", () => {
    expect(allTold(found([]))).toEqual([
      "ok | GitHub has sent no webhook in the last day: nothing has happened that the App is told of.",
    ]);
    at = NOON + 60_000;
    expect(allTold(found([sent("a"), sent("b", 202)]))).toEqual([
      "ok | All 2 webhooks of the last day arrived, the newest at 2026-03-03T12:00:00Z.",
    ]);
    at = NOON + 60_000;
    expect(allTold(found([sent("a")], true))).toEqual([
      "ok | All 1 webhook of the last 1 sent arrived, the newest at 2026-03-03T12:00:00Z.",
    ]);
  });

  test("one that was sent again and arrived is none that failed; one that failed twice is one", () => {
    const list = [sent("a"), sent("b", 503), sent("a", 503), sent("b", 0, "timed out")];
    expect(failedWebhooks(list).map(({ last }) => [last.guid, last.status])).toEqual([["b", 503]]);
  });

  test("the oldest comes first, and what the clerk itself refuses would be refused again", () => {
    const list = [
      sent("a", 400),
      sent("b", 415),
      sent("c", 408),
      sent("d", 502),
      sent("e", 0),
      sent("f", 404),
    ];
    expect(failedWebhooks(list).map(({ last, mayBeTaken }) => `${last.guid} ${mayBeTaken}`)).toEqual([
      "f false",
      "e true",
      "d true",
      "c true",
      "b false",
      "a false",
    ]);
  });

  test("that failed are counted by answer; whether it goes on is told by the newest", () => {
    at = NOON + 60_000;
    const list = [
      sent("a"),
      sent("b", 502, "failed to connect to host"),
      sent("c", 502, "failed to connect to host"),
      sent("d", 400),
    ];
    expect(allTold(found(list))).toEqual([
      "warning | 3 of 4 webhooks of the last day did not arrive: 2 × 502 (failed to connect to host), 1 × 400 (Invalid HTTP Response: 400). The newest (2026-03-03T12:00:00Z) did. | What they told was found at a resync instead, most of it within ten minutes, and that a review thread was resolved within the hour. Once an hour the clerk asks for those again, once each, that nobody answered; where that fails too, a re-run that somebody asked for is lost. Where none arrives, the clerk acts every ten minutes only. | 400: the secret there and WEBHOOK_SECRET differ, set the same in both. No answer or 5xx: the clerk was down, or the proxy or firewall before it kept GitHub out; once that is mended, `--redeliver` asks for them again. Each with GitHub's own words: https://github.com/settings/apps/clerk/advanced.",
    ]);
    at = NOON + 60_000;
    expect(allTold(found([sent("a", 415), sent("b")]))[0]).toMatch(
      /^wrong \| 1 of 2 webhooks .* The newest \(2026-03-03T12:00:00Z\) is one of them, so something is wrong now\. .* \| 415: set the content type to application\/json\. Each/,
    );
  });

  test("that were asked for again are told, and those that were not", () => {
    const list = [sent("a", 503), sent("b", 503), sent("c", 400)];
    const read = { kind: "read", deliveries: list, cutOff: false } as const;
    const again = (asked: number, stopped: string | null) =>
      deliveryFindings(read, APP, { asked, stopped }).slice(1);
    expect(allTold(again(2, null))).toEqual([
      "ok | GitHub was asked to send 2 webhooks again. 1 webhook that the clerk itself refused would be refused again, and was not asked for.",
    ]);
    expect(allTold(again(1, "the line broke"))).toEqual([
      "warning | GitHub was asked to send 1 webhook again. 1 webhook that the clerk itself refused would be refused again, and was not asked for. 1 more was not asked for: the line broke. | Nothing is lost without them: a resync finds what they told. | Ask again with --redeliver for the rest.",
    ]);
  });

  test("cannot be read: it is not known", () => {
    expect(codes(deliveryFindings({ kind: "unreadable", why: "x", retryAt: null }, APP, null))).toEqual([
      "not_known deliveries",
    ]);
  });
});
