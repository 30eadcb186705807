import { ok, type Route } from "../http/exchange.js";

/** Anybody may ask. github.com has no version; what answers under `/api/v3` is an Enterprise Server. https://docs.github.com/rest/meta/meta */
export const metaRoute: Route = {
  method: "GET",
  path: "/meta",
  answer: ({ url }) =>
    ok({
      verifiable_password_authentication: false,
      ...(url.pathname.startsWith("/api/v3/") ? { installed_version: "3.20.1" } : { hooks: ["127.0.0.0/8"] }),
    }),
};
