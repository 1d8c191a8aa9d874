/** Short answers to what an installation usually asks. */
export function Guidance() {
  return (
    <section className="setting-group">
      <h2>If your site is special</h2>
      <div className="card guidance">
        <details>
          <summary>Single-page app</summary>
          <p>
            Nothing to do: page changes by pushState, replaceState, back and forward are seen. Routes after # need <b>Hash routing</b>,
            above. To name a page yourself, call{' '}
            <code className="mono">
              foyer('page', {'{'} title: 'Basket' {'}'})
            </code>
            .
          </p>
        </details>
        <details>
          <summary>Content Security Policy</summary>
          <p>
            Allow this server in <code className="mono">script-src</code> and <code className="mono">connect-src</code> (https and wss).
            With nonces, give the snippet one: <code className="mono">&lt;script nonce="…" async src=…&gt;</code>. No inline code and no
            eval is used.
          </p>
        </details>
        <details>
          <summary>Consent banner</summary>
          <p>
            Add <code className="mono">data-consent="required"</code> to the snippet: there is no connection and no storage until your
            banner calls <code className="mono">foyer('consent', 'granted')</code>, and{' '}
            <code className="mono">foyer('consent', 'denied')</code> ends it.
          </p>
        </details>
        <details>
          <summary>Start it yourself</summary>
          <p>
            With <code className="mono">data-manual</code> nothing starts until <code className="mono">foyer('start')</code> is called.
          </p>
        </details>
      </div>
    </section>
  );
}
