import { escapeHtml } from "../../platform/html.js";
import { faultBox, framed, type PageContext, stepHeading } from "./setUpFrame.js";

/** The pages of the set-up, as whole texts. */

/** What is asked before GitHub is: all else of the App is in `app.yml`. */
export interface AppDraft {
  readonly name: string;
  /** Empty: the account that registers it. */
  readonly organization: string;
  /** `channel`: a new one of smee.io's, for a trial. */
  readonly webhooks: "direct" | "channel";
}

/** https://docs.github.com/en/apps/creating-github-apps/registering-a-github-app/registering-a-github-app */
export const LONGEST_NAME = 34;

export interface StartFacts {
  readonly draft: AppDraft;
  /** Where GitHub is to send webhooks without a channel. */
  readonly webhookUrl: string;
  /** False: the address is this machine's own, or of a name that only this page is known by. */
  readonly webhookUrlIsPublic: boolean;
  /** `WEBHOOK_PROXY_URL` is set already: there is nothing to choose. */
  readonly channelIsSet: boolean;
  readonly faults: readonly string[];
}

export const startPage = (context: PageContext, facts: StartFacts): string =>
  framed(context, {
    title: "Make the App",
    step: 1,
    content: `${faultBox(facts.faults)}
      <p>The clerk acts on GitHub as an App of your own. GitHub makes it, with the permissions of <code>app.yml</code>, and
      hands its credentials to this page, which writes them to <code>.env</code>.</p>
      <form action="/setup" method="post">
        <div class="field">
          <label for="name">Name of the App</label>
          <p class="hint" id="name-hint">People see it beside all that the clerk writes. ${LONGEST_NAME} characters at most, and no other App or account
          on GitHub may have it: GitHub would refuse it.</p>
          <input id="name" name="name" required maxlength="${LONGEST_NAME}" autocomplete="off" spellcheck="false" aria-describedby="name-hint" value="${escapeHtml(facts.draft.name)}">
        </div>
        <div class="field">
          <label for="organization">Organisation that is to own it</label>
          <p class="hint" id="organization-hint">As it stands in its address on GitHub. Leave it empty to own the App yourself. You must be an owner there, or manage its Apps.</p>
          <input id="organization" name="organization" maxlength="39" autocomplete="off" spellcheck="false" aria-describedby="organization-hint" value="${escapeHtml(facts.draft.organization)}">
        </div>
        ${webhookChoice(facts)}
        <button>Go on</button>
      </form>
      <p class="more">There is an App already? <a href="/setup/import">Enter its credentials.</a></p>`,
  });

function webhookChoice({ draft, webhookUrl, webhookUrlIsPublic, channelIsSet }: StartFacts): string {
  if (channelIsSet)
    return `<p>Webhooks come through the channel at <code>WEBHOOK_PROXY_URL</code>. ${TRIAL}</p>
        <input type="hidden" name="webhooks" value="direct">`;
  const checked = (is: AppDraft["webhooks"]) => (draft.webhooks === is ? " checked" : "");
  return `<fieldset>
          <legend>How does GitHub tell the clerk what happens?</legend>
          <div class="choice">
            <input type="radio" id="direct" name="webhooks" value="direct" aria-describedby="direct-hint"${checked("direct")}>
            <div><label for="direct">It sends webhooks to this clerk</label>
            <p class="hint" id="direct-hint">At <code>${escapeHtml(webhookUrl)}</code>. ${
              webhookUrlIsPublic
                ? "GitHub has to reach that address."
                : "That is no address GitHub can reach. Set <code>PUBLIC_URL</code> and start again, or correct it later on the App’s settings page; until then the clerk looks every ten minutes."
            }</p></div>
          </div>
          <div class="choice">
            <input type="radio" id="channel" name="webhooks" value="channel" aria-describedby="channel-hint"${checked("channel")}>
            <div><label for="channel">For a trial behind a firewall: through a new channel at smee.io</label>
            <p class="hint" id="channel-hint">The clerk fetches them from there. ${TRIAL}</p></div>
          </div>
        </fieldset>`;
}

const TRIAL =
  "For a trial only: everybody who knows the channel’s address sees what GitHub sends, of private repositories too.";

export const confirmPage = (
  context: PageContext,
  facts: {
    readonly name: string;
    readonly owner: string;
    readonly webhookUrl: string;
    readonly gitHub: string;
    readonly createUrl: string;
    readonly manifest: string;
  },
): string =>
  framed(context, {
    title: "Make the App on GitHub",
    step: 1,
    content: `<p>GitHub shows the name once more and asks you to confirm. Then it sends you back here, within an hour.</p>
      <dl>
        <dt>Name</dt><dd>${escapeHtml(facts.name)}</dd>
        <dt>Owner</dt><dd>${escapeHtml(facts.owner === "" ? "you, who register it" : facts.owner)}</dd>
        <dt>Webhooks go to</dt><dd><code>${escapeHtml(facts.webhookUrl)}</code></dd>
        <dt>Credentials go to</dt><dd><code>.env</code>, readable by the clerk’s user alone</dd>
      </dl>
      <form action="${escapeHtml(facts.createUrl)}" method="post">
        <input type="hidden" name="manifest" value="${escapeHtml(facts.manifest)}">
        <button>Make the App on ${escapeHtml(facts.gitHub)}</button>
      </form>
      <p class="more"><a href="/setup">Change something first.</a></p>`,
  });

export const importPage = (
  context: PageContext,
  facts: { readonly webhookUrl: string; readonly appId: string; readonly faults: readonly string[] },
): string =>
  framed(context, {
    title: "Enter the credentials of an App",
    step: 1,
    content: `${faultBox(facts.faults)}
      <p>All three stand on the App’s settings page on GitHub, or are made there. Set its webhook URL there to
      <code>${escapeHtml(facts.webhookUrl)}</code>, and the content type to <code>application/json</code>.</p>
      <form action="/setup/import" method="post" enctype="multipart/form-data">
        <div class="field">
          <label for="appId">App ID</label>
          <p class="hint" id="appId-hint">A number.</p>
          <input id="appId" name="appId" required inputmode="numeric" pattern="\\s*[0-9]{1,15}\\s*" maxlength="20" autocomplete="off" aria-describedby="appId-hint" value="${escapeHtml(facts.appId)}">
        </div>
        <div class="field">
          <label for="secret">Webhook secret</label>
          <p class="hint" id="secret-hint">The one that is set there. GitHub does not show it again: set a new one if nobody knows it.</p>
          <input id="secret" name="secret" type="password" required maxlength="1000" autocomplete="off" aria-describedby="secret-hint">
        </div>
        <fieldset>
          <legend>Private key</legend>
          <div class="field">
            <label for="pemFile">The file that GitHub made</label>
            <input id="pemFile" name="pemFile" type="file" accept=".pem">
          </div>
          <div class="field">
            <label for="pem">Or what stands in it</label>
            <p class="hint" id="pem-hint">From <code>-----BEGIN</code> to the end.</p>
            <textarea id="pem" name="pem" rows="5" maxlength="20000" autocomplete="off" spellcheck="false" aria-describedby="pem-hint"></textarea>
          </div>
        </fieldset>
        <button>Keep them in .env</button>
      </form>
      <p class="more"><a href="/setup">Make a new App instead.</a></p>`,
  });

export interface NextFacts {
  /** Where the App is installed: its own page; null: not known, and its settings lead there. */
  readonly installUrl: string | null;
  /** A config to begin with; null: there is none at hand. */
  readonly example: string | null;
}

/** The credentials are there. */
export const nextPage = (context: PageContext, facts: NextFacts): string =>
  framed(context, {
    title: "The credentials are in .env",
    step: 2,
    content: `<p>The App is made. What is left is four steps; this page can be opened again until the clerk is started.</p>
      ${stepHeading(2)}
      <p>Here, or in the terminal: end this with <kbd>Ctrl</kbd>+<kbd>C</kbd>, and start it again. It takes what it needs from <code>.env</code>. The steps below can come
      before or after.</p>
      <form action="/setup/start" method="post"><button>Start the clerk</button></form>
      ${restOfTheWay(facts)}`,
  });

/** The last thing this page says: after it the clerk itself answers under this address. */
export const startingPage = (context: PageContext, facts: NextFacts): string =>
  framed(context, {
    title: "The clerk starts",
    step: 3,
    content: `<p>The set-up page ends here, and the clerk answers at this address from now on. Whether it has started stands in the terminal, or in its log. Leave this page open until you are through.</p>
      ${restOfTheWay(facts)}`,
  });

const restOfTheWay = ({ installUrl, example }: NextFacts): string => `${stepHeading(3)}
      <p>On the repository where proposals are made, and on no other to begin with: ${
        installUrl === null
          ? "on the App’s settings page on GitHub, under <em>Install App</em>."
          : `<a href="${escapeHtml(installUrl)}" target="_blank" rel="noopener">choose it on GitHub</a> (opens in a new tab).`
      }</p>
      ${stepHeading(4)}
      <p>In a file <code>.github/msc-clerk.yml</code> on the repository’s default branch. Until it is there the clerk is dormant and writes nothing.${
        example === null ? "" : " The smallest one that does something, with your own people:"
      }</p>
      ${example === null ? "" : `<pre tabindex="0" aria-label="Example of a config"><code>${escapeHtml(example)}</code></pre>`}
      <p>${elsewhere("docs/examples", "Other examples")}, and ${elsewhere("docs/configuration.md", "every key explained")} (both open in a new tab). Before you commit it, ask whether it is right:</p>
      <pre tabindex="0"><code>npx msc-clerk check msc-clerk.yml</code></pre>
      ${stepHeading(5)}
      <p>It looks at all that the clerk needs, on GitHub and on this machine, and says what is wrong and what to do:</p>
      <pre tabindex="0"><code>npx msc-clerk doctor OWNER/REPO</code></pre>`;

const elsewhere = (path: string, words: string): string =>
  `<a href="https://github.com/matrix-org/msc-clerk/blob/main/${path}" target="_blank" rel="noopener">${words}</a>`;
