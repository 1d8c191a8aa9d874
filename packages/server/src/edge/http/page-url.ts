/** A host that somebody left the scheme off: with a dot in it, or this machine; a port may follow. */
const HOST = /^(?:[^\s/?#:@]+\.[^\s/?#:@]+|localhost|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?#]|$)/i;

/**
 * The page that people mean by what they typed: a full address, one without its scheme, or a path of the site. As a browser would send
 * it: hosts as `xn--…`, spaces as %20. null: no web page (`javascript:`, `mailto:`, `file:`, a word, no host).
 */
export function typedPageUrl(typed: string, domain: string): string | null {
  const text = typed.trim();
  const isPath = text.startsWith('/') && !text.startsWith('//');
  if (!isPath && !/^(https?:)?\/\//i.test(text) && !HOST.test(text)) return null;
  const whole = isPath ? `https://${domain}${text}` : /^https?:/i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
  const url = URL.parse(whole);
  return url === null || (isPath && domain === '') ? null : url.href;
}
