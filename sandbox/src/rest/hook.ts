import type { components } from "@octokit/openapi-types";
import { type Exchange, numberPart, ok, type Route } from "../http/exchange.js";
import { notFound, Refusal } from "../refusal.js";
import { time } from "../view.js";
import type { Attempt, Deliveries } from "../webhooks/delivery.js";
import { asApp } from "./apps.js";

type Schemas = components["schemas"];

/** GitHub's own words where nobody answers are its page's: “failed to connect to host”. */
const UNANSWERED = { status: "failed to connect to host", status_code: 502 };
/** https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const KEPT = 3 * 86_400_000;
const MOST = 100;

/** The App's one webhook. https://docs.github.com/rest/apps/webhooks */
export const hookRoutes = (deliveries: Deliveries): readonly Route[] => [
  {
    method: "GET",
    path: "/app/hook/config",
    answer: (exchange) => {
      asApp(exchange);
      const { target } = deliveries;
      const config: Schemas["webhook-config"] = {
        content_type: "json",
        insecure_ssl: "0",
        ...(target !== null && { secret: "********", url: target.url }),
      };
      return ok(config);
    },
  },
  {
    method: "GET",
    path: "/app/hook/deliveries",
    answer: (exchange) => {
      asApp(exchange);
      return deliveriesPage(exchange, deliveries);
    },
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/{id}/attempts",
    answer: (exchange, parts) => {
      asApp(exchange);
      const attempt = deliveries.attempts.find(({ id }) => id === numberPart(parts, "id"));
      if (attempt === undefined || exchange.fresh().now - attempt.at > KEPT) throw notFound();
      void deliveries.redeliver(attempt.delivery.id);
      return { status: 202, body: {} };
    },
  },
];

/** Newest first, by a cursor and not by numbers of pages: what comes in between moves none. */
function deliveriesPage({ query, url, view }: Exchange, { attempts }: Deliveries) {
  const perPage = Math.min(Math.max(Number.parseInt(query.get("per_page") ?? "", 10) || 30, 1), MOST);
  const cursor = query.get("cursor");
  if (cursor !== null && !/^\d+$/.test(cursor)) throw new Refusal(400, "Invalid cursor");
  const kept = attempts.filter(
    ({ id, at }) => view.now - at <= KEPT && (cursor === null || id < Number(cursor)),
  );
  const page = kept.slice(0, perPage);
  const last = page.at(-1);
  const next = new URL(url);
  next.searchParams.set("cursor", String(last?.id));
  return {
    ...ok(page.map(deliveryShape)),
    ...(kept.length > perPage && { headers: { link: `<${next.href}>; rel="next"` } }),
  };
}

function deliveryShape({ id, delivery, at, redelivery, status }: Attempt): Schemas["hook-delivery-item"] {
  const { installation, repository } = delivery.payload as Record<string, { id?: number } | undefined>;
  return {
    id,
    guid: delivery.id,
    delivered_at: time(at),
    redelivery,
    duration: 0.05,
    ...(status === null
      ? UNANSWERED
      : { status: status < 300 ? "OK" : `Invalid HTTP Response: ${status}`, status_code: status }),
    event: delivery.event,
    action: delivery.action,
    installation_id: installation?.id ?? null,
    repository_id: repository?.id ?? null,
    throttled_at: null,
  };
}
