/** The few pages of the set-up, as whole texts. `nonce` lets their own style and script pass the policy they are sent with. */
export interface PageContext {
  readonly name: string;
  readonly nonce: string;
}

/** The form goes to GitHub, which makes the App and sends the browser back to `/probot/setup`. */
export const registerPage = (
  context: PageContext,
  { createUrl, manifest }: { readonly createUrl: string; readonly manifest: string },
): string =>
  page(
    context,
    `<p>There are no credentials yet. GitHub makes an App from <code>app.yml</code>, and its credentials are written to <code>.env</code>.</p>
    <form action="${escaped(createUrl)}" method="post">
      <button name="manifest" value="${escaped(manifest)}">Register GitHub App</button>
    </form>
    <p><a href="/probot/import">Or enter the credentials of an App that exists.</a></p>`,
  );

export const importPage = (context: PageContext, webhookUrl: string): string =>
  page(
    context,
    `<p>On the App's settings page, set the webhook URL to <code>${escaped(webhookUrl)}</code>.</p>
    <form id="credentials">
      <label>App ID <input id="appId" required inputmode="numeric"></label>
      <label>Webhook secret <input id="secret" type="password" required></label>
      <label>Private key <input id="pem" type="file" accept=".pem" required></label>
      <button>Save</button>
      <p id="said" role="status"></p>
    </form>
    <script nonce="${context.nonce}">
      const field = (id) => document.getElementById(id);
      field("credentials").addEventListener("submit", async (event) => {
        event.preventDefault();
        const pem = await field("pem").files[0].text();
        const answer = await fetch("/probot/import", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ appId: field("appId").value, pem, webhook_secret: field("secret").value }),
        });
        if (answer.ok) location.assign("/probot/success");
        else field("said").textContent = await answer.text();
      });
    </script>`,
  );

export const successPage = (context: PageContext): string =>
  page(
    context,
    "<p>The credentials are in <code>.env</code>. Start the clerk again, and install the App on your repository.</p>",
  );

const page = ({ name, nonce }: PageContext, content: string): string => `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Set up ${escaped(name)}</title>
    <style nonce="${nonce}">
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; }
      label { display: block; margin: 1rem 0; }
      input { display: block; width: 100%; font: inherit; }
      button { font: inherit; padding: 0.5rem 1rem; }
    </style>
  </head>
  <body>
    <h1>Set up ${escaped(name)}</h1>
    ${content}
  </body>
</html>
`;

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => ENTITIES.get(letter) ?? letter);
