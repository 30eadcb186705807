import { expect, test } from "vitest";
import { webhookSecrets } from "../../src/runtime/server/webhookSecrets.js";

test.each<[string, readonly string[]]>([
  ["one", ["one"]],
  [" one ", [" one "]],
  ["new,old", ["new", "old"]],
  ["new, old , oldest", ["new", "old", "oldest"]],
  ["new,", ["new", ""]],
])("WEBHOOK_SECRET %j has the secrets %j", (text, secrets) => {
  expect(webhookSecrets(text)).toEqual(secrets);
});
