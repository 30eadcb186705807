import type { Probot } from "probot";
import { type Handler, pathOf, withBoundedBody } from "./http.js";

/** Where Probot takes webhooks, and the App's settings send them. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/**
 * Takes signed webhooks through Probot; a bad or missing signature gets 400. `hear` is given what was signed, and must be quick:
 * GitHub gives up after ten seconds, so what a webhook asks for is enqueued, never done while GitHub waits for the answer.
 */
export async function webhookHandler(
  probot: Probot,
  {
    hear,
    stopping,
  }: { readonly hear: (name: string, payload: unknown) => void; readonly stopping: () => boolean },
): Promise<Handler> {
  probot.onAny(({ name, payload }) => hear(name, payload));
  await probot.ready();
  const middleware = await probot.getNodeMiddleware({ path: WEBHOOK_PATH });
  return async (request, response) => {
    const path = pathOf(request);
    // The App that Probot's set-up page makes without PUBLIC_URL sends its webhooks to the root.
    if (path === "/" && request.method === "POST") request.url = WEBHOOK_PATH;
    else if (path !== WEBHOOK_PATH) return false;
    if (stopping()) {
      response
        .writeHead(503, { "content-type": "text/plain" })
        .end("Stopping; the next start looks at everything.\n");
      return true;
    }
    if (await withBoundedBody(request, response)) await middleware(request, response);
    return true;
  };
}
