/** The page inside the Playground: a site's real widget, on a stage of our own. Members only; nobody but our own pages may frame it. */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { plain } from '../dashboard.ts';
import type { HttpDeps } from '../deps.ts';
import { remoteAddressOf } from '../remote-address.ts';
import { originOf } from '../same-origin.ts';

const PLAYGROUND_FRAME = '/playground-frame';

/**
 * GET /playground-frame?site=ID → the page; 401 without a session, 404 for a site of nobody or of somebody else.
 *
 * The page hands what the dashboard around it says (`message` events of its own origin) to `foyer(…)`: the look while it is being
 * changed, and to open and close. It tells the dashboard once it listens.
 */
export function playgroundRoutes(app: Hono, deps: Pick<HttpDeps, 'config' | 'sessions' | 'directory' | 'client'>): void {
  app.get(PLAYGROUND_FRAME, async (c) => {
    const request = c.req.raw;
    const client = deps.client(request, remoteAddressOf(c));
    const actor = await deps.sessions.authenticate(request.headers.get('cookie'), client.addressHash);
    if (actor === null) return plain(401, 'Sign in first.');
    const site = deps.directory.site(c.req.query('site') ?? '');
    if (site?.workspace !== actor.workspace) return plain(404, 'There is no such site.');

    const nonce = randomBytes(16).toString('base64url');
    const origin = originOf(request, { publicUrl: deps.config.publicUrl, secure: client.secure });
    const page = pageOf({ nonce, site, script: deps.config.embedPath });
    return new Response(page, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        // The nonce is for this answer alone.
        'cache-control': 'no-store',
        'content-security-policy': policyOf(nonce, origin),
        'x-frame-options': 'SAMEORIGIN',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}

/** What a careful site would say: only the tag we wrote, and what that loads. Sockets by name, because not every browser's 'self' has them. */
function policyOf(nonce: string, origin: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

function pageOf({ nonce, site, script }: { nonce: string; site: { key: string; name: string; domain: string }; script: string }): string {
  const title = escaped(site.name);
  return `<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
<script nonce="${nonce}">${SCRIPT}</script>
<script async nonce="${nonce}" src="${escaped(script)}" data-site="${escaped(site.key)}" data-playground></script>
</head>
<body>
<div class="head"><b>${title}</b><span>${escaped(site.domain)}</span></div>
<div class="page" aria-hidden="true">${'<i></i>'.repeat(3)}<div>${'<p></p>'.repeat(6)}</div></div>
</body>
</html>
`;
}

/** A page that says nothing, so that the widget is what is looked at. No landmarks: the dashboard around it has its own. */
const STYLE = `
:root{color-scheme:light dark;--page:light-dark(#fff,#14171c);--line:light-dark(#e8ebf0,#262b33);--block:light-dark(#f1f3f6,#1d2128);--text:light-dark(#1d2433,#e4e8ef);--soft:light-dark(#5b6475,#98a2b3)}
:root[data-scheme=light]{color-scheme:light}
:root[data-scheme=dark]{color-scheme:dark}
body{margin:0;min-height:100vh;background:var(--page);color:var(--text);font:14px/20px system-ui,sans-serif}
.head{display:flex;gap:10px;align-items:baseline;padding:16px 24px;border-bottom:1px solid var(--line)}
.head span{color:var(--soft);font-size:12px}
.page{display:grid;gap:12px;max-width:760px;padding:32px 24px}
i,p{display:block;margin:0;border-radius:8px;background:var(--block)}
i{height:14px}i:first-child{width:52%;height:30px}i:nth-child(3){width:78%}
.page div{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:16px;margin-top:16px}
p{aspect-ratio:4/3}`.trim();

/**
 * `{scheme}` the page is light or dark; `{foyer: […]}` a command; `{anew: true}` forget who this browser is, as a new visitor would be nobody
 * yet. What the tracker keeps begins with `foyer_KEY`, on any domain above this host.
 */
const SCRIPT = `
window.foyer=window.foyer||function(){(foyer.q=foyer.q||[]).push(arguments)};
function forget(){
  var name='foyer_'+document.querySelector('[data-site]').dataset.site,domain='';
  foyer('shutdown');
  [localStorage,sessionStorage].forEach(function(kept){Object.keys(kept).forEach(function(key){if(key.indexOf(name)===0)kept.removeItem(key)})});
  document.cookie=name+'=;path=/;max-age=0';
  location.hostname.split('.').reverse().forEach(function(label){domain='.'+label+domain;document.cookie=name+'=;path=/;max-age=0;domain='+domain});
  location.reload();
}
addEventListener('message',function(event){
  if(event.source!==parent||event.origin!==location.origin||!event.data)return;
  if(event.data.scheme)document.documentElement.dataset.scheme=event.data.scheme;
  if(Array.isArray(event.data.foyer))window.foyer.apply(null,event.data.foyer);
  if(event.data.anew)forget();
});
parent.postMessage({playground:'ready'},location.origin);`.trim();

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
