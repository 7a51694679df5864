/** Colours of the product's paper and ink, so that the page belongs; the ribbon says what it is. */
const STYLE = `
:root { color-scheme: light dark; --bg:#f8f6f2; --surface:#fff; --line:#e6e2da; --edge:#8c857a; --text:#1c1a17; --quiet:#575149;
  --hover:#f4f1eb; --accent:#2f4ac4; --focus:#2b44b8; --warn:#7f4f08; --warn-soft:#fbf0d8; --warn-line:#ebd3a0; }
@media (prefers-color-scheme: dark) { :root { --bg:#141312; --surface:#1d1b19; --line:#302d29; --edge:#7e776d; --text:#f4f1ec;
  --quiet:#bdb7ad; --hover:#252320; --accent:#4c65da; --focus:#a5b4ff; --warn:#efbd66; --warn-soft:#2b2213; --warn-line:#594520; } }
* { box-sizing: border-box; }
body { margin:0; min-height:100vh; display:grid; place-items:center; padding:24px 16px; background:var(--bg); color:var(--text);
  font:15px/1.5 Geist, system-ui, sans-serif; }
main { width:100%; max-width:380px; background:var(--surface); border:1px solid var(--line); border-radius:16px; overflow:hidden; }
.local { margin:0; padding:10px 24px; background:var(--warn-soft); border-bottom:1px solid var(--warn-line); color:var(--warn); font-size:13px; }
.inside { padding:24px; display:grid; grid-template-columns:minmax(0,1fr); gap:20px; }
h1 { margin:0; font-size:22px; line-height:1.25; letter-spacing:-.012em; }
p { margin:4px 0 0; color:var(--quiet); }
form { margin:0; }
ul { list-style:none; margin:0; padding:0; display:grid; gap:8px; }
button, input { font:inherit; color:inherit; min-height:48px; border-radius:12px; }
button { width:100%; cursor:pointer; border:1px solid var(--line); background:var(--surface); padding:0 14px; }
button:hover { background:var(--hover); }
:focus-visible { outline:2px solid var(--focus); outline-offset:2px; }
.account { display:flex; align-items:center; gap:12px; text-align:left; font-weight:500; }
.account span { flex:none; width:30px; height:30px; border-radius:50%; display:grid; place-items:center; background:var(--text); color:var(--surface); font-size:14px; }
label { display:block; margin-bottom:6px; font-weight:500; }
.row { display:flex; gap:8px; }
.row input { flex:1; min-width:0; border:1px solid var(--edge); background:transparent; padding:0 14px; }
.row button { width:auto; flex:none; background:var(--accent); border-color:transparent; color:#fff; font-weight:500; }
.cancel { border-color:transparent; color:var(--quiet); }
.problem { color:var(--warn); }
`;

type Plays = 'google' | 'apple';
const NAMES: Readonly<Record<Plays, string>> = { google: 'Google', apple: 'Apple' };

export interface Page {
  status: number;
  html: string;
  headers: Record<string, string>;
}

/** The page on which somebody chooses who to be. `problem` says why the last choice did not work. */
export function signInPage(plays: Plays, action: string, names: readonly string[], problem?: string): Page {
  const accounts = names.map(
    (
      name,
    ) => `<li><button class="account" name="account" value="${escapeHtml(name)}" data-account="${escapeHtml(name)}">
      <span aria-hidden="true">${escapeHtml([...name][0]?.toUpperCase() ?? '')}</span>Continue as ${escapeHtml(name)}</button></li>`,
  );
  return page(
    plays,
    problem === undefined ? 200 : 400,
    'Sign in',
    `<div><h1>Choose an account</h1><p>to continue to Halfkey</p></div>
    <form method="post" action="${escapeHtml(action)}" aria-label="Accounts"><ul id="accounts">${accounts.join('')}</ul></form>
    <form method="post" action="${escapeHtml(action)}" aria-label="Another account">
      <label for="account-name">Another name</label>
      <div class="row"><input id="account-name" name="account" required maxlength="40" autocomplete="off"${problem ? ' aria-invalid="true" aria-describedby="account-problem"' : ''}>
      <button id="account-continue">Continue</button></div>
      ${problem ? `<p class="problem" id="account-problem" role="alert">${escapeHtml(problem)}</p>` : ''}
    </form>
    <form method="post" action="${escapeHtml(action)}"><button id="cancel" class="cancel" name="cancel" value="yes">Cancel</button></form>`,
  );
}

/** A page that says what went wrong where there is nobody to send the browser back to. */
export function errorPage(plays: Plays, code: string, description: string): Page {
  return page(
    plays,
    400,
    'Sign-in failed',
    `<div><h1>This sign-in cannot go on</h1><p id="problem" data-code="${escapeHtml(code)}">${escapeHtml(description)}</p><p>Close this window and start again from the wallet.</p></div>`,
  );
}

function page(plays: Plays, status: number, title: string, inside: string): Page {
  const nonce = crypto.randomUUID();
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – local development provider</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main><p class="local" id="local-provider" role="note"><strong>Local development provider</strong>, plays ${NAMES[plays]}. Anybody on this machine can be anybody.</p>
<div class="inside">${inside}</div></main></body></html>`;
  return {
    status,
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // No form-action: Chromium would apply it to the redirect back to the extension, too.
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
